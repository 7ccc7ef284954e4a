import { openContext } from '../../../src/server/open-context.js';
import { enqueue, queueDepth } from '../../../src/server/queue/jobs.js';
import { calDeliveries } from '../../../src/server/webhooks/cal-com.js';
import { WEBHOOK } from '../../../src/server/webhooks/webhook-jobs.js';
import { DAY, HOUR, question, sleep, slowly, tomorrow, upstreamsFor } from './requests.js';
import type { Stage, Where } from './stage.js';

/**
 * A queue that has filled up while no instance was running, with the time that the process takes to start:
 * bookings of 40 event types with cached slots, each of which has to be removed.
 */
export async function recovery(where: Where, stage: Stage): Promise<void> {
  for (const [count, level] of [
    [960, 24],
    [80, 5],
  ] as const) {
    const upstream = await slowly(0, 0);
    const options = { ...where, ...upstreamsFor(upstream), log: 'silent' as const };
    const context = await openContext(options);
    const from = tomorrow();
    const before = await stage.start('companion.ts', JSON.stringify(options));
    for (let type = 0; type < 40; type++)
      await (await fetch(question(before, `event-${type}`, from))).arrayBuffer();
    await stage.stopAll();
    const jobs = Array.from({ length: count }, (_, i) => {
      const begins = new Date(from + (i % 7) * DAY + (9 + (i % 8)) * HOUR);
      const body = {
        triggerEvent: 'BOOKING_CREATED',
        payload: {
          uid: `${count}-${i}`,
          type: `event-${i % 40}`,
          startTime: begins.toISOString(),
          endTime: new Date(begins.getTime() + HOUR).toISOString(),
        },
      };
      const delivery = calDeliveries.read(body, Date.now());
      if (delivery.is !== 'booking') throw new Error('the delivery is not understood');
      return {
        kind: WEBHOOK,
        key: `delivery ${count}-${i}`,
        data: { observations: delivery.observations, about: delivery.about },
      };
    });
    await enqueue(context.store, jobs);
    const began = performance.now();
    await stage.start('companion.ts', JSON.stringify(options));
    let depth = await queueDepth(context.store);
    while (depth.waiting > 0) {
      await sleep(50);
      depth = await queueDepth(context.store);
    }
    const seconds = (performance.now() - began) / 1000;
    await context.close();
    await stage.stopAll();
    await upstream.close();
    stage.row(
      `recovery, ${count} queued webhooks, 1 instance`,
      `${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s, ${depth.failed} failed`,
      `< ${level} s`,
      seconds < level && depth.failed === 0,
    );
  }
}
