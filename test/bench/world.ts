import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import type { Knobs } from '../../demo/service/knobs.js';
import { startService, type RunningService } from '../../demo/service/start-service.js';
import { createCompanion } from '../../src/server/index.js';
import { chromiumLaunch } from '../../tools/engines.js';
import { firstWholeDay } from '../../tools/first-whole-day.js';
import { Link, type Traffic } from './link/link.js';
import { PROFILES, type ProfileName } from './link/profiles.js';
import { certificateFor } from './origins/certificate.js';
import { assets, hostSite } from './origins/host-site.js';
import { SCHEDULER, SITES, type Site } from './origins/names.js';
import { scheduler } from './origins/scheduler.js';
import { serveSecurely, type SecureServer } from './origins/secure-server.js';
import { pageWeight } from './origins/weight.js';
import { pageAt } from './pages.js';

/** Of the document of a scheduling page, in milliseconds, at the server. */
const SERVER_TIME = 250;
/** Of slots; each pass has its own, the same for all contenders. */
const SLOTS_TIMES = [500, 300, 800, 450, 650];

export type Device = 'desktop' | 'phone';

export interface World {
  readonly traffic: Readonly<Record<Site, Traffic>>;
  readonly weight: number;
  browser(device: Device): Promise<Browser>;
  connect(profile: ProfileName): void;
  /** A host of the scheduling service that has not been visited; how long its slots take is the pass's. `knobs`: what goes wrong. */
  freshHost(pass: number, knobs?: Knobs): string;
  close(): Promise<void>;
}

/** Everything that a visit needs: four sites with TLS behind one link, and browsers that know their names. */
export async function openWorld(): Promise<World> {
  const dataDir = fileURLToPath(new URL('../../.demo-data/bench', import.meta.url));
  const service: RunningService = await startService({
    dataDir,
    // A scheduling page opens at the current month, in whose last days nothing would be free.
    offeredFrom: firstWholeDay(),
  });
  const certificate = await certificateFor(Object.values(SITES));
  const weight = pageWeight();
  const companion = await createCompanion({
    data: join(dataDir, `companion-${process.pid}`),
    log: 'silent',
    upstreams: [{ provider: 'cal', pages: [SCHEDULER], api: service.cal }],
  });
  const servers: Readonly<Record<Site, SecureServer>> = {
    host: await serveSecurely(await hostSite(pageAt), certificate),
    scheduler: await serveSecurely(scheduler(service.cal, weight), certificate),
    assets: await serveSecurely(assets(), certificate),
    companion: await serveSecurely((request) => companion.fetch(request), certificate),
  };
  const link = new Link(PROFILES.fast4g);
  const ports = {
    host: await link.lead(servers.host.port),
    scheduler: await link.lead(servers.scheduler.port),
    assets: await link.lead(servers.assets.port),
    companion: await link.lead(servers.companion.port),
  };
  const rules = (Object.keys(SITES) as Site[]).map(
    (site) => `MAP ${SITES[site]}:443 127.0.0.1:${ports[site].port}`,
  );
  const browsers = new Map<Device, Browser>();
  let hosts = 0;

  return {
    traffic: {
      host: ports.host.traffic,
      scheduler: ports.scheduler.traffic,
      assets: ports.assets.traffic,
      companion: ports.companion.traffic,
    },
    weight: weight.bytes,
    async browser(device) {
      const open = browsers.get(device);
      if (open) return open;
      const started = await chromium.launch({
        ...chromiumLaunch,
        args: [
          ...chromiumLaunch.args,
          `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND'].join(', ')}`,
          // With this, unlike `--ignore-certificate-errors`, the browser keeps files of these sites in its cache.
          `--ignore-certificate-errors-spki-list=${certificate.spki}`,
          // Phones have no process of its own for a frame of another site, unless the visitor has signed in there.
          ...(device === 'phone'
            ? ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process']
            : []),
        ],
      });
      browsers.set(device, started);
      return started;
    },
    connect(profile) {
      link.profile = PROFILES[profile];
    },
    freshHost(pass, knobs = {}) {
      const host = `test-bench-${hosts++}`;
      const slots = String(SLOTS_TIMES[pass % SLOTS_TIMES.length]);
      service.service.board.set(host, {
        delay: String(SERVER_TIME),
        'page-slots-delay': slots,
        'slots-delay': slots,
        'rate-limit': '100000',
        ...knobs,
      });
      return host;
    },
    async close() {
      for (const browser of browsers.values()) await browser.close();
      await link.close();
      for (const server of Object.values(servers)) await server.close();
      await companion.close();
      await service.close();
    },
  };
}
