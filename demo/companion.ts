import { randomBytes } from 'node:crypto';
import { createCompanion } from '../src/server/index.js';
import { serve } from '../src/server/node.js';
import { addSampleData, SAMPLE_DAYS } from './sample-data.js';
import type { RunningService } from './service/start-service.js';

export interface CompanionOptions {
  /** The scheduling service: the companion's upstream, which also sends it webhooks about bookings. */
  readonly service: RunningService;
  /** Folder of its store. */
  readonly dataDir: string;
  /** 0, the default, means any free port, as does a port that is in use. */
  readonly port?: number;
  /** Whether the store is filled with load reports of made-up visitors, which the dashboard marks as such. */
  readonly sampleData?: boolean;
}

export interface DemoCompanion {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Gives access to the routes for the owner. */
  readonly token: string;
  close(): Promise<void>;
}

/** Starts a companion that receives every booking from the scheduling service, by the webhooks of the real providers. */
export async function startCompanion({
  service,
  dataDir,
  port = 0,
  sampleData = false,
}: CompanionOptions): Promise<DemoCompanion> {
  const secret = randomBytes(24).toString('base64url');
  const token = randomBytes(24).toString('base64url');
  if (sampleData) await addSampleData(dataDir);
  const companion = await createCompanion({
    data: dataDir,
    ...(sampleData && { metricsDays: SAMPLE_DAYS + 2 }),
    token,
    log: 'warn',
    upstreams: [{ provider: 'cal', pages: [service.cal], api: service.cal }],
    webhooks: { cal: secret },
  });
  const { origin, stop } = await serve(companion, { port, grace: 1000 }).catch((cause: unknown) => {
    if ((cause as { code?: unknown }).code !== 'EADDRINUSE') throw cause;
    return serve(companion, { grace: 1000, port: 0 });
  });
  service.service.webhooks.subscribe('', [{ url: `${origin}/v1/webhooks/cal`, secret }]);
  return { origin, token, close: stop };
}
