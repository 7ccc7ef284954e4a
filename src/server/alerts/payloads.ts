import { ADVICE } from './advice.js';
import type { AlertSettings } from './alert-options.js';
import type { Notice } from './episodes.js';

type PayloadSettings = Pick<AlertSettings, 'format' | 'from' | 'to' | 'publicUrl'>;

/** Where the dashboard shows it; undefined where its address is not configured. */
const linkOf = ({ alert }: Notice, { publicUrl }: PayloadSettings): string | undefined =>
  publicUrl === undefined ? undefined : `${publicUrl.replace(/\/+$/, '')}/dashboard#${ADVICE[alert].panel}`;

/** What is left to do: nothing, once it is over. */
const actionOf = ({ alert, state }: Notice): string | undefined =>
  state === 'resolved' ? undefined : ADVICE[alert].action;

const WORDS = { warning: 'Warning', critical: 'Critical' } as const;

const headline = ({ state, level }: Notice): string => (state === 'resolved' ? 'Resolved' : WORDS[level]);

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function slack(notice: Notice, settings: PayloadSettings): object {
  const link = linkOf(notice, settings);
  const lines = [`*${headline(notice)}:* ${escaped(notice.text)}`, escaped(actionOf(notice) ?? '')];
  return { text: [...lines, link ? `<${link}|Dashboard>` : ''].filter(Boolean).join('\n') };
}

function email(notice: Notice, settings: PayloadSettings): object {
  const { alert, subject, text, since } = notice;
  const lines = [text, actionOf(notice), linkOf(notice, settings), `Since ${since}.`];
  return {
    from: settings.from,
    to: settings.to,
    subject: `[booking-widget] ${headline(notice)}: ${alert}${subject && ` (${subject})`}`,
    text: lines.filter((line) => line !== undefined).join('\n\n'),
  };
}

/** The body of a notice, as its receiver reads it. */
export function payloadOf(id: string, notice: Notice, settings: PayloadSettings): object {
  switch (settings.format) {
    case 'slack':
      return slack(notice, settings);
    case 'email':
      return email(notice, settings);
    case 'generic':
      return { id, ...notice, action: actionOf(notice), link: linkOf(notice, settings) };
  }
}
