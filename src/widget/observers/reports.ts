import { VERSION } from '../../version.js';
import { LoadRecord } from '../metrics/load-record.js';
import { reportEndpoint } from '../metrics/report-endpoint.js';
import { reportTo } from '../metrics/report-to.js';
import type { CreateObserver } from './observer.js';

/** Puts the widget into the page's load reports. Every load is a record of its own. */
export const reports: CreateObserver = (host) => {
  const { options } = host.store.state;
  const sampleRate = options['sample-rate'];
  const reporter = reportTo({ endpoint: reportEndpoint(options), sampleRate, version: VERSION });
  const record = new LoadRecord(host.instance);
  record.mark('defined', host.definedAt);
  let leave: (() => void) | undefined;

  return {
    onEvent({ event, state, before, at }) {
      const isNewLoad = event.type === 'load' || event.type === 'unload';
      if (isNewLoad) leave?.();
      record.record(event, state, at);
      if (event.type === 'load') leave = reporter.add({ host, snapshot: () => record.snapshot() });
      const isTerminal = event.type === 'booked' || state.frame.status !== before.frame.status;
      const { status } = state.frame;
      const isOver = status === 'ready' || status === 'shown' || status === 'linked' || status === 'failed';
      reporter.changed(isTerminal && isOver ? 'terminal' : undefined);
    },
    stop() {
      leave?.();
    },
  };
};
