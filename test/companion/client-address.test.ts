import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientOf } from '../../src/server/http/client.js';
import { clientName } from '../../src/server/http/client-address.js';

describe('a client', () => {
  const clients: readonly (readonly [name: string, addresses: readonly string[]])[] = [
    [
      '192.0.2.1',
      [
        '192.0.2.1',
        '192.0.2.1:54321',
        '"192.0.2.1:54321"',
        '::ffff:192.0.2.1',
        '::FFFF:c000:0201',
        '0:0:0:0:0:ffff:c000:201',
        '[::ffff:192.0.2.1]:443',
        '64:ff9b::192.0.2.1',
      ],
    ],
    [
      '2001:db8:0:1::/64',
      [
        '2001:db8:0:1::1',
        '2001:DB8:0:1:ffff::2',
        '[2001:db8:0:1::1]',
        '[2001:db8:0:1::1]:8080',
        '"[2001:db8:0:1::1]:8080"',
        '2001:0db8:0000:0001:0:0:0:1',
      ],
    ],
    ['fe80:0:0:0::/64', ['fe80::1%eth0', 'fe80::2']],
  ];
  for (const [name, addresses] of clients)
    it(`is ${name} however a proxy writes its address`, () => {
      for (const address of addresses) assert.equal(clientName(address), name, address);
    });

  it('is not named by what is no address', () => {
    for (const junk of [
      '',
      'unknown',
      '_hidden',
      '1.2.3',
      '256.1.1.1',
      '1::2::3',
      ':::',
      '12345::',
      '1:2:3:4:5:6:7',
      'a'.repeat(100),
    ])
      assert.equal(clientName(junk), undefined, junk);
  });

  it('behind proxies is the entry that the first of them wrote, with its port', () => {
    const caller = { address: '10.0.0.1', forwarded: '1.1.1.1, [2001:db8::1]:4711, 192.0.2.7:80' };
    assert.equal(clientOf(caller, 0), '10.0.0.1');
    assert.equal(clientOf(caller, 1), '192.0.2.7');
    assert.equal(clientOf(caller, 2), '2001:db8:0:0::/64');
    assert.equal(clientOf({ address: undefined, forwarded: 'x'.repeat(500) }, 1).length, 64);
  });
});
