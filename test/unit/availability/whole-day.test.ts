import { expect } from '@open-wc/testing';
import { FakeBrowser, FakeClock, hourlySlots, json, reply, settled } from './fake-browser.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS = Array.from({ length: 12 }, (_, index) => 6 + index);
const NOW = Date.parse('2026-11-23T08:00:00Z');

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('a page that is open for 24 hours', () => {
  for (const seed of [1, 2, 3])
    it(`shows true slots only and sends bounded traffic through sleep, clock jumps, flaps and 200 bookings (${seed})`, async () => {
      const random = numbers(seed);
      const clock = new FakeClock(NOW);
      const browser = new FakeBrowser(clock);
      const { api } = browser;
      /** What others have booked, and since when. */
      const booked = new Map<string, number>();
      const sent: number[] = [];
      const answers: { readonly from: number; readonly to: number; readonly at: number }[] = [];
      /** Time as it passes, whatever the clock says. */
      let elapsed = 0;
      let failing = 0;
      api.handler = ({ url }) => {
        sent.push(elapsed);
        if (failing > 0) {
          failing--;
          return reply('{}', random() < 0.5 ? 503 : 429);
        }
        const [start = '', end = ''] = [url.searchParams.get('start'), url.searchParams.get('end')].map(
          (text) => text ?? '',
        );
        answers.push({ from: Date.parse(start), to: Date.parse(end), at: elapsed });
        return json(hourlySlots(start, end, HOURS).filter((slot) => !booked.has(slot.start)));
      };
      const tabs = [browser.tab(), browser.tab()];
      const widgets = tabs.map((tab) => tab.widget().load());
      await settled();

      const pass = async (ms: number): Promise<void> => {
        elapsed += ms;
        await clock.advance(ms);
      };
      const assertTrue = (): void => {
        for (const { slots, starts } of widgets) {
          if (!slots.known) continue;
          for (const start of starts) {
            const since = booked.get(start);
            if (since === undefined) continue;
            // A slot that was booked elsewhere is gone with the first answer that could say so.
            const covers = ({ from, to }: { from: number; to: number }): boolean =>
              Date.parse(start) >= from && Date.parse(start) < to;
            expect(
              answers.filter((answer) => answer.at > since && covers(answer)),
              start,
            ).to.deep.equal([]);
          }
          expect([...new Set(starts)].sort(), 'in order and without doubles').to.deep.equal(starts);
        }
      };

      const everything = hourlySlots('2026-11-23T00:00:00Z', '2026-12-23T00:00:00Z', HOURS);
      while (elapsed < 24 * HOUR) {
        await pass(random() * 5 * MINUTE);
        const happens = random();
        if (booked.size < 200) {
          const slot = everything[Math.floor(random() * everything.length)];
          if (slot && !booked.has(slot.start)) booked.set(slot.start, elapsed);
        }
        if (happens < 0.05) {
          // The computer sleeps: timers stand still, the clock goes on.
          clock.now += random() * HOUR;
          for (const tab of tabs) {
            tab.hide();
            tab.see();
          }
        } else if (happens < 0.08) clock.now += (random() - 0.5) * 20 * MINUTE;
        else if (happens < 0.2) {
          browser.online = !browser.online;
          for (const tab of tabs) tab.fire(browser.online ? 'online' : 'offline');
        } else if (happens < 0.3) failing = Math.floor(random() * 4);
        else if (happens < 0.6) {
          const tab = tabs[Math.floor(random() * tabs.length)];
          tab?.hide();
          if (random() < 0.7) tab?.see();
        }
        await settled();
        assertTrue();
      }

      // Back to normal: in one freshness window everything that is shown is true.
      browser.online = true;
      failing = 0;
      for (const tab of tabs) {
        tab.fire('online');
        tab.hide();
        tab.see();
      }
      await pass(2 * HOUR);
      for (const tab of tabs) {
        tab.hide();
        tab.see();
      }
      await pass(MINUTE);
      for (const { starts } of widgets) {
        expect(starts.length).to.be.greaterThan(0);
        expect(starts.filter((start) => booked.has(start))).to.deep.equal([]);
        expect(starts.filter((start) => Date.parse(start) <= clock.now)).to.deep.equal([]);
      }
      expect(booked.size).to.equal(200);
      // At most one request for the shortest freshness of what is shown, and never 20 in a minute.
      expect(sent.length).to.be.lessThan((26 * HOUR) / (3 * MINUTE));
      for (const at of sent)
        expect(sent.filter((other) => other > at - MINUTE && other <= at).length).to.be.at.most(20);
      for (const widget of widgets) widget.controller.stop();
    });
});
