import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { openPlace, type Place } from './places.js';

const places: Place[] = [];
after(async () => {
  for (const place of places) await place.close();
});

/** The owner's own pages. */
const ACME: CompanionOptions['upstreams'] = [{ provider: 'cal', pages: ['https://cal.com/acme'] }];

async function open(options: CompanionOptions = {}): Promise<Companion> {
  const place = await openPlace('embedded');
  places.push(place);
  return place.companion({ upstreams: ACME, ...options });
}

interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly policy: string;
}

async function get(companion: Companion, path: string, headers: HeadersInit = {}): Promise<Page> {
  const response = await companion.fetch(new Request(`http://companion.test${path}`, { headers }));
  return {
    status: response.status,
    html: await response.text(),
    headers: response.headers,
    policy: response.headers.get('content-security-policy') ?? '',
  };
}

const embed = (words: Readonly<Record<string, string>>): string => `/embed?${new URLSearchParams(words)}`;

describe('the hosted page', () => {
  it('is a widget with the options of its address', async () => {
    const { status, html, headers } = await get(
      await open(),
      embed({ src: 'https://cal.com/acme/30min', mode: 'popup', theme: 'dark', label: 'Let’s <talk>' }),
    );
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(
      html,
      /<booking-widget src="https:\/\/cal\.com\/acme\/30min"><a href="https:\/\/cal\.com\/acme\/30min">/,
    );
    assert.match(html, /Let’s &lt;talk&gt;<\/a>/);
    const script = /<script async src="(booking-widget\.js\?[^"]+)"><\/script>/.exec(html)?.[1] ?? '';
    const options = new URL(script.replaceAll('&amp;', '&'), 'http://companion.test').searchParams;
    assert.deepEqual(Object.fromEntries(options), {
      mode: 'popup',
      theme: 'dark',
      label: 'Let’s <talk>',
      companion: '.',
    });
  });

  it('asks and reports where its companion is, whatever a link says', async () => {
    const { html } = await get(
      await open(),
      embed({
        src: 'https://cal.com/acme/30min',
        api: 'https://evil.example',
        companion: 'https://evil.example',
        'metrics-endpoint': 'https://evil.example',
      }),
    );
    assert.doesNotMatch(html, /evil/);
    assert.match(html, /companion=\./);
  });

  it('may be framed by anybody, and runs no script but its own', async () => {
    const { policy, html } = await get(await open(), embed({ src: 'https://cal.com/acme/30min' }));
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /);
    assert.match(policy, /frame-ancestors \*/);
    assert.match(policy, /base-uri 'none'; form-action 'none'/);
    assert.doesNotMatch(policy, /unsafe|script-src[^;]*(https:|\*)/);
    assert.doesNotMatch(html, /<script(?! async src="booking-widget\.js)|<style| on\w+=| style=/);
  });

  it('speaks the language of the link, else of the browser', async () => {
    const companion = await open();
    const lang = async (words: Readonly<Record<string, string>>, accept = ''): Promise<string | undefined> =>
      /<html lang="([^"]*)">/.exec(
        (
          await get(companion, embed({ src: 'https://cal.com/acme/30min', ...words }), {
            'accept-language': accept,
          })
        ).html,
      )?.[1];
    assert.equal(await lang({ lang: 'pt-BR' }, 'de'), 'pt-BR');
    assert.equal(await lang({}, 'de-AT,de;q=0.9,en;q=0.8'), 'de-AT');
    assert.equal(await lang({ lang: '"><script>' }, '*'), 'en');
  });

  for (const [src, words] of [
    [undefined, 'has to name a scheduling page'],
    ['', 'has to name a scheduling page'],
    ['javascript:alert(1)', 'not &quot;javascript:alert(1)&quot;'],
    ['<script>alert(1)</script>', '&lt;script&gt;'],
    [`https://cal.com/${'x'.repeat(3000)}`, 'must be the http(s) address'],
    ['https://phishing.example/acme', 'does not show pages of phishing.example'],
    ['https://cal.com.phishing.example/acme/30min', 'does not show pages of cal.com.phishing.example'],
    ['http://169.254.169.254/latest', 'does not show pages of 169.254.169.254'],
  ] as const)
    it(`says what is wrong with ${src?.slice(0, 60) ?? 'no src'}`, async () => {
      const page = await get(await open(), src === undefined ? '/embed' : embed({ src }));
      assert.equal(page.status, 400);
      assert.ok(page.html.includes(words), page.html);
      assert.doesNotMatch(page.html, /<script|<booking-widget/);
      assert.match(page.policy, /^default-src 'none';.*frame-ancestors \*/);
    });

  it('shows what its owner allows besides the pages it gives times of', async () => {
    const some = await open({ embed: { pages: ['https://savvycal.com/acme'] } });
    const status = async (companion: Companion, src: string): Promise<number> =>
      (await get(companion, embed({ src }))).status;
    assert.equal(await status(some, 'https://savvycal.com/acme/chat'), 200);
    assert.equal(await status(some, 'https://savvycal.com/other/chat'), 400);
    assert.equal(await status(some, 'https://cal.com/acme/30min'), 200);
    assert.equal(await status(await open({ embed: { pages: ['*'] } }), 'https://any.example/x'), 200);
  });

  it('says which of its options makes no sense', async () => {
    await assert.rejects(open({ embed: { pages: ['savvycal'] } }), /`embed\.pages\[0\]`: .*not "savvycal"/);
  });

  it('has a style of its own, and no files that are not the widget’s', async () => {
    const companion = await open();
    assert.match((await get(companion, '/embed.css')).headers.get('content-type') ?? '', /^text\/css/);
    for (const path of [
      '/v9.9.9/element.js',
      '/package.json',
      '/v0.1.0/..%2f..%2fpackage.json',
      '/esm/index.js',
    ])
      assert.equal((await get(companion, path)).status, 404, path);
  });

  it('shows nobody’s pages but its owner’s, unless the owner says otherwise', async () => {
    const silent = await open({ upstreams: [{ provider: 'cal' }] });
    assert.equal((await get(silent, embed({ src: 'https://cal.com/stranger/30min' }))).status, 400);
    const calendly = await open({ upstreams: [{ provider: 'calendly', token: 'x' }] });
    assert.equal((await get(calendly, embed({ src: 'https://calendly.com/stranger/30min' }))).status, 400);
    const named = await open();
    assert.equal((await get(named, embed({ src: 'https://cal.com/acme/30min' }))).status, 200);
    assert.equal((await get(named, embed({ src: 'https://cal.com/stranger/30min' }))).status, 400);
    const all = await open({ embed: { pages: ['*'] } });
    assert.equal((await get(all, embed({ src: 'https://cal.com/stranger/30min' }))).status, 200);
  });
});
