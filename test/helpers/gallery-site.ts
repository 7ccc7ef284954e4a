import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCompanion } from '../../demo/companion.js';
import { galleryApp } from '../../demo/gallery-app.js';
import { listen } from '../../demo/service/listen.js';
import { startService } from '../../demo/service/start-service.js';
import { firstWholeDay } from '../../tools/first-whole-day.js';
import type { ServiceAddresses } from './service.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the gallery's pages may do while they are tested: nothing inline, nothing from elsewhere but the scheduling
 * service (and the API that the snippet generator asks about a link, which its tests answer), no text that becomes script or markup. Whatever does not keep to it complains in the console.
 */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' http://127.0.0.1:*",
  "connect-src 'self' http://127.0.0.1:* https://api.cal.com",
  "frame-src 'self' http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

export interface GallerySite {
  /** Without a slash at the end. */
  readonly origin: string;
  readonly service: ServiceAddresses;
  /** The companion's origin. */
  readonly companion: string;
  stop(): Promise<void>;
}

/**
 * The gallery, its scheduling service and its companion as `npm start` serves them, but on free ports, with bookings of its own, from
 * the build that is there, and under a strict policy.
 */
export async function startGallery(root = ROOT): Promise<GallerySite> {
  if (!existsSync(join(root, 'dist/booking-widget.js'))) throw new Error('there is no build: npm run build');
  const dataDir = await mkdtemp(join(tmpdir(), 'booking-gallery-'));
  const service = await startService({ dataDir, offeredFrom: firstWholeDay() });
  const { cal, calendly, plain, control } = service;
  const companion = await startCompanion({ service, dataDir: join(dataDir, 'companion') });
  const app = galleryApp({ root, service: { cal, calendly, plain, control }, companion });
  const strict: Pick<typeof app, 'fetch'> = {
    async fetch(request, ...rest) {
      const response = await app.fetch(request, ...rest);
      response.headers.set('Content-Security-Policy', STRICT_POLICY);
      return response;
    },
  };
  const { port, close } = await listen(strict);
  return {
    origin: `http://localhost:${port.toString()}`,
    service: { cal, calendly, plain, control },
    companion: companion.origin,
    async stop() {
      await Promise.all([close(), service.close(), companion.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
