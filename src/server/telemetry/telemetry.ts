import { ValueType, type Attributes } from '@opentelemetry/api';
// The package's index imports a server of Node, which is not used.
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus/build/src/PrometheusSerializer.js';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  MeterProvider,
  MetricReader,
  PeriodicExportingMetricReader,
  type IMetricReader,
} from '@opentelemetry/sdk-metrics';
import { TELEMETRY_TIMEOUT_MS } from '../durations.js';
import { VERSION } from '../../version.js';
import type { Context } from '../feature.js';
import type { AnswerKind } from '../availability/answer-kind.js';
import type { Answered } from '../http/answered.js';
import { PROVIDERS } from '../metrics/names.js';
import { readStatus } from '../status.js';
import type { LoadRow } from '../metrics/schema.js';
import { knownNames } from './known-names.js';
import type { OtlpSettings } from './telemetry-options.js';
import { upstreamFigures } from './upstream-figures.js';

/** Seconds: from an answer out of memory to the longest that anybody waits. */
const REQUESTS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const WAITS = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20];

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** Figures for monitoring systems. Counters and histograms are this instance's, gauges are of all instances. */
export interface Telemetry {
  readonly answered: (answered: Answered) => void;
  /** An answer of `GET /v1/availability`, and how long it took in milliseconds; undefined where it lay ready. */
  readonly times: (kind: AnswerKind, ms: number | undefined) => void;
  /** Loads whose outcome has become known. */
  readonly loads: (rows: readonly LoadRow[]) => void;
  readonly refusedReport: (why: string) => void;
  /** The text that Prometheus reads. */
  prometheus(): Promise<string>;
  /** Sends what has not been sent. Twice is fine. */
  close(): Promise<void>;
}

async function readersFor(otlp: OtlpSettings | undefined): Promise<IMetricReader[]> {
  if (!otlp) return [];
  const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http');
  return [
    new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({
        url: otlp.url,
        headers: otlp.headers,
        timeoutMillis: TELEMETRY_TIMEOUT_MS,
      }),
      exportIntervalMillis: otlp.every * 1000,
      exportTimeoutMillis: Math.min(TELEMETRY_TIMEOUT_MS, otlp.every * 1000),
    }),
  ];
}

/** Figures are read when they are requested. */
class ReaderOnDemand extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export async function openTelemetry(context: Context): Promise<Telemetry> {
  const { settings, instance, log } = context;
  const exporter = new ReaderOnDemand();
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      'service.name': 'booking-widget',
      'service.version': VERSION,
      'service.instance.id': instance,
    }),
    readers: [exporter, ...(await readersFor(settings.otlp))],
  });
  const meter = provider.getMeter('booking-widget');
  const providerName = knownNames(PROVIDERS);
  const versions = knownNames([VERSION]);

  context.upstreams.calls.subscribe(upstreamFigures(meter));
  const ofProcess = context.runtime.figures(meter);
  const requests = meter.createHistogram('http.server.request.duration', {
    description: 'How long requests took to be answered, by route.',
    unit: 's',
    advice: { explicitBucketBoundaries: REQUESTS },
  });
  const loads = meter.createCounter('booking_widget.loads', {
    description: 'Widgets whose load came to an end, weighed with the sample rate.',
  });
  const waits = meter.createHistogram('booking_widget.calendar.wait', {
    description: 'How long visitors waited for the scheduling page.',
    unit: 's',
    advice: { explicitBucketBoundaries: WAITS },
  });
  const refused = meter.createCounter('booking_widget.reports.refused', {
    description: 'Load reports that were not kept, by reason.',
  });

  // Availability is answered many thousand times a second: a number is added to, and read when somebody looks.
  const answers = new Map<AnswerKind, number>();
  meter
    .createObservableCounter('booking_widget.availability.answers', {
      description: 'Answers with times: hit, miss, stale (could not be confirmed), failed.',
    })
    .addCallback((result) => answers.forEach((count, kind) => result.observe(count, { kind })));

  const durations = meter.createHistogram('booking_widget.availability.duration', {
    description: 'How long answers with times took that did not lie ready, by kind.',
    unit: 's',
    advice: { explicitBucketBoundaries: REQUESTS },
  });

  const used = meter.createObservableGauge('booking_widget.upstream.calls.used', {
    description: 'Calls to a scheduling service that count against its budget, all instances together.',
    valueType: ValueType.INT,
  });
  const budget = meter.createObservableGauge('booking_widget.upstream.calls.budget', {
    description: 'Calls a minute that an account may make.',
    valueType: ValueType.INT,
  });
  const breaker = meter.createObservableGauge('booking_widget.upstream.breaker', {
    description: '1 for the state that the breaker of an account is in.',
    valueType: ValueType.INT,
  });
  const queue = meter.createObservableGauge('booking_widget.queue.jobs', {
    description: 'Jobs that wait, and jobs that were given up, all instances together.',
    valueType: ValueType.INT,
  });
  meter.addBatchObservableCallback(
    async (result) => {
      const status = await readStatus(context);
      for (const { account, provider: name, ...upstream } of status.upstreams) {
        const labels: Attributes = { account, provider: name };
        result.observe(used, upstream.used, labels);
        result.observe(budget, upstream.budget, labels);
        for (const state of ['closed', 'open', 'half-open'] as const)
          result.observe(breaker, upstream.breaker === state ? 1 : 0, { ...labels, state });
      }
      result.observe(queue, status.queue.waiting, { state: 'waiting' });
      result.observe(queue, status.queue.failed, { state: 'failed' });
    },
    [used, budget, breaker, queue],
  );

  // Responses to scrapes are serialised here, so the serializer is used by itself.
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  let closed: Promise<void> | undefined;
  return {
    answered({ method, route, status, ms, isReady }) {
      // A histogram costs more than such an answer; `answers` counts them.
      if (isReady) return;
      requests.record(ms / 1000, {
        'http.request.method': METHODS.test(method) ? method : '_OTHER',
        'http.route': route,
        'http.response.status_code': status,
      });
    },
    times(kind, ms) {
      answers.set(kind, (answers.get(kind) ?? 0) + 1);
      if (ms !== undefined) durations.record(ms / 1000, { kind });
    },
    loads(rows) {
      for (const { provider: name, mode, outcome, failure, weight, m_calendar_wait: wait, version } of rows) {
        const labels = { provider: providerName(name), mode: MODES.test(mode) ? mode : 'other' };
        loads.add(weight, { ...labels, outcome, failure: failure ?? '', version: versions(version) });
        if (wait !== null) waits.record(wait / 1000, labels);
      }
    },
    refusedReport: (why) => refused.add(1, { why }),
    async prometheus() {
      const { resourceMetrics, errors } = await exporter.collect();
      for (const cause of errors) log.warn({ err: cause }, 'a figure cannot be read');
      return serializer.serialize(resourceMetrics);
    },
    close: () =>
      (closed ??= provider
        .shutdown()
        .catch((cause: unknown) => {
          log.warn({ err: cause }, 'the last figures could not be sent');
        })
        .finally(() => ofProcess.stop())),
  };
}

const MODES = /^(inline|popup|floating)$/;
