import { expect } from '@open-wc/testing';
import { FAILURE_CODES } from '../../../src/protocol/failure-code.js';
import { debugLog } from '../../../src/widget/observers/debug-log.js';
import { BEGUN, PAGE, frameFailed, load, slotsFresh } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

describe('debug log', () => {
  const { info } = console;
  let lines: string[];
  beforeEach(() => {
    lines = [];
    console.info = (line: string) => lines.push(line);
  });
  afterEach(() => {
    console.info = info;
  });

  it('the log names the widget in every line and says why no report is sent', () => {
    const host = new FakeObservedHost().send(load({ debug: true }));
    host.attach(debugLog(host.element));
    expect(lines[0]).to.match(/^\[booking-widget 7\] Sends no report: /);
    for (const line of lines) expect(line).to.match(/^\[booking-widget 7\] /);
  });

  it('the log has the page, the provider, the start of the frame and the number of slots', () => {
    const host = new FakeObservedHost().send(...BEGUN, slotsFresh('2026-11-23T09:00:00Z'));
    host.attach(debugLog(host.element));
    const log = lines.join('\n');
    for (const text of [
      `load ${PAGE.href}`,
      'provider test',
      'frame-start (provider not loaded yet), attempt 1',
      'slots-fresh, 1 slots',
    ])
      expect(log).to.include(text);
  });

  it('the log names the cause of every failure and what the site owner can do', () => {
    for (const code of FAILURE_CODES) {
      lines = [];
      const host = new FakeObservedHost().send(...BEGUN);
      host.attach(debugLog(host.element));
      const before = lines.length;
      host.send(frameFailed(code));
      const [, failure] = lines.slice(before);
      expect(failure, code).to.match(new RegExp(`: ${code}\\. seen: ${code}\\. \\S.+\\.$`));
    }
  });

  it('the log leaves out fields that do not help a site owner', () => {
    const host = new FakeObservedHost().send(...BEGUN, { type: 'frame-ready' });
    host.attach(debugLog(host.element));
    const before = lines.length;
    host.send(
      { type: 'time-zone', timeZone: 'Europe/Berlin' },
      { type: 'frame-height', height: 500 },
      { type: 'list-zones' },
      { type: 'dialog-loaded' },
    );
    expect(lines).to.have.length(before);
  });
});
