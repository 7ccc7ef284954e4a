import { findLanguage } from '../locales/language.js';
import { onLanguageChange, writtenLanguage } from '../page-language.js';
import { onTimeZone, timeZone } from '../time-zone.js';
import type { WidgetController, WidgetHost } from './controller.js';

/** Keeps language and time zone: words and dates follow the page's `lang`, the zone follows the visitor's choice. */
export class LocaleController implements WidgetController {
  private written = 'en';
  private stops: (() => void)[] = [];

  constructor(private readonly host: WidgetHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.stops = [onLanguageChange(() => this.readLanguage()), onTimeZone(() => this.readTimeZone())];
    this.readLanguage();
  }

  hostDisconnected(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  hostUpdate(): void {
    this.readTimeZone();
  }

  private readTimeZone(): void {
    this.host.store.send({ type: 'time-zone', timeZone: timeZone(this.host.options['time-zone']) });
  }

  private readLanguage(): void {
    const written = writtenLanguage(this.host);
    if (written === this.written) return;
    this.written = written;
    void findLanguage(written).then((language) => {
      // Another change may have come meanwhile.
      if (this.written === written) this.host.store.send({ type: 'language', language });
    });
  }
}
