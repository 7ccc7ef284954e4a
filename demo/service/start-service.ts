import { Hono } from 'hono';
import { fileURLToPath } from 'node:url';
import { BrowserFiles, fileResponse } from './browser-files.js';
import { calApi } from './cal-api.js';
import { calFace } from './cal-face.js';
import { calendlyFace } from './calendly-face.js';
import { companionRoutes } from './companion-routes.js';
import { controlRoutes } from './control-routes.js';
import type { Env } from './http.js';
import { listen } from './listen.js';
import { pageRoutes, type FaceRoutes } from './page-routes.js';
import { plainFace } from './plain-face.js';
import { Service, type ServiceOptions } from './service.js';
import type { Subscription } from './webhooks.js';

export interface Ports {
  readonly cal?: number;
  readonly calendly?: number;
  readonly plain?: number;
}

export interface StartOptions extends ServiceOptions {
  /** Ports to listen on; 0, the default, is any free one. A port that is taken becomes a free one. */
  readonly ports?: Ports;
  /** Who is told about every booking, besides those named through the control address. */
  readonly webhooks?: readonly Subscription[];
}

/** Origins of the three faces, without a slash at the end. */
export interface Addresses {
  readonly cal: string;
  readonly calendly: string;
  readonly plain: string;
  /** Where knobs are set and bookings are read, see `controlRoutes`. */
  readonly control: string;
}

export interface RunningService extends Addresses {
  readonly service: Service;
  close(): Promise<void>;
}

/** The real parent script of Cal.com, as its package ships it, for tests that want to see it drive our page. */
const EMBED_DIR = fileURLToPath(new URL('../../node_modules/@calcom/embed-core/dist/embed', import.meta.url));

/** Starts the local scheduling service: three faces of one diary, each on an origin of its own. */
export async function startService({
  ports = {},
  webhooks = [],
  ...options
}: StartOptions = {}): Promise<RunningService> {
  const service = await Service.open(options);
  service.webhooks.subscribe('', webhooks);
  const addresses = { cal: '', calendly: '', plain: '', control: '' };
  const embedFiles = new BrowserFiles(EMBED_DIR);

  const originOf = (face: FaceRoutes): Hono<Env> => {
    const app = new Hono<Env>();
    app.route('/__control', controlRoutes(service));
    app.route('/v1', companionRoutes(service, { calendly: () => addresses.calendly }));
    if (face.face === 'cal') {
      app.route('/v2', calApi(service));
      for (const path of ['/embed/embed.js', '/embed.js']) {
        app.get(path, async (c) => {
          const file = await embedFiles.read('embed.js');
          return file ? fileResponse(file, c.req.raw) : c.text('Not found', 404);
        });
      }
    }
    app.route('/', pageRoutes(service, face));
    app.onError((cause, c) => {
      service.say(`${c.req.method} ${c.req.path} failed: ${cause.stack ?? String(cause)}`);
      return c.text('Something went wrong', 500);
    });
    return app;
  };

  const cal = await listen(originOf(calFace(service)), ports.cal);
  const calendly = await listen(originOf(calendlyFace(service)), ports.calendly);
  const plain = await listen(originOf(plainFace(service)), ports.plain);
  const origin = ({ port }: { readonly port: number }): string => `http://127.0.0.1:${String(port)}`;
  Object.assign(addresses, {
    cal: origin(cal),
    calendly: origin(calendly),
    plain: origin(plain),
    control: `${origin(cal)}/__control`,
  });

  return {
    ...addresses,
    service,
    async close() {
      await Promise.all([cal.close(), calendly.close(), plain.close()]);
      await service.webhooks.settled();
      await service.bookings.flush();
    },
  };
}
