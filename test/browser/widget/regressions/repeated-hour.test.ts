import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, parts, slotsOf, unmountAll, until } from '../../../helpers/widget.js';

const HOUR = 3_600_000;

/** Instant at which the clocks of a zone go back next: the second of two equal local hours begins. */
function clocksGoBack(timeZone: string): number {
  const offset = (at: number): number => {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
    const [, sign, hours, minutes] =
      /GMT(?:([+-])(\d+):(\d+))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  };
  const start = Math.ceil(Date.now() / HOUR) * HOUR;
  for (let at = start; at < start + 370 * 24 * HOUR; at += HOUR)
    if (offset(at) < offset(at - HOUR)) return at;
  throw new Error(`the clocks of ${timeZone} do not go back`);
}

describe('hour that comes twice', () => {
  const real = window.fetch;
  /** The zone of the two whose clocks go back sooner, so that it is within the year that can be shown. */
  const [zone, back] = (['Europe/Berlin', 'Australia/Sydney'] as const)
    .map((name) => [name, clocksGoBack(name)] as const)
    .reduce((one, other) => (one[1] < other[1] ? one : other));
  const starts = [back - HOUR, back - HOUR / 2, back, back + HOUR / 2].map((at) =>
    new Date(at).toISOString(),
  );

  const twice = async () => {
    window.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes('/v2/slots?')) return real(input, init);
      const slots = starts.map((start) => ({
        start,
        end: new Date(Date.parse(start) + HOUR / 2).toISOString(),
      }));
      return Promise.resolve(
        Response.json({ status: 'success', data: { [starts[0]?.slice(0, 10) ?? '']: slots } }),
      );
    };
    const preferred = new Date(back - 2 * HOUR).toISOString();
    const widget = mount({
      ...calcom(newHost()),
      loading: 'interaction',
      lang: 'en',
      'time-zone': zone,
      preferred,
    });
    await until(() => slotsOf(widget).length >= starts.length);
    return widget;
  };
  const nameOf = ({ ariaLabel, textContent }: HTMLElement): string => ariaLabel ?? textContent.trim();
  /** The buttons of the list, in the order of their instants; offers of alternatives come before it. */
  const listed = (widget: Element): HTMLElement[] => slotsOf(widget).slice(-starts.length);

  afterEach(() => {
    window.fetch = real;
    unmountAll();
  });

  it('two slots of the hour that comes twice have different texts and accessible names', async () => {
    const buttons = listed(await twice());
    expect(new Set(buttons.map(nameOf)).size).to.equal(starts.length);
    expect(new Set(buttons.map(({ textContent }) => textContent.trim())).size).to.equal(starts.length);
  });

  it('each slot of the hour that comes twice is chosen by its instant', async () => {
    for (const [at, start] of starts.entries()) {
      const widget = await twice();
      const select = next(widget, 'booking-slot-select');
      listed(widget)[at]?.click();
      expect(Date.parse((await select).start)).to.equal(Date.parse(start));
      widget.remove();
    }
  });

  it('focus stays on the same instant of the hour that comes twice after a refresh', async () => {
    const widget = await twice();
    listed(widget)[2]?.focus();
    const gone = starts.pop();
    const refreshed = next(widget, 'booking-availability');
    widget.refresh();
    await refreshed;
    await until(() => parts(widget, 'slot').length && widget.shadowRoot?.activeElement);
    const select = next(widget, 'booking-slot-select');
    (widget.shadowRoot?.activeElement as HTMLElement | null)?.click();
    const { start } = await select;
    if (gone) starts.push(gone);
    expect(Date.parse(start)).to.equal(back);
  });

  it('the zone is named as it is on the shown date', async () => {
    const widget = await twice();
    const [summer, winter] = [back - HOUR, back].map((at) =>
      new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'long' })
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')
        ?.value.toLowerCase(),
    );
    const text = (widget.shadowRoot?.textContent ?? '').toLowerCase();
    const names = [summer, winter].filter((name) => name && text.includes(name));
    const isNeutral = !/summer|daylight|standard/.test(text);
    expect(names.length > 0 || isNeutral).to.equal(true);
  });
});
