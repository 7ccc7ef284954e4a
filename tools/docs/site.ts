import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the built site. */
export const SITE = 'docs/.vitepress/dist';

/** Puts the built product and its picture beside the pages: live examples use the files that site owners upload. */
export function addProduct(dist: string, site: string): void {
  const files = readdirSync(dist).filter((name) => /^booking-widget\.(all\.)?js$|^v\d/.test(name));
  if (!files.includes('booking-widget.js')) throw new Error('there is no build: npm run build');
  const folder = join(site, 'booking-widget');
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(join(dist, file), join(folder, file), { recursive: true });
  for (const picture of ['widget.png', 'widget-dark.png']) cpSync(join('docs', picture), join(site, picture));
}
