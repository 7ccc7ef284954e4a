import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { serveFiles } from '../../tools/static-site.js';
import { makeRelease } from '../package/packed.js';
import { expect, slot, test, widget } from '../helpers/widget-pages.js';

/** The web zip of a release, unpacked on a host of its own, and the SRI values of its files. */
async function uploaded(): Promise<{
  readonly files: Record<string, Uint8Array>;
  readonly integrity: Readonly<Record<string, string>>;
}> {
  const release = await makeRelease();
  const { version, files } = JSON.parse(readFileSync(join(release, 'integrity.json'), 'utf8')) as {
    version: string;
    files: Record<string, string>;
  };
  const zip = readFileSync(join(release, `booking-widget-web-${version}.zip`));
  return { files: unzipSync(zip), integrity: files };
}

test('the web zip is all that a site has to upload, and its SRI values are right', async ({
  page,
  service,
  site,
}) => {
  const { files, integrity } = await uploaded();
  const host = await serveFiles((path) => files[path]);
  const missing: string[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(host.origin) && !response.ok()) missing.push(response.url());
  });
  const scriptTag = (file: string): string =>
    `<script async src="${host.origin}/${file}" integrity="${integrity[file] ?? ''}" crossorigin="anonymous"></script>`;
  const pages = await serveFiles((path) => {
    const file = `${path.replace('/index.html', '')}.js`;
    return file in files
      ? `<!doctype html><title>A page</title>${scriptTag(file)}${widget(service, site.host)}`
      : '<!doctype html><title>Nothing</title>';
  });
  try {
    for (const file of ['booking-widget', 'booking-widget.all']) {
      await page.goto(`${pages.origin.replace('127.0.0.1', 'localhost')}/${file}/`);
      await expect(slot(page).first()).toBeVisible();
    }
    expect(missing).toEqual([]);

    files['booking-widget.js'] = Buffer.concat([files['booking-widget.js'] ?? Buffer.of(), Buffer.from(' ')]);
    await page.goto(`${pages.origin.replace('127.0.0.1', 'localhost')}/booking-widget/`);
    await page.waitForLoadState('load');
    await expect(page.getByRole('link', { name: 'Book a time' })).toBeVisible();
    expect(await page.evaluate(() => customElements.get('booking-widget'))).toBeUndefined();
  } finally {
    await host.stop();
    await pages.stop();
  }
});
