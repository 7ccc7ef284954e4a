import { findLanguage } from '../locales/language.js';
import { onLanguageChange, writtenLanguage } from '../page-language.js';
import { onTimeZone, timeZone } from '../time-zone.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Keeps language and time zone: words and dates follow the page's `lang`, the zone follows the visitor's choice. */
export function localeController(host: WidgetHost) {
  const { store } = host;
  let written = 'en';
  let stops: readonly (() => void)[] = [];

  const readTimeZone = (): void =>
    store.send({ type: 'time-zone', timeZone: timeZone(host.options['time-zone']) });

  const readLanguage = async (): Promise<void> => {
    const now = writtenLanguage(host);
    if (now === written) return;
    written = now;
    const language = await findLanguage(now);
    // Another change may have come meanwhile.
    if (now === written) store.send({ type: 'language', language });
  };

  return {
    hostConnected() {
      stops = [onLanguageChange(() => void readLanguage()), onTimeZone(readTimeZone)];
      void readLanguage();
    },
    hostDisconnected() {
      for (const stop of stops) stop();
    },
    hostUpdate: readTimeZone,
  } satisfies WidgetController;
}
