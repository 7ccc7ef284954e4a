import { expect } from '@open-wc/testing';
import { takeFrameTurn, type FrameTurn } from '../../../src/widget/frame/frame-turns.js';

/** What waits for a moment that the test decides. */
interface Held {
  timer: (() => void) | undefined;
  frame: (() => void) | undefined;
}

describe('turns of frames', () => {
  const { setTimeout: laterOf, requestAnimationFrame: frameOf } = globalThis;
  const turns: FrameTurn[] = [];
  let held: Held;
  let now = 0;
  let box: HTMLElement;

  beforeEach(() => {
    held = { timer: undefined, frame: undefined };
    now = performance.now();
    Object.assign(globalThis, {
      setTimeout: (callback: () => void) => ((held.timer = callback), 0),
      requestAnimationFrame: (callback: () => void) => ((held.frame = callback), 0),
    });
    performance.now = () => now;
    box = document.body.appendChild(document.createElement('div'));
    box.style.height = '10px';
  });

  afterEach(() => {
    Object.assign(globalThis, { setTimeout: laterOf, requestAnimationFrame: frameOf });
    Reflect.deleteProperty(performance, 'now');
    for (const turn of turns.splice(0)) turn.end();
    box.remove();
  });

  const take = (): FrameTurn => {
    const turn = takeFrameTurn(box);
    turns.push(turn);
    return turn;
  };

  /** Until an observer of intersections, which is older than this one, has had its say. */
  const observed = (): Promise<unknown> =>
    new Promise((resolve) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        resolve(null);
      });
      observer.observe(box);
    });

  it('a frame does not start while the page is scrolled, also where a timer runs before the scroll event', async () => {
    const first = take(); // the first of a page waits for nothing, so this is another
    first.grant();
    first.end();
    let isGranted = false;
    const turn = take();
    void turn.granted.then(() => (isGranted = true));
    await observed();
    await observed();

    now += 100;
    held.timer?.();
    dispatchEvent(new Event('scroll'));
    held.frame?.();
    await Promise.resolve();
    expect(isGranted, 'the scroll event of the same frame counts').to.equal(false);

    now += 100;
    held.timer?.();
    held.frame?.();
    await Promise.resolve();
    expect(isGranted, 'the page stood still').to.equal(true);
  });
});
