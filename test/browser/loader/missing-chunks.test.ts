import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { addScript, brings, cdnOf, defined, chunk, SCRIPT, WIDGET } from '../../helpers/loader-page.js';

afterEach(closePages);

describe('loader when chunks are missing', () => {
  const ALL_FAIL = [
    { file: '/', how: 'not-found' },
    { file: '.all.js', how: 'not-found' },
  ] as const;
  const note = (page: LoaderPage): HTMLElement | null =>
    page.document.querySelector('.booking-widget-failure');
  const noteShows = (page: LoaderPage): Promise<void> =>
    waitUntil(() => !!note(page)?.textContent.includes("Couldn't load"), 'no failure note');

  /** Lets the test decide when the page's timers of a second or more run. */
  const heldTimers = ({ window }: LoaderPage): { delay: number; run: () => void }[] => {
    const held: { delay: number; run: () => void }[] = [];
    const setTimeout = window.setTimeout.bind(window);
    window.setTimeout = ((run: () => void, delay = 0) =>
      delay < 1000 ? setTimeout(run, delay) : held.push({ delay, run })) as typeof window.setTimeout;
    return held;
  };

  it('the loader fetches the single file at once from a server without CORS', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`, { cors: false });
    await defined(page);
    expect(note(page)).to.equal(null);
    expect((await page.requests()).filter((file) => file === 'booking-widget.all.js')).to.have.length(1);
  });

  for (const how of ['not-found', 'refuse'] as const)
    it(`missing chunks end in a note beside the fallback link with a retry button (${how})`, async () => {
      const page = await openPage(`${SCRIPT}${WIDGET}`, {
        faults: ALL_FAIL.map((fault) => ({ ...fault, how })),
      });
      await noteShows(page);
      expect(note(page)?.role ?? note(page)?.getAttribute('role')).to.equal('alert');
      expect(page.one('booking-widget').contains(note(page))).to.be.true;
      expect(page.one<HTMLAnchorElement>('.booking-widget-failure a').href).to.include(
        '/scheduler/acme/30min',
      );
      expect(page.one('booking-widget > a').checkVisibility()).to.be.true;
      expect(page.one('booking-widget').offsetHeight).to.equal(640);

      page.one<HTMLButtonElement>('.booking-widget-retry').click();
      await noteShows(page);
      await page.set({});
      page.one<HTMLButtonElement>('.booking-widget-retry').click();
      await defined(page);
      await waitUntil(() => !note(page), 'the note stays');
      await waitUntil(
        async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
        'no frame',
      );
    });

  it('the note about missing chunks never links to an address that is not http(s)', async () => {
    const page = await openPage(`${SCRIPT}<booking-widget src="javascript:alert(1)"></booking-widget>`, {
      faults: ALL_FAIL,
    });
    await noteShows(page);
    expect(note(page)?.querySelector('a')).to.equal(null);
  });

  it('missing chunks are fetched again after 5, 10 and 20 seconds and then on the visitor’s press only', async () => {
    const page = await openPage(WIDGET, { faults: ALL_FAIL });
    const held = heldTimers(page);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    const tries = async (): Promise<number> =>
      (await page.requests()).filter((file) => file === 'booking-widget.all.js').length;
    for (const [turn, seconds] of [5, 10, 20].entries()) {
      await waitUntil(async () => (await tries()) === turn + 1, `try ${turn + 1}`);
      await noteShows(page);
      const due = (): (typeof held)[number] | undefined =>
        held.find(({ delay }) => delay < 24_001 && delay !== 20_000);
      await waitUntil(due, `no timer for try ${turn + 2}`);
      expect(due()?.delay).to.be.within(seconds * 800, seconds * 1200);
      for (const { delay, run } of held.splice(0)) if (delay !== 20_000) run();
    }
    await waitUntil(async () => (await tries()) === 4, 'try 4');
    await noteShows(page);
    expect(held.filter(({ delay }) => delay !== 20_000)).to.deep.equal([]);
  });

  it('the note about missing chunks says that the browser is offline and goes when it is online again', async () => {
    const page = await openPage(WIDGET, { faults: ALL_FAIL });
    heldTimers(page);
    const { navigator } = page.window;
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await waitUntil(() => note(page)?.textContent.includes('offline'), 'no word of being offline');
    await page.set({});
    Object.defineProperty(navigator, 'onLine', { value: true });
    page.window.dispatchEvent(new page.window.Event('online'));
    await defined(page);
    await waitUntil(() => !note(page), 'the note stays');
  });

  it('a server that never responds to a chunk request counts as a failure', async () => {
    const page = await openPage(WIDGET, { faults: ALL_FAIL.map((fault) => ({ ...fault, how: 'hang' })) });
    const held = heldTimers(page);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await brings(page, chunk('element'));
    expect(note(page)).to.equal(null);
    expect(held.map(({ delay }) => delay)).to.deep.equal([20_000]);
    held[0]?.run();
    await noteShows(page);
    await page.set({});
    page.one<HTMLButtonElement>('.booking-widget-retry').click();
    await defined(page);
  });

  it('the single file comes as a module where Trusted Types forbid a script tag', async () => {
    const page = await openPage(SCRIPT + WIDGET, {
      headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
      faults: [{ file: 'element', how: 'not-found' }],
    });
    await defined(page);
    expect(await page.requests()).to.include('booking-widget.all.js?0');
  });

  it('a chunk whose preload failed is fetched again when it is needed', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`, {
      faults: [{ file: 'provider-plain', how: 'not-found', times: 1 }],
    });
    await defined(page);
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
  });

  it('a popup whose chunks are missing stays a plain link', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="{page}"><a href="{page}">Book</a></booking-widget>${WIDGET}`,
      { faults: ALL_FAIL },
    );
    await noteShows(page);
    expect(page.one('booking-widget[mode]').children).to.have.length(1);
  });
});
