import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { recognizeOther } from '../../src/widget/providers/recognize-others.js';
import { recognize } from '../../src/widget/providers/recognize.js';
import { guideFences, type Fence } from '../../tools/guide-fences.js';
import { LINK, PAGE, picture, SCRIPT, startSite, type Site } from './site.js';
import { signIn } from './visitor.js';

let site: Site;

before(async () => {
  site = await startSite();
});
after(() => site.stop());

/** Every address that the widget's own suite knows, be it a scheduling page or one that looks like it. */
const addressesOfTheUnitSuite = (): string[] =>
  [...readFileSync('test/unit/providers/recognize.test.ts', 'utf8').matchAll(/'(\w+:\/\/[^']*)'/g)].map(
    ([, address = '']) => address,
  );

describe('the plugin', () => {
  it('upgrades the tag in a visitor’s browser from its own folder', async () => {
    const { post } = await site.visited('author', `[booking_widget src="${PAGE}"]`);
    const page = await site.newPage();
    await page.goto(post.link);
    await page.waitForSelector('booking-widget:state(ready)');
    await picture(page, 'visitor');
    await page.context().close();
  });

  it('shows a live preview in the block editor, and the post stays valid when it is opened again', async () => {
    const { post } = await site.visited(
      'author',
      `<!-- wp:booking-widget/booking {"src":"${PAGE}"} -->
<p class="wp-block-booking-widget-booking"><a href="${PAGE}">${PAGE}</a></p>
<!-- /wp:booking-widget/booking -->`,
    );
    const page = await site.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await signIn(page, site.wordpress.origin, 'author', site.wordpress.password);
    await page.goto(`${site.wordpress.origin}/wp-admin/post.php?post=${post.id}&action=edit`);
    // Newer editors draw the post in a frame.
    await page.waitForFunction(
      '[document, document.querySelector("iframe[name=editor-canvas]")?.contentDocument].some((one) => one?.querySelector("booking-widget:state(ready)"))',
    );
    await page.evaluate(
      `for (const scope of ['core', 'core/edit-post']) wp.data.dispatch('core/preferences').set(scope, 'welcomeGuide', false);
      const editor = 'core/block-editor';
      wp.data.dispatch(editor).selectBlock(wp.data.select(editor).getBlocks()[0].clientId);`,
    );
    // The options are in the sidebar, under their own names.
    await page.getByLabel('accent', { exact: true }).waitFor();
    await picture(page, 'block-editor');
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
    const recognized = (await site.wordpress.php(
      `echo wp_json_encode( array_map( 'BookingWidget\\recognize', json_decode( '${JSON.stringify(addresses)}' ) ) );`,
    )) as string[];
    const said = (address: string): string => {
      if (!URL.canParse(address)) return '';
      const url = new URL(address);
      return recognize(url) ?? recognizeOther(url) ?? '';
    };
    assert.deepEqual(
      addresses.map((address, at) => `${address} ${recognized[at] ?? ''}`),
      addresses.map((address) => `${address} ${said(address)}`),
    );
  });

  it('keeps the settings that can be used, and names what cannot', async () => {
    const [saved, error, address] = (await site.wordpress.php(`
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
    const { html } = await site.visited('author', LINK);
    assert.equal(html.match(SCRIPT)?.length, 1);
  });

  it('has a settings form that keeps what can be used, and says what cannot', async () => {
    const page = await site.newPage();
    await signIn(page, site.wordpress.origin, 'administrator', site.wordpress.password);
    await page.goto(`${site.wordpress.origin}/wp-admin/options-general.php?page=booking-widget`);
    await page.getByLabel('theme', { exact: true }).selectOption('dark');
    await page.getByLabel('label', { exact: true }).fill('Meet us');
    await page.getByText('More options').click();
    await page.getByLabel('slots', { exact: true }).fill('99');
    await page.getByLabel(/Open every link to a scheduling page/).check();
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText(/slots: “99” cannot be used/).waitFor();
    assert.equal(await page.getByLabel('theme', { exact: true }).inputValue(), 'dark');
    assert.equal(await page.getByLabel('label', { exact: true }).inputValue(), 'Meet us');
    assert.equal(await page.getByLabel(/Open every link to a scheduling page/).isChecked(), true);
    assert.equal(await page.locator('#booking-widget-slots').inputValue(), '');
    await picture(page, 'settings');
    await page.context().close();

    const { post, html } = await site.visited('author', `<p>${LINK}</p>`);
    assert.match(html, /booking-widget\.js\?[^"]*theme=dark[^"]*links=popup/);
    assert.equal(await site.visitorHas(post), 'dialog');
    await site.wordpress.php(`delete_option( 'booking_widget' );`);
  });

  it('lets nobody but administrators see its settings', async () => {
    const page = await site.newPage();
    await signIn(page, site.wordpress.origin, 'author', site.wordpress.password);
    const answer = await page.goto(
      `${site.wordpress.origin}/wp-admin/options-general.php?page=booking-widget`,
    );
    assert.equal(answer?.status(), 403);
    await page.context().close();
  });

  it('leaves nothing behind when it is deleted', async () => {
    const kept = await site.wordpress.php(`
      define( 'WP_UNINSTALL_PLUGIN', true ); update_option( 'booking_widget', array() );
      require WP_PLUGIN_DIR . '/booking-widget/uninstall.php';
      global $wpdb; echo wp_json_encode( $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%booking_widget%'" ) );`);
    assert.deepEqual(kept, []);
  });
});

describe('what the guide says', () => {
  const fences = guideFences().filter(({ guide }) => guide === 'wordpress.md');
  const named = ({ line }: Fence): string => `line ${String(line)}`;

  for (const fence of fences.filter(({ shows }) => shows === 'wordpress-post'))
    it(`posted as an author, ${named(fence)} is a widget for visitors`, async () => {
      const { post } = await site.visited('author', fence.text);
      assert.notEqual(await site.visitorHas(post), 'nothing');
    });

  for (const fence of fences.filter(({ shows }) => shows === 'wordpress-php'))
    it(`run by a theme, ${named(fence)} brings the widget or its script`, async () => {
      const page = await site.wordpress.php(
        // The plugin would answer with its own copy.
        `wp_deregister_script( 'booking-widget' ); ob_start(); ${fence.text} do_action( 'wp_enqueue_scripts' ); wp_print_footer_scripts(); echo wp_json_encode( ob_get_clean() );`,
      );
      assert.match(
        String(page),
        /<booking-widget src="https:\/\/cal\.com\/acme\/30min"|<script[^>]* src=["']https:\/\/your\.site\/booking-widget\.js/,
      );
    });

  it('of what authors lose without the plugin is what WordPress really takes from them', async () => {
    const tried = guideFences().filter(({ after }) => 'wordpress-author' in after);
    assert.ok(tried.length > 4);
    const left = (await site.wordpress.php(
      `remove_all_filters( 'wp_kses_allowed_html' );
      echo wp_json_encode( array_map( 'wp_kses_post', json_decode( base64_decode( '${Buffer.from(JSON.stringify(tried.map(({ text }) => text.trim()))).toString('base64')}' ) ) ) );`,
    )) as string[];
    assert.deepEqual(
      left,
      tried.map(({ text, after: { 'wordpress-author': kept } }) =>
        kept === 'link' ? /<a .*<\/a>/.exec(text)?.[0] : text.trim(),
      ),
    );
  });
});
