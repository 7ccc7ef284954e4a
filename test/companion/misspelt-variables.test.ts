import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { misspeltVariables } from '../../src/server/commands/misspelt-variables.js';
import { flags } from '../../src/server/commands/serve.js';
import { runCli } from './cli-run.js';

describe('a variable of the environment', () => {
  for (const [written, meant] of [
    ['BOOKING_PORT', 'PORT'],
    ['BOOKING_DATABASE_URL', 'DATABASE_URL'],
    ['BOOKING_CAL_WEBHOOK_SECRET', 'CAL_WEBHOOK_SECRET'],
    ['BOOKING_ORIGIN', 'BOOKING_ORIGINS'],
    ['BOOKING_TOKNE', 'BOOKING_TOKEN'],
    ['BOOKING_TOKEN_FIEL', 'BOOKING_TOKEN_FILE'],
    ['BOOKING_WARM_MINBOOKINGS', 'BOOKING_WARM_MIN_BOOKINGS'],
  ] as const)
    it(`that is misspelt is named with the one that is meant: ${written}`, () => {
      const lines = misspeltVariables({ [written]: 'a-secret-value' }, flags);
      assert.deepEqual(lines, [`The variable ${written} means nothing by itself. Is ${meant} meant?`]);
    });

  it('that is right, of another command, of another program or of a service in Kubernetes is not named', () => {
    const right = {
      PORT: '1',
      HOST: '::1',
      BOOKING_DATA: 'x',
      BOOKING_TOKEN_FILE: 'x',
      BOOKING_ALERTS_TO: 'x',
      CAL_API_KEY: 'x',
    };
    const ofCommands = {
      BOOKING_SINCE: '1h',
      BOOKING_JSON: '1',
      BOOKING_FULL: '1',
      BOOKING_ONCE: '1',
      BOOKING_URL: 'x',
    };
    const others = {
      BOOKING_SITE_NAME: 'x',
      BOOKING_PORT: 'tcp://10.0.0.1:80',
      BOOKING_PORT_80_TCP: 'tcp://10.0.0.1:80',
      BOOKING_SERVICE_HOST: '10.0.0.1',
      PROT: '1',
    };
    assert.deepEqual(misspeltVariables({ ...right, ...ofCommands, ...others }, flags), []);
  });

  it('that is misspelt is named by the command at its start, without its value', async () => {
    const { code, said } = await runCli(['serve', '--print-config'], { BOOKING_TOKNE: 'a-secret-value' })
      .ended;
    assert.equal(code, 0);
    assert.match(said, /booking-widget serve: The variable BOOKING_TOKNE .*Is BOOKING_TOKEN meant\?/);
    assert.doesNotMatch(said, /a-secret-value/);
  });
});
