import type { FrameController, PreparedFrames } from './frame-controller.js';
import type { WidgetController, WidgetHost } from './controller.js';
import { prepareFrame, type PreparedFrame } from '../frame/prepared-frame.js';

/** Runs the frame that is prepared for the dialog's next opening. */
export function preparedFrameController(
  host: WidgetHost,
  frames: Pick<FrameController, 'context' | 'create' | 'findHolder'>,
) {
  const { store } = host;
  let prepared: PreparedFrame | null = null;

  const drop = (): void => {
    prepared?.stop();
    prepared = null;
  };

  /** A failure here is silent: it shows when the dialog is opened. */
  const prepare = async (): Promise<void> => {
    const { loadSignal, state } = store;
    const { provider } = state;
    try {
      await host.updateComplete;
      const holder = frames.findHolder();
      const context = frames.context('hidden');
      const isWanted = !loadSignal.aborted && store.state.preparation === 'pending';
      if (!isWanted || !provider || !holder || !context) return;
      drop();
      prepared = prepareFrame(
        (onEvent) => frames.create(holder, provider, context, onEvent),
        provider.capabilities.ready === 'message',
      );
      store.send({ type: 'prepared' });
    } catch {
      if (!loadSignal.aborted) store.send({ type: 'preparation-failed' });
    }
  };

  return {
    perform({ type }) {
      if (type === 'prepare-frame') void prepare();
      else if (type === 'stop-frame' || type === 'drop-prepared-frame') drop();
    },
    reveal(onEvent) {
      const taken = prepared;
      prepared = null;
      const context = frames.context('revealed');
      // A chosen slot has an address of its own.
      if (taken && context && !context.slot) return taken.reveal(context, onEvent);
      taken?.stop();
      return null;
    },
  } satisfies WidgetController & PreparedFrames;
}
