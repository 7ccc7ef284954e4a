import { ASSETS, COMPANION, SCHEDULER } from './origins/names.js';

/** How a scheduling page is put on a host page. */
export const EMBEDS = [
  'frame-eager',
  'frame-lazy',
  'cal',
  'react-calendly',
  'ours-script',
  'ours-module',
  'ours-native',
  'ours-companion',
  'ours-frame-road',
  'frame-dialog',
  'cal-popup',
  'cal-prerender',
  'react-popup',
  'ours-popup',
] as const;
export type Embed = (typeof EMBEDS)[number];

/** The height that each embed keeps free, so that it is in the same place for all. */
const BOX = 'display:block;width:800px;max-width:100%;min-height:640px';

const event = (host: string): string => `${host}/30min`;
const address = (host: string): string => `${SCHEDULER}/${event(host)}`;

const frame = (host: string, more: string): string =>
  `<iframe class="embed" src="${address(host)}" title="Book" style="${BOX};height:640px;border:0" ${more}></iframe>`;

const LOADER = `<script async crossorigin src="${ASSETS}/booking-widget.js"></script>`;

const widget = (host: string, more = '', style = BOX): string =>
  `<booking-widget class="embed" src="${address(host)}" provider="cal" api="${SCHEDULER}" style="${style}" ${more}><a href="${address(host)}">Book</a></booking-widget>`;

/** Cal.com's snippet: a queue, and its script. */
const calSnippet = (calls: string): string => `<script>
  window.Cal = function () {
    const cal = window.Cal;
    const args = arguments;
    if (!cal.loaded) {
      cal.ns = {};
      cal.q = cal.q || [];
      document.head.appendChild(document.createElement('script')).src = '${SCHEDULER}/embed/embed.js';
      cal.loaded = true;
    }
    cal.q.push(args);
  };
  Cal('init', { origin: '${SCHEDULER}' });
  ${calls}
</script>`;

const react = (host: string, kind: string): string =>
  `<div class="embed" data-react-calendly="${kind}" data-url="${address(host)}" style="${kind === 'inline' ? BOX : ''}"></div>
  <link rel="stylesheet" href="/app/react-calendly.css"><script type="module" src="/app/react-calendly.js"></script>`;

const MARKUP: Readonly<Record<Embed, (host: string) => string>> = {
  'frame-eager': (host) => frame(host, ''),
  'frame-lazy': (host) => frame(host, 'loading="lazy"'),
  cal: (host) =>
    `<div class="embed" id="inline" style="${BOX}"></div>${calSnippet(
      `Cal('inline', { elementOrSelector: '#inline', calLink: '${event(host)}' });`,
    )}`,
  'react-calendly': (host) => react(host, 'inline'),
  'ours-script': (host) => widget(host) + LOADER,
  'ours-module': (host) => `${widget(host)}<script type="module" src="/app/module.js"></script>`,
  'ours-native': (host) => widget(host, 'loading="interaction"') + LOADER,
  'ours-companion': (host) => widget(host, `loading="interaction" companion="${COMPANION}"`) + LOADER,
  'ours-frame-road': (host) => widget(host, 'booking="frame"') + LOADER,
  'frame-dialog': (host) =>
    `<button class="embed">Book</button><dialog style="width:840px;height:680px"></dialog><script>
      document.querySelector('.embed').onclick = () => {
        const dialog = document.querySelector('dialog');
        const frame = Object.assign(document.createElement('iframe'), { src: '${address(host)}', width: 800, height: 640 });
        dialog.replaceChildren(frame);
        dialog.showModal();
      };
    </script>`,
  'cal-popup': (host) =>
    `<button class="embed" data-cal-link="${event(host)}">Book</button>${calSnippet('')}`,
  'cal-prerender': (host) =>
    `<button class="embed" data-cal-link="${event(host)}">Book</button>${calSnippet(
      `Cal('prerender', { calLink: '${event(host)}', type: 'modal' });`,
    )}`,
  'react-popup': (host) => react(host, 'popup'),
  'ours-popup': (host) => widget(host, 'mode="popup"', 'display:inline-block') + LOADER,
};

const isEmbed = (name: string): name is Embed => EMBEDS.some((each) => each === name);

const documentOf = (body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A site</title><link rel="icon" href="data:,"><style>body{font:16px/1.5 sans-serif;margin:20px}</style></head>
<body><h1>A site that takes bookings</h1><p>It says what it offers, to whom, and for how much.</p>${body}<p>The end.</p>
</body></html>`;

/** The address of a page: pixels above the embed, and how many embeds there are. */
export const pathOf = (embed: Embed | 'none', host: string, { above = 0, count = 1 } = {}): string =>
  `/${embed}/${host}/${above}/${count}`;

/** The page at such an address. */
export function pageAt(path: string): string | undefined {
  const [, embed = '', host = '', above = '', count = ''] = path.split('/');
  const space = `<div style="height:${Number(above)}px"></div>`;
  if (embed === 'none') return documentOf(space);
  if (!isEmbed(embed)) return undefined;
  return documentOf(space + MARKUP[embed](host).repeat(Number(count)));
}
