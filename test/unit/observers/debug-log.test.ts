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

  it('the log names every option whose name or value means nothing, and no other attribute', () => {
    const host = new FakeObservedHost();
    for (const [name, value] of [
      ['mode', 'pop-up'],
      ['data-booking-consent', 'yes'],
      ['slots', '1000'],
      ['timezone', 'Europe/Berlin'],
      ['data-src', 'https://cal.com/acme'],
      ['data-booking-colour', 'red'],
      // Well written.
      ['loading', ' Lazy '],
      ['height', ''],
      ['timeout', '20'],
      ['accent', 'red'],
      ['debug', ''],
      ['class', 'wide'],
      ['data-astro-id', '1'],
    ] as const)
      host.attributes.set(name, value);
    host.send(load({ debug: true }));
    host.attach(debugLog(host.element));
    expect(lines.map((line) => line.replace('[booking-widget 7] ', '')).slice(1, -1)).to.deep.equal([
      'mode="pop-up" means nothing; mode is "inline".',
      'data-booking-consent="yes" means nothing; consent is "required".',
      'slots="1000" means nothing; slots is 6.',
      'timezone="Europe/Berlin" is no option; write time-zone.',
      'data-src="https://cal.com/acme" is no option; write src.',
      'data-booking-colour="red" is no option.',
    ]);
  });
});
