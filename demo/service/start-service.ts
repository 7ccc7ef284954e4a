import { Hono } from 'hono';
import { fileURLToPath } from 'node:url';
import { BrowserFiles, fileResponse } from './browser-files.js';
import { calApi } from './cal-api.js';
import { calPages } from './cal-pages.js';
import { calendlyApi } from './calendly-api.js';
import { calendlyPages } from './calendly-pages.js';
import { calendlyReading } from './calendly-reading.js';
import { companionRoutes } from './companion-routes.js';
import { controlRoutes } from './control-routes.js';
import type { Env } from './http.js';
import { listen } from './listen.js';
import { pageRoutes, type ProviderPages } from './page-routes.js';
import { plainPages } from './plain-pages.js';
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
  /** Webhook subscriptions for every booking, besides those set through the control routes. */
  readonly webhooks?: readonly Subscription[];
}

/** Origins of the three providers, without a trailing slash. */
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

/** Cal.com's own host-page script from its package, for tests in which it drives our page. */
const EMBED_DIR = fileURLToPath(new URL('../../node_modules/@calcom/embed-core/dist/embed', import.meta.url));

/** Starts the local scheduling service: one set of bookings behind three providers, each on its own origin. */
export async function startService({
  ports = {},
  webhooks = [],
  ...options
}: StartOptions = {}): Promise<RunningService> {
  const service = await Service.open(options);
  service.webhooks.subscribe('', webhooks);
  const addresses = { cal: '', calendly: '', plain: '', control: '' };
  const embedFiles = new BrowserFiles(EMBED_DIR);

  const originOf = (provider: ProviderPages): Hono<Env> => {
    const app = new Hono<Env>();
    app.route('/__control', controlRoutes(service));
    app.route('/v1', companionRoutes(service, { calendly: () => addresses.calendly }));
    if (provider.provider === 'cal') {
      app.route('/v2', calApi(service));
      for (const path of ['/embed/embed.js', '/embed.js']) {
        app.get(path, async (c) => {
          const file = await embedFiles.read('embed.js');
          return file ? fileResponse(file, c.req.raw) : c.text('Not found', 404);
        });
      }
    }
    if (provider.provider === 'calendly') {
      app.route('/', calendlyApi(service));
      app.route('/', calendlyReading(service));
    }
    app.route('/', pageRoutes(service, provider));
    app.onError((cause, c) => {
      service.say(`${c.req.method} ${c.req.path} failed: ${cause.stack ?? String(cause)}`);
      return c.text('Something went wrong', 500);
    });
    return app;
  };

  const cal = await listen(originOf(calPages(service)), ports.cal);
  const calendly = await listen(originOf(calendlyPages(service)), ports.calendly);
  const plain = await listen(originOf(plainPages(service)), ports.plain);
  const origin = ({ port }: { readonly port: number }): string => `http://127.0.0.1:${String(port)}`;
  Object.assign(addresses, {
    cal: origin(cal),
    calendly: origin(calendly),
    plain: origin(plain),
    control: `${origin(cal)}/__control`,
  });

  service.origins = { cal: addresses.cal, calendly: addresses.calendly, plain: addresses.plain };

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
