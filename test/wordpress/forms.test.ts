import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ResultsTable } from './results-table.js';
import { LINK, PAGE, SCRIPT, startSite, type Site } from './site.js';
import type { Outcome } from './visitor.js';

/** `WRITE=1` writes the table of results into the guide; without it the guide has to say what the run shows. */
const WRITES = process.env['WRITE'] === '1';

let site: Site;

before(async () => {
  site = await startSite();
});
after(() => site.stop());

/** As the editor writes it. */
const block = (html: string): string => `<!-- wp:html -->\n${html}\n<!-- /wp:html -->`;

/** What is posted, what a visitor's page holds then, and what the visitor has of it. */
const FORMS: readonly (readonly [form: string, content: string, shown: RegExp, has: Outcome])[] = [
  [
    'the tag',
    `<booking-widget src="${PAGE}">${LINK}</booking-widget>`,
    /<booking-widget src="[^"]*"><a /,
    'calendar',
  ],
  ['a box', `<div data-booking-src="${PAGE}">${LINK}</div>`, /<div data-booking-src="/, 'calendar'],
  [
    'a link with the class',
    `<a class="booking-widget" href="${PAGE}">Book</a>`,
    /<a class="booking-widget" href/,
    'dialog',
  ],
  [
    'a button with the class',
    `<div class="wp-block-button booking-widget">${LINK}</div>`,
    /booking-widget"><a/,
    'dialog',
  ],
  [
    'the shortcode',
    `[booking_widget src="${PAGE}"]`,
    /<booking-widget src="[^"]*" style="[^"]*"><a /,
    'calendar',
  ],
  [
    'its other spelling',
    `[booking-widget ${PAGE} hide_details]`,
    /<booking-widget src="[^"]*" hide-details /,
    'calendar',
  ],
  ['the link alone on a line', PAGE, /<booking-widget src="https:\/\/cal\.com\/acme\/30min"/, 'calendar'],
  [
    'the block',
    `<!-- wp:booking-widget/booking {"src":"${PAGE}","hide-details":true} /-->`,
    /<booking-widget src="[^"]*" hide-details style="[^"]*"><a /,
    'calendar',
  ],
];

const ROLES = ['administrator', 'author', 'contributor'] as const;
const results = new ResultsTable(ROLES);

for (const role of ROLES)
  describe(`posted by ${role}s`, { concurrency: 3 }, () => {
    for (const [form, content, shown, has] of FORMS)
      for (const [editor, posted] of [
        ['the classic editor', content],
        ['a Custom HTML block', block(content)],
      ] as const) {
        if (form === 'the block' && editor !== 'the classic editor') continue;
        const where = form === 'the block' ? 'the block editor' : editor;
        results.row(form, where);
        it(`as ${form} (${where}) is a ${has} for visitors, with the script once`, async () => {
          const { post, html } = await site.visited(role, posted);
          assert.match(html, shown);
          assert.equal(html.match(SCRIPT)?.length, 1);
          const outcome = await site.visitorHas(post);
          results.add(form, where, role, `${post.content.raw === posted ? 'kept' : 'changed'}, ${outcome}`);
          assert.equal(outcome, has);
        });
      }

    it('without a widget brings no script', async () => {
      const { html } = await site.visited(
        role,
        '<p class="booking-widgets">https://example.com/ booking-widget</p>',
      );
      assert.equal(html.match(SCRIPT), null);
    });

    it('with an address that is none says why, to those who can edit only', async () => {
      const { post, html } = await site.visited(
        role,
        '[booking_widget src="javascript:alert(1)"]Book[/booking_widget]',
      );
      assert.doesNotMatch(html, /alert|booking-widget-note/);
      const own = (await site.wordpress.rest(role, 'GET', `/wp/v2/posts/${post.id}`)) as {
        content: { rendered: string };
      };
      assert.match(own.content.rendered, /src “javascript:alert\(1\)” is not a web address/);
    });
  });

it('the guide’s table says what this run has shown', async () => {
  if (WRITES) await results.write();
  const { is, shouldBe } = await results.guide();
  assert.ok(
    is === shouldBe,
    `the run has shown this; WRITE=1 npm run test:wordpress writes it\n${String(results)}`,
  );
});
