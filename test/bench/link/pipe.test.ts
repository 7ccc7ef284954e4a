import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from './clock.js';
import { Pipe, type PipeSettings } from './pipe.js';

/** A clock that jumps to the next action. */
class TestClock implements Clock {
  #now = 0;
  #actions: { readonly time: number; readonly action: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  at(time: number, action: () => void): void {
    this.#actions.push({ time, action });
  }

  run(): void {
    for (;;) {
      this.#actions.sort((a, b) => a.time - b.time);
      const next = this.#actions.shift();
      if (!next) return;
      this.#now = Math.max(this.#now, next.time);
      next.action();
    }
  }
}

/** What arrives at the end of a lane: bytes, and when the last of them came. */
function receiver(clock: Clock) {
  const seen = { bytes: 0, last: 0, ended: NaN };
  return {
    seen,
    deliver: (bytes: Buffer): void => {
      seen.bytes += bytes.length;
      seen.last = clock.now();
    },
    ended: (): void => {
      seen.ended = clock.now();
    },
  };
}

function pipeOf(settings: PipeSettings) {
  const clock = new TestClock();
  const pipe = new Pipe(clock, () => settings);
  const open = (openAt = 0) => {
    const { seen, deliver, ended } = receiver(clock);
    return { seen, sender: pipe.open(deliver, ended, openAt) };
  };
  return { clock, pipe, open };
}

const near = (actual: number, expected: number, share = 0.01): void => {
  assert.ok(Math.abs(actual - expected) <= expected * share, `${actual} is not near ${expected}`);
};

describe('one direction of the link', () => {
  it('one packet takes the time to send it and the delay', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 30 });
    const { seen, sender } = open();
    sender.send(Buffer.alloc(1000));
    clock.run();
    assert.deepEqual(seen, { bytes: 1000, last: 40, ended: NaN });
  });

  it('what is sent before the connection is made waits until then', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 30 });
    const { seen, sender } = open(60);
    sender.send(Buffer.alloc(1000));
    clock.run();
    assert.equal(seen.last, 100);
  });

  it('connections share the rate evenly, and together get all of it', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 1 });
    const two = [open(), open()];
    for (const { sender } of two) sender.send(Buffer.alloc(1_000_000));
    clock.run();
    for (const { seen } of two) {
      assert.equal(seen.bytes, 1_000_000);
      near(seen.last, 20_000);
    }
  });

  it('a small answer passes a large one of another connection', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 1 });
    const [large, small] = [open(), open()];
    large.sender.send(Buffer.alloc(1_000_000));
    small.sender.send(Buffer.alloc(1000));
    clock.run();
    assert.ok(small.seen.last < 50, `arrived after ${small.seen.last} ms`);
  });

  it('a new connection sends ten packets, then twice as many with each round trip', () => {
    const { clock, open } = pipeOf({ rate: 1e9, delay: 50 });
    const { seen, sender } = open();
    sender.send(Buffer.alloc(70 * 1460)); // 10 + 20 + 40
    clock.run();
    near(seen.last, 250);
  });

  it('the end comes after the last packet', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 30 });
    const { seen, sender } = open();
    sender.send(Buffer.alloc(3000));
    sender.end();
    clock.run();
    assert.equal(seen.bytes, 3000);
    assert.equal(seen.ended, seen.last);
  });

  it('nothing arrives at a connection that was dropped', () => {
    const { clock, open } = pipeOf({ rate: 100, delay: 30 });
    const { seen, sender } = open();
    sender.send(Buffer.alloc(3000));
    sender.drop();
    clock.run();
    assert.equal(seen.bytes, 0);
  });
});
