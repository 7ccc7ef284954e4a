import { ValueType, type Meter } from '@opentelemetry/api';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openConnections } from './open-connections.js';

/** How often the event loop is looked at, in milliseconds. */
const RESOLUTION = 20;

/** Figures of this process: memory, processor time and how late its event loop is. To be stopped. */
export function processFigures(meter: Meter): { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  meter
    .createObservableGauge('process.memory.usage', {
      description: 'Resident memory.',
      unit: 'By',
      valueType: ValueType.INT,
    })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableCounter('process.cpu.time', { description: 'Processor time.', unit: 's' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableGauge('booking_widget.connections.open', {
      description: 'Connections of clients that are open; each page that listens has one.',
      valueType: ValueType.INT,
    })
    .addCallback((result) => result.observe(openConnections()));
  const quantiles = { p50: 50, p90: 90, p99: 99 } as const;
  meter
    .createObservableGauge('nodejs.eventloop.delay', {
      description: 'How late the event loop was since the last look, by quantile.',
      unit: 's',
    })
    .addCallback((result) => {
      const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1000);
      for (const [quantile, share] of Object.entries(quantiles))
        result.observe(late(delay.percentile(share)), { quantile });
      result.observe(late(delay.max), { quantile: 'max' });
      delay.reset();
    });
  return { stop: () => delay.disable() };
}
