import { pixelsOf } from './foreign-values.js';
import { pagePreset, type PagePreset } from './page-preset.js';
import type { Provider } from './provider.js';

/*
 * Several services measure their pages with the same library, whose two halves exchange strings (version 4 of its
 * wire format). The few of them that matter here are spoken below.
 */

const MARK = '[iFrameSizer]';

/** What the page gets before it begins to measure itself: sixteen settings, in this order. */
const settings = (id: string): string =>
  MARK +
  [
    id,
    8, // body margin, in the words of version 1
    false, // measure the width
    false, // log
    32, // milliseconds between measurements where the browser observes nothing
    false, // public methods
    true, // measure again by itself
    null, // body margin
    'bodyOffset', // how the height is measured
    null, // body background
    null, // body padding
    0, // tolerance
    false, // in-page links
    'parent', // who resizes
    'scroll', // how the width is measured
    false, // mouse events
  ].join(':');

/** Messages in the same form whose numbers are no size, or are not to be believed. */
const NO_SIZE =
  /^(scrollTo|scrollToOffset|inPageLink|message|pageInfo|pageInfoStop|close|reset|mouse\w+|beforeUnload)$/;

/** A service of this family. Of one that is only said to belong to it, no word is needed to believe that it is there. */
function resizing(preset: PagePreset, min: number, isCertain: boolean): Provider {
  return pagePreset({
    ...preset,
    can: { ready: isCertain ? 'message' : 'load', height: 'message', ...preset.can },
    height: { min, max: 5000 },
    read(message, { namespace }) {
      if (message === '[iFrameResizerChild]Ready') return { type: 'hello' };
      const [id, tall = '', , why = ''] = typeof message === 'string' ? message.split(':', 5) : [];
      if (id !== MARK + namespace || NO_SIZE.test(why)) return null;
      const height = pixelsOf(tall);
      if (height < min) return null;
      return { type: 'resize', height, ...(isCertain && { ready: true }) };
    },
    // The page announces that it listens, but may have done so before our listener existed.
    respond: (event, { namespace }) => (event === 'load' || event === 'hello' ? [settings(namespace)] : []),
  });
}

export const resizer = {
  tidycal: resizing(
    {
      id: 'tidycal',
      name: 'TidyCal',
      height: 700,
      allow: 'payment',
      embed: [['embed', '1']],
      pasted: /^showAvatar=/,
      answers: { name: 'name', email: 'email' },
    },
    500,
    true,
  ),
  zcal: resizing(
    {
      id: 'zcal',
      name: 'Zcal',
      height: 700,
      embed: [
        ['embed', '1'],
        ['embedType', 'iframe'],
      ],
      // https://help.zcal.co/invite-settings/pre-populate-form-fields
      can: { deepLink: 'slot' },
      answers: { name: 'name', email: 'email', phone: 'smsPhone' },
      time: ({ slot, timeZone }) =>
        slot && Date.parse(slot.start)
          ? [
              ['startDate', slot.start],
              ['timezone', timeZone],
            ]
          : [],
    },
    300,
    true,
  ),
  youcanbookme: resizing(
    {
      id: 'youcanbookme',
      name: 'YouCanBookMe',
      height: 700,
      embed: [
        ['noframe', 'true'],
        ['skipHeaderFooter', 'true'],
      ],
    },
    300,
    false,
  ),
  leadconnector: resizing(
    {
      id: 'leadconnector',
      name: 'LeadConnector / HighLevel',
      height: 700,
      allow: 'payment',
      answers: { name: 'name', email: 'email', phone: 'phone' },
    },
    300,
    false,
  ),
} satisfies Readonly<Record<string, Provider>>;
