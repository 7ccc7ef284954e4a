import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { siteLink } from '../../docs/.vitepress/outside-links.js';
import { llmsText } from '../../tools/docs/llms.js';
import { checkLinks } from '../../tools/docs/check-links.js';

function findingsOf(home: string): string[] {
  const site = mkdtempSync(join(tmpdir(), 'docs-'));
  try {
    mkdirSync(join(site, 'guide'));
    writeFileSync(join(site, 'index.html'), home);
    writeFileSync(join(site, 'guide/start.html'), '<h2 id="first-step">First step</h2>');
    return checkLinks(site, '/docs/');
  } finally {
    rmSync(site, { recursive: true });
  }
}

describe('the link check of the documentation', () => {
  it('accepts links to pages, headings and other sites', () => {
    assert.deepEqual(
      findingsOf(
        '<a href="/docs/guide/start.html#first-step">a</a> <a href="guide/start">b</a> <a href="https://cal.com/">c</a>',
      ),
      [],
    );
  });

  it('finds a page that does not exist, a heading that does not exist, and an address outside the site', () => {
    assert.deepEqual(
      findingsOf(
        '<a href="/docs/guide/end.html">a</a> <a href="guide/start.html#last">b</a> <a href="/x">c</a>',
      ),
      [
        'index.html links to /docs/guide/end.html, and there is no such file',
        'index.html links to guide/start.html#last, and that page has no such heading',
        'index.html links to /x, and there is no such file',
      ],
    );
  });

  it('finds a file that a page would fetch from another origin', () => {
    assert.deepEqual(findingsOf('<link rel="stylesheet" href="https://fonts.example/a.css">'), [
      'index.html would fetch https://fonts.example/a.css',
    ]);
  });
});

describe('a link in a page of the documentation', () => {
  it('leads to a page of the site, or to the repository where the file is not a page', () => {
    assert.equal(siteLink('../files.md#with-npm', 'frameworks/html.md'), '/files.md#with-npm');
    assert.equal(siteLink('platforms/README.md', 'reference.md'), '/platforms/index.md');
    assert.equal(siteLink('docs/events.md', 'changelog.md'), '/events.md');
    assert.equal(siteLink('../SECURITY.md#trusted-types', 'reference.md'), '/security.md#trusted-types');
    assert.match(
      siteLink('decisions/0001-dom-by-hand-in-the-widget.md', 'architecture.md'),
      /^https:.*\/blob\/main\/docs\/decisions\/0001/,
    );
    assert.throws(() => siteLink('nowhere.md', 'reference.md'), /there is no such file/);
  });
});

describe('llms.txt', () => {
  it('names every page by the address that it has on a host, with a sentence and no code', () => {
    const lines = llmsText('/docs/')
      .split('\n')
      .filter((line) => line.startsWith('- '));
    assert.ok(lines.length > 60, `${lines.length} pages`);
    for (const line of lines) {
      const [, path = ''] = /\]\(\/docs\/([^)]*)\)/.exec(line) ?? [];
      const file = path.endsWith('/') ? `${path}README.md` : path.replace(/\.html$/, '.md');
      assert.ok(path && existsSync(join('docs', file)), line);
      assert.doesNotMatch(line, /```|<script/);
    }
  });
});
