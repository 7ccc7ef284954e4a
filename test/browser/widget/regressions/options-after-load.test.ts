import { expect } from '@open-wc/testing';
import { Collector } from '../../../helpers/collector.js';
import { service } from '../../../helpers/service.js';
import {
  calcom,
  mount,
  newHost,
  next,
  requests,
  slotsOf,
  turn,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

const layer = (): readonly Record<string, unknown>[] =>
  (globalThis as { dataLayer?: Record<string, unknown>[] }).dataLayer ?? [];

describe('options that are set after the first load', () => {
  let host = '';
  const ready = async (more: Record<string, string> = {}): Promise<ReturnType<typeof mount>> => {
    const widget = mount({ ...calcom(host), loading: 'eager', availability: 'off', ...more });
    await next(widget, 'booking-ready');
    return widget;
  };

  beforeEach(() => {
    host = newHost();
  });
  afterEach(() => {
    unmountAll();
    Reflect.deleteProperty(globalThis, 'dataLayer');
  });

  // Some observers are there from the start, or none are.
  const BEFORE: Readonly<Record<string, Record<string, string>>> = {
    'without other observers': {},
    'beside another observer': { reserve: '' },
  };

  for (const [which, options] of Object.entries(BEFORE)) {
    it(`debug that is set after the first load logs what happens from then on (${which})`, async () => {
      const widget = await ready(options);
      const { info } = console;
      const lines: string[] = [];
      console.info = (...words: unknown[]) => {
        lines.push(words.join(' '));
      };
      try {
        widget.debug = true;
        widget.src = `${service.cal}/${host}/15min`;
        await next(widget, 'booking-ready');
        await until(() => lines.some((line) => line.includes('booking-widget')));
      } finally {
        console.info = info;
      }
    });

    it(`metrics-endpoint that is set after the first load gets the next report (${which})`, async () => {
      const collector = new Collector();
      const widget = await ready(options);
      widget.setAttribute('metrics-endpoint', collector.endpoint);
      widget.src = `${service.cal}/${host}/15min`;
      await next(widget, 'booking-ready');
      const [report] = await collector.reports();
      expect(report?.widgets.some(({ outcome }) => outcome === 'ready')).to.equal(true);
    });

    it(`data-layer that is set after the first load gets the events from then on (${which})`, async () => {
      const widget = await ready(options);
      widget.toggleAttribute('data-layer', true);
      widget.src = `${service.cal}/${host}/15min`;
      await next(widget, 'booking-ready');
      await until(() => layer().some(({ event }) => event === 'booking_widget.ready'));
    });
  }

  it('data-layer that is removed after the first load gets no further event', async () => {
    const widget = await ready({ 'data-layer': '' });
    await until(() => layer().some(({ event }) => event === 'booking_widget.ready'));
    widget.toggleAttribute('data-layer', false);
    const before = layer().length;
    // A later widget with a data layer shows that this one's event would have been pushed.
    const later = mount({ ...calcom(newHost()), loading: 'eager', availability: 'off', 'data-layer': '' });
    widget.src = `${service.cal}/${host}/15min`;
    await Promise.all([next(widget, 'booking-ready'), next(later, 'booking-ready')]);
    await until(() =>
      layer()
        .slice(before)
        .some(({ event }) => event === 'booking_widget.ready'),
    );
    const widgets = new Set(
      layer()
        .slice(before)
        .map(({ widget: instance }) => instance),
    );
    expect(widgets.size).to.equal(1);
  });

  it('reserve that is set after the first load holds the chosen slot', async () => {
    await turn(host, { late: 3000 });
    const widget = mount({
      ...calcom(host),
      loading: 'interaction',
      'time-zone': 'Europe/Berlin',
      'data-layer': '',
    });
    await until(() => slotsOf(widget).length);
    widget.toggleAttribute('reserve', true);
    slotsOf(widget)[0]?.click();
    await until(async () =>
      (await requests('')).some(
        ({ method, path, key }) =>
          method === 'POST' && path.includes('/reservations') && key.startsWith(host),
      ),
    );
  });

  it('companion that is set after the first load is asked for live updates', async () => {
    const widget = mount({ ...calcom(host), loading: 'interaction', 'metrics-endpoint': 'none:' });
    await until(() => slotsOf(widget).length);
    widget.setAttribute('companion', service.cal);
    await until(async () => (await requests(host)).some(({ path }) => path === '/v1/live'));
  });
});
