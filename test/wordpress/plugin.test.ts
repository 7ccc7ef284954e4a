import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright';
import { recognizeOther } from '../../src/widget/providers/recognize-others.js';
import { recognize } from '../../src/widget/providers/recognize.js';
import { chromiumLaunch } from '../../tools/engines.js';
import { startWordPress, type Role, type WordPressSite } from '../../tools/wordpress-site.js';

const PAGE = 'https://cal.com/jane/30min';
const LINK = `<a href="${PAGE}">Book a time</a>`;
const SCRIPT = /<script[^>]*\/booking-widget\/dist\/booking-widget\.js[^>]*>/g;

let site: WordPressSite;
let browser: Browser;

before(async () => {
  site = await startWordPress('integrations/wordpress/booking-widget.zip', 'twentytwentyone');
  browser = await chromium.launch(chromiumLaunch);
});
after(async () => {
  await browser.close();
  await site.stop();
});

interface Post {
  readonly id: number;
  readonly link: string;
}

async function visited(as: Role, content: string): Promise<{ post: Post; html: string }> {
  const post = (await site.rest(as, 'POST', '/wp/v2/posts', {
    title: 't',
    status: 'publish',
    content,
  })) as Post;
  return { post, html: await (await fetch(post.link)).text() };
}

/** Loads nothing from outside: what is not on loopback is an empty page. */
async function newPage(): Promise<Page> {
  const context = await browser.newContext();
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A scheduling page</title>' }),
  );
  return context.newPage();
}

/** Every address that the widget's own suite knows, be it a scheduling page or one that looks like it. */
const addressesOfTheUnitSuite = (): string[] =>
  [...readFileSync('test/unit/providers/recognize.test.ts', 'utf8').matchAll(/'(\w+:\/\/[^']*)'/g)].map(
    ([, address = '']) => address,
  );

const block = (html: string): string => `<!-- wp:html -->${html}<!-- /wp:html -->`;

/** What is posted, and what a visitor's page holds then. */
const FORMS: readonly (readonly [form: string, content: string, shown: RegExp])[] = [
  ['the tag', `<booking-widget src="${PAGE}">${LINK}</booking-widget>`, /<booking-widget src="[^"]*"><a /],
  ['a box', `<div data-booking-src="${PAGE}">${LINK}</div>`, /<div data-booking-src="/],
  ['a link', `<a class="booking-widget" href="${PAGE}">Book</a>`, /<a class="booking-widget" href/],
  [
    'a button block with the class',
    `<div class="wp-block-button booking-widget">${LINK}</div>`,
    /booking-widget"><a/,
  ],
  ['the shortcode', `[booking_widget src="${PAGE}"]`, /<booking-widget src="[^"]*" style="[^"]*"><a /],
  [
    'the other spelling',
    `[booking-widget ${PAGE} hide_details]`,
    /<booking-widget src="[^"]*" hide-details /,
  ],
];

for (const role of ['administrator', 'author'] as const)
  describe(`what an ${role} posts`, () => {
    for (const [form, content, shown] of FORMS)
      for (const [editor, posted] of [
        ['classic', content],
        ['a block', block(content)],
      ] as const)
        it(`as ${form} (${editor}) is a widget for visitors, with the script once`, async () => {
          const { html } = await visited(role, posted);
          assert.match(html, shown);
          assert.equal(html.match(SCRIPT)?.length, 1);
        });

    it('as a bare link on a line is a widget', async () => {
      const { html } = await visited(role, `Before\n\n${PAGE}\n\nAfter`);
      assert.match(html, /<booking-widget src="https:\/\/cal\.com\/jane\/30min"/);
      assert.equal(html.match(SCRIPT)?.length, 1);
    });

    it('as the block is a widget, with the options under their own names', async () => {
      const { html } = await visited(
        role,
        `<!-- wp:booking-widget/booking {"src":"${PAGE}","mode":"popup","hide-details":true} /-->`,
      );
      assert.match(html, /<booking-widget src="[^"]*" mode="popup" hide-details><a /);
      assert.equal(html.match(SCRIPT)?.length, 1);
    });

    it('without a widget brings no script', async () => {
      const { html } = await visited(
        role,
        '<p class="booking-widgets">https://example.com/ booking-widget</p>',
      );
      assert.equal(html.match(SCRIPT), null);
    });

    it('with an address that is none says why, to those who can edit only', async () => {
      const { post, html } = await visited(
        role,
        '[booking_widget src="javascript:alert(1)"]Book[/booking_widget]',
      );
      assert.doesNotMatch(html, /alert|booking-widget-note/);
      const own = (await site.rest(role, 'GET', `/wp/v2/posts/${post.id}`)) as {
        content: { rendered: string };
      };
      assert.match(own.content.rendered, /src “javascript:alert\(1\)” is not a web address/);
    });
  });

describe('the plugin', () => {
  it('upgrades the tag in a visitor’s browser from its own folder', async () => {
    const { post } = await visited('author', `[booking_widget src="${PAGE}"]`);
    const page = await newPage();
    await page.goto(post.link);
    await page.waitForFunction(() => !!document.querySelector('booking-widget')?.shadowRoot);
    await page.context().close();
  });

  it('shows a live preview in the block editor, and the post stays valid when it is opened again', async () => {
    const { post } = await visited(
      'author',
      `<!-- wp:booking-widget/booking {"src":"${PAGE}"} -->
<p class="wp-block-booking-widget-booking"><a href="${PAGE}">${PAGE}</a></p>
<!-- /wp:booking-widget/booking -->`,
    );
    const page = await newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(`${site.origin}/wp-login.php`);
    await page.fill('#user_login', 'author');
    await page.fill('#user_pass', site.password);
    await page.click('#wp-submit');
    await page.waitForURL(/wp-admin/);
    await page.goto(`${site.origin}/wp-admin/post.php?post=${post.id}&action=edit`);
    await page.waitForFunction(() => !!document.querySelector('booking-widget')?.shadowRoot);
    const valid = await page.evaluate(
      'wp.data.select("core/block-editor").getBlocks().map(({ name, isValid }) => `${name} ${isValid}`).join()',
    );
    assert.equal(valid, 'booking-widget/booking true');
    assert.deepEqual(errors, []);
    await page.context().close();
  });

  it('knows the same scheduling pages as the widget', async () => {
    const addresses = [
      PAGE,
      'https://cal.com/',
      'https://api.cal.com/v2/slots',
      'https://cal.com/pricing',
      'https://acme.cal.com/x',
      'https://CALENDLY.com/jane',
      'https://calendly.com.evil.example/jane',
      'ftp://cal.com/jane',
      'https://example.com/cal.com/jane',
      'nonsense',
      ...addressesOfTheUnitSuite(),
    ];
    assert.ok(addresses.length > 150, `only ${String(addresses.length)} addresses`);
    const told = (await site.php(
      `echo wp_json_encode( array_map( 'BookingWidget\\recognize', json_decode( '${JSON.stringify(addresses)}' ) ) );`,
    )) as string[];
    assert.deepEqual(
      told,
      addresses.map((address) => {
        if (!URL.canParse(address)) return '';
        const url = new URL(address);
        return recognize(url) ?? recognizeOther(url) ?? '';
      }),
    );
  });

  it('keeps the settings that can be used, and names what cannot', async () => {
    const [saved, error, address] = (await site.php(`
      require_once ABSPATH . 'wp-admin/includes/admin.php';
      require_once WP_PLUGIN_DIR . '/booking-widget/includes/settings-page.php';
      $saved = BookingWidget\\sanitize_settings( array( 'options' => array( 'theme' => 'dark', 'slots' => '99', 'companion' => 'https://times.example' ), 'links' => 'popup' ) );
      update_option( 'booking_widget', $saved );
      echo wp_json_encode( array( $saved, get_settings_errors( 'booking_widget' )[0]['message'], BookingWidget\\script_address() ) );`)) as [
      { options: unknown; links: string },
      string,
      string,
    ];
    assert.deepEqual(saved.options, { theme: 'dark', companion: 'https://times.example' });
    assert.match(error, /slots: “99” cannot be used/);
    // A companion alone sends no statistics.
    assert.equal(
      new URL(address).search,
      '?companion=https%3A%2F%2Ftimes.example&theme=dark&sample-rate=0&links=popup',
    );
    const { html } = await visited('author', LINK);
    assert.equal(html.match(SCRIPT)?.length, 1);
  });

  it('leaves nothing behind when it is deleted', async () => {
    const kept = await site.php(`
      define( 'WP_UNINSTALL_PLUGIN', true ); update_option( 'booking_widget', array() );
      require WP_PLUGIN_DIR . '/booking-widget/uninstall.php';
      global $wpdb; echo wp_json_encode( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%booking_widget%'" ) );`);
    assert.deepEqual(kept, []);
  });
});
