import { OTHER } from './limits.js';

/** Providers that the widget names in reports. They always keep their name, whatever else is reported. */
export const PROVIDERS = [
  'acuity',
  'appointlet',
  'cal',
  'calendly',
  'chilipiper',
  'doodle',
  'easyappointments',
  'easyappointmentsframed',
  'google',
  'hubspot',
  'koalendar',
  'leadconnector',
  'microsoft',
  'motion',
  'notion',
  'oncehub',
  'plain',
  'rallly',
  'savvycal',
  'setmore',
  'simplybook',
  'tidycal',
  'youcanbookme',
  'zcal',
  'zoho',
  'zoom',
] as const;

const known = new Set<string>(PROVIDERS);

export const isKnownProvider = (name: string): boolean => known.has(name);

export const MODES: ReadonlySet<string> = new Set(['inline', 'popup', 'floating']);
export const LOADINGS: ReadonlySet<string> = new Set(['lazy', 'eager', 'interaction']);

/** Of Navigation Timing, and what the widget adds. */
export const NAVIGATIONS: ReadonlySet<string> = new Set([
  'navigate',
  'reload',
  'back_forward',
  'prerender',
  'back-forward-cache',
]);

/** A word of a list, or "other". */
export const oneOf = (words: ReadonlySet<string>, word: string): string => (words.has(word) ? word : OTHER);
