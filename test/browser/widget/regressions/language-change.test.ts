import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, part, slotsOf, unmountAll, until } from '../../../helpers/widget.js';

/** What a visitor reads: the name of the button for all times, and a day. */
const wordsOf = (widget: Element): readonly [button: string, day: string] => [
  part(widget, 'all-times')?.textContent.trim() ?? '',
  part(widget, 'day')?.textContent.trim() ?? '',
];

/** The weekdays of a language, long and short. */
const weekdays = (lang: string): RegExp => {
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 0, 4 + day)));
  const names = (['long', 'short'] as const).flatMap((weekday) =>
    days.map((day) => new Intl.DateTimeFormat(lang, { weekday, timeZone: 'UTC' }).format(day)),
  );
  return new RegExp(names.map((name) => name.replace('.', '\\.?')).join('|'), 'i');
};

describe('language of the page', () => {
  const before = document.documentElement.lang;
  const slotted = async (more: Record<string, string> = {}) => {
    const widget = mount({ ...calcom(newHost()), loading: 'interaction', ...more });
    await until(() => slotsOf(widget).length);
    return widget;
  };

  afterEach(() => {
    document.documentElement.lang = before;
    unmountAll();
  });

  it('a changed lang of the page changes words and dates together', async () => {
    document.documentElement.lang = 'de';
    const widget = await slotted();
    const [german, tag] = await until(() => wordsOf(widget)[0] && wordsOf(widget));
    expect(tag).to.match(weekdays('de'));
    document.documentElement.lang = 'en';
    await until(() => wordsOf(widget)[0] !== german);
    expect(wordsOf(widget)[1]).to.match(weekdays('en'));
    part(widget, 'later')?.click();
    await until(() => wordsOf(widget)[1] && weekdays('en').test(wordsOf(widget)[1]));
    expect(wordsOf(widget)[0]).to.not.equal(german);
  });

  for (const [tag, lang] of [
    ['nl_NL', 'nl'],
    ['de_DE', 'de'],
    ['pt_BR', 'pt'],
    ['fr_CA.UTF-8', 'fr'],
  ] as const)
    it(`lang="${tag}" gives words and dates of ${lang}`, async () => {
      // The words of a language arrive after the slots may already be there.
      const translated = async (): Promise<readonly [button: string, day: string]> => {
        const widget = await slotted();
        return until(() => weekdays(lang).test(wordsOf(widget)[1]) && wordsOf(widget));
      };
      document.documentElement.lang = lang;
      const [model] = await translated();
      document.documentElement.lang = tag;
      const [button] = await translated();
      expect(button).to.equal(model);
    });

  for (const tag of ['arg', 'frp', 'is', 'sw_KE', 'enm', 'tlh'])
    it(`lang="${tag}", which has no translation, gives English words and English dates`, async () => {
      document.documentElement.lang = 'en';
      const model = wordsOf(await slotted());
      document.documentElement.lang = tag;
      const [button, day] = wordsOf(await slotted());
      expect(button).to.equal(model[0]);
      expect(day).to.match(weekdays('en'));
    });
});
