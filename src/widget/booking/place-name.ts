import type { Place } from './form-fields.js';

/** Proper names of video services; they are the same in every language. */
const VIDEO: Readonly<Record<string, string>> = {
  'cal-video': 'Cal Video',
  daily: 'Cal Video',
  'google-meet': 'Google Meet',
  'office365-video': 'Microsoft Teams',
  zoom: 'Zoom',
  webex: 'Webex',
  whereby: 'Whereby',
  jitsi: 'Jitsi',
};

/** A place in words: the host's own address or number, or the name of the service; empty where there are none. */
export const placeName = ({ text, integration }: Place): string =>
  text ||
  (VIDEO[integration] ??
    integration.replace(/[-_]+/g, ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()));
