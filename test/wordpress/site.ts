import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chromiumLaunch } from '../../tools/engines.js';
import { startSchedulingService } from '../../tools/scheduling-service.js';
import { startWordPress, type Role, type WordPressSite } from '../../tools/wordpress-site.js';
import { contextFor, visit, type Outcome } from './visitor.js';

/** A scheduling page that the widget knows; for the browsers here it is the local scheduling service's. */
export const PAGE = 'https://cal.com/acme/30min';
export const LINK = `<a href="${PAGE}">Book a time</a>`;
/** The plugin's script tag. */
export const SCRIPT = /<script[^>]*\/booking-widget\/dist\/booking-widget\.js[^>]*>/g;

/** `SCREENSHOTS=folder` keeps pictures there. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

export interface Post {
  readonly id: number;
  readonly link: string;
  readonly content: { readonly raw: string };
}

/** A WordPress with the plugin, a scheduling service and a browser. */
export interface Site {
  readonly wordpress: WordPressSite;
  /** Posts as somebody, who may need an administrator to publish it. */
  published(as: Role, content: string): Promise<Post>;
  /** The same, with the page that a visitor is given. */
  visited(as: Role, content: string): Promise<{ readonly post: Post; readonly html: string }>;
  visitorHas(post: Post): Promise<Outcome>;
  /** A page of somebody else's, who has never been here. */
  newPage(): Promise<Page>;
  stop(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const wordpress = await startWordPress('integrations/wordpress/booking-widget.zip');
  const service = await startSchedulingService();
  if (!service) throw new Error('there is no scheduling service');
  const browser = await chromium.launch(chromiumLaunch);
  const newContext = (): Promise<BrowserContext> => contextFor(browser, service.addresses);
  const visitors = await newContext();

  let posts = 0;
  const published = async (as: Role, content: string): Promise<Post> => {
    const status = as === 'contributor' ? 'pending' : 'publish';
    // Posts of one title that come at the same time would get one address.
    const title = `Meet us, ${++posts}`;
    const post = await wordpress.rest(as, 'POST', '/wp/v2/posts', { title, status, content });
    if (as !== 'contributor') return post as Post;
    const { id } = post as Post;
    return (await wordpress.rest('administrator', 'POST', `/wp/v2/posts/${id}`, {
      status: 'publish',
    })) as Post;
  };

  return {
    wordpress,
    published,
    async visited(as, content) {
      const post = await published(as, content);
      return { post, html: await (await fetch(post.link)).text() };
    },
    async visitorHas({ link }) {
      const page = await visitors.newPage();
      const outcome = await visit(page, link);
      await page.close();
      return outcome;
    },
    newPage: async () => (await newContext()).newPage(),
    async stop() {
      await browser.close();
      await Promise.all([wordpress.stop(), service.stop()]);
    },
  };
}

/** Keeps a picture of a page, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
