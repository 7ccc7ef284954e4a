import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { calcom, mount, newHost, next, part, turn, unmountAll, until } from '../../helpers/widget.js';

/** The head with the close button. */
const HEAD = 62;
const SHORT = 420;

interface Box {
  readonly top: number;
  readonly height: number;
}

describe('height of a dialog', () => {
  let host = '';
  beforeEach(async () => {
    host = newHost();
    await setViewport({ width: 1000, height: 900 });
  });
  afterEach(async () => {
    unmountAll();
    await setViewport({ width: 800, height: 600 });
  });

  const popup = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), availability: 'off', mode: 'popup', prepare: 'none', ...more });
  const boxOf = (widget: Element): Box | null => {
    const dialog = widget.shadowRoot?.querySelector('dialog');
    if (!dialog?.open) return null;
    const { top, height } = dialog.getBoundingClientRect();
    return { top: Math.round(top), height: Math.round(height) };
  };
  const opened = (widget: ReturnType<typeof mount>): Promise<Box> => {
    widget.open();
    return until(() => boxOf(widget));
  };

  it('is that of its page once that is known, below the same upper edge, and at once when it is opened again', async () => {
    await turn(host, { 'lying-height': SHORT });
    const widget = popup();
    const ready = next(widget, 'booking-ready');
    const first = await opened(widget);
    await ready;
    await until(() => boxOf(widget)?.height === SHORT + HEAD);
    expect(boxOf(widget)?.top).to.equal(first.top);
    widget.close();
    await until(() => !boxOf(widget));
    const second = await opened(widget);
    await until(() => boxOf(widget)?.height === SHORT + HEAD);
    expect(boxOf(widget)?.top, 'in the middle again').to.be.greaterThan(second.top - 1);
  });

  it('does not change a second time while its page is used', async () => {
    await turn(host, { 'lying-height': SHORT });
    const widget = popup();
    const ready = next(widget, 'booking-ready');
    await opened(widget);
    await ready;
    await until(() => boxOf(widget)?.height === SHORT + HEAD);
    widget.store.send({ type: 'frame-height', height: SHORT + 100 });
    await widget.updateComplete;
    expect(boxOf(widget)?.height).to.equal(SHORT + HEAD);
  });

  it('is that of a card, and has room for the slots as soon as the visitor presses its button', async () => {
    const widget = popup({ consent: 'required', availability: 'auto' });
    await opened(widget);
    await until(() => part(widget, 'facade'));
    await until(() => (boxOf(widget)?.height ?? 999) < 360);
    part(widget, 'show')?.click();
    await until(() => boxOf(widget)?.height === 760);
  });

  it('is that of a failure that is final', async () => {
    await turn(host, { 'late-status': 404 });
    const widget = popup();
    const first = await opened(widget);
    await until(() => part(widget, 'failure'));
    await until(() => (boxOf(widget)?.height ?? 999) < 360);
    expect(boxOf(widget)?.top).to.equal(first.top);
  });
});
