/** Families of browsers. No version: it would tell visitors apart. */
export const BROWSERS = ['chrome', 'edge', 'firefox', 'safari', 'samsung', 'opera', 'other'] as const;
export const DEVICES = ['phone', 'tablet', 'desktop', 'other'] as const;

/** What a report says of the browser that sent it; nothing finer is kept. */
export interface ClientClass {
  readonly browser: (typeof BROWSERS)[number];
  readonly device: (typeof DEVICES)[number];
}

/** In this order: most browsers name others beside themselves. On iOS every browser is Safari's engine, and has a name of its own. */
const FAMILIES: readonly (readonly [browser: ClientClass['browser'], agent: RegExp, brand?: RegExp])[] = [
  ['edge', /\bEdg(e|A|iOS)?\//, /"Microsoft Edge"/],
  ['opera', /\b(OPR|Opera|OPT)\//, /"Opera"/],
  ['samsung', /\bSamsungBrowser\//, /"Samsung Internet"/],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|CriOS|Chromium)\//, /"(Google Chrome|Chromium)"/],
  ['safari', /\bVersion\/[\d.]+ .*Safari\//],
];

function deviceOf(agent: string, mobile: string | undefined): ClientClass['device'] {
  if (/\biPad\b|\bTablet\b|\bSilk\b/.test(agent)) return 'tablet';
  if (/\biPhone\b|\biPod\b|\bMobi/.test(agent) || mobile === '?1') return 'phone';
  // Chrome on Android writes "Mobile" on phones alone: https://developer.chrome.com/docs/multidevice/user-agent
  if (/\bAndroid\b/.test(agent)) return 'tablet';
  return /\b(Windows NT|Macintosh|X11|CrOS|Linux)\b/.test(agent) ? 'desktop' : 'other';
}

/** Reads the headers of a report's request: `User-Agent`, `Sec-CH-UA` and `Sec-CH-UA-Mobile`. */
export function clientClass(header: (name: string) => string | undefined): ClientClass {
  const agent = (header('user-agent') ?? '').slice(0, 1000);
  const brands = (header('sec-ch-ua') ?? '').slice(0, 1000);
  const family = FAMILIES.find(([, inAgent, brand]) => inAgent.test(agent) || brand?.test(brands));
  return { browser: family?.[0] ?? 'other', device: deviceOf(agent, header('sec-ch-ua-mobile')) };
}
