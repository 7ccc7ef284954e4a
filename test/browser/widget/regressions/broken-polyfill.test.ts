import { expect } from '@open-wc/testing';
import {
  calcom,
  frameOf,
  isInert,
  laterWidgetIsReady,
  mount,
  newHost,
  part,
  turn,
  unmountAll,
  until,
} from '../../../helpers/widget.js';

describe('page with a broken polyfill', () => {
  const { formatToParts } = Intl.DateTimeFormat.prototype;

  afterEach(() => {
    Intl.DateTimeFormat.prototype.formatToParts = formatToParts;
    unmountAll();
  });

  for (const loading of ['eager', 'interaction'])
    it(`a polyfill that breaks formatToParts leaves a usable calendar or an explained failure (${loading})`, async () => {
      const broken = new TypeError('Not implemented');
      Intl.DateTimeFormat.prototype.formatToParts = () => {
        throw broken;
      };
      const host = newHost();
      // The slots arrive before the calendar, so that there is something to render.
      await turn(host, { late: 1500 });
      const widget = mount({ ...calcom(host), loading });
      const codes: string[] = [];
      const causes: unknown[] = [];
      widget.addEventListener('booking-error', ({ code, cause }) => {
        codes.push(code);
        causes.push(cause);
      });
      const usable = (): boolean =>
        !!frameOf(widget) && !isInert(frameOf(widget)) && !part(widget, 'skeleton');
      await until(() => part(widget, 'failure') ?? part(widget, 'show') ?? usable());
      if (part(widget, 'failure')) {
        expect(codes).to.deep.equal(['internal-error']);
        expect(part(widget, 'retry')?.checkVisibility()).to.equal(true);
        expect(part<HTMLAnchorElement>(widget, 'open-link')?.href).to.include('/30min');
      } else {
        part(widget, 'show')?.click();
        await until(() => widget.matches(':state(ready)') && usable());
      }
      Intl.DateTimeFormat.prototype.formatToParts = formatToParts;
      await laterWidgetIsReady();
      expect(codes.length).to.be.at.most(1);
      // What an error tracker needs to say where it was.
      expect(causes.every((cause) => cause === broken)).to.equal(true);
    });

  it('work goes on where the page’s scheduler cannot yield', async () => {
    const { scheduler } = globalThis as { scheduler?: object };
    const broken = {
      yield: () => {
        throw new TypeError('Not implemented');
      },
    };
    Object.defineProperty(globalThis, 'scheduler', { value: broken, configurable: true });
    try {
      const widget = mount({ ...calcom(newHost()), loading: 'eager' });
      await until(() => widget.matches(':state(ready)'));
    } finally {
      Object.defineProperty(globalThis, 'scheduler', { value: scheduler, configurable: true });
    }
  });
});
