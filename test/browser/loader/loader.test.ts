import { expect, waitUntil } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { watchersHadTheirTurn } from '../../helpers/pasted.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const WIDGET = '<booking-widget src="{page}"><a href="{page}">Book a time</a></booking-widget>';
const FAR = '<canvas width="1" height="3000"></canvas>'; // an inline style would break a strict policy
const LOADER = 'booking-widget.js';
const part = (name: string): string => `v${VERSION}/${name}.js`;

const isDefined = (page: LoaderPage): boolean => !!page.window.customElements.get('booking-widget');

const defined = (page: LoaderPage): Promise<void> =>
  waitUntil(() => isDefined(page), 'the element never came', { timeout: 10_000 });

async function brings(page: LoaderPage, file: string): Promise<void> {
  let asked: string[] = [];
  const looked = async (): Promise<boolean> => {
    asked = await page.requests();
    return asked.includes(file);
  };
  await waitUntil(looked, `${file} was never asked for`, { timeout: 10_000 }).catch((error: unknown) => {
    throw new Error(`${String(error)}; asked for were ${asked.join(', ')}`);
  });
}

/** Puts a script into the page, the way tag managers do. */
const addScript = ({ document }: LoaderPage, src: string): Promise<Event> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.onload = resolve;
    script.onerror = () => {
      reject(new Error(`${src} did not load`));
    };
    script.src = src;
    document.head.append(script);
  });

const cdnOf = async (page: LoaderPage): Promise<string> => {
  const link = page.one<HTMLAnchorElement>('a[href*="/scheduler/"]');
  await Promise.resolve();
  return link.href.replace(/\/scheduler\/.*/, '');
};

afterEach(closePages);

describe('before a widget is wanted', () => {
  it('only the loader is fetched, and nobody else hears of the page', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`);
    await brings(page, LOADER);
    await watchersHadTheirTurn(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    expect(isDefined(page)).to.be.false;
  });

  it('what stands in for missing command buttons is fetched only for a widget that a button can name', async () => {
    const page = await openPage(`<script>delete globalThis.CommandEvent</script>${SCRIPT}${FAR}${WIDGET}`);
    await brings(page, LOADER);
    await watchersHadTheirTurn(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    const named = page.document.createElement('booking-widget');
    named.id = 'calendar';
    page.document.body.append(named);
    await brings(page, part('commands'));
    expect(isDefined(page)).to.be.false;
  });

  it('a widget in a tab panel that is not shown loads nothing until it is shown', async () => {
    const page = await openPage(`${SCRIPT}<div hidden>${WIDGET}</div>`);
    await brings(page, LOADER);
    await watchersHadTheirTurn(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    page.one('[hidden]').hidden = false;
    await defined(page);
  });

  it('the place of a box is kept too, before and after it is filled', async () => {
    const page = await openPage(
      `${SCRIPT}<div data-booking-src="{page}" data-booking-height="200px">Book</div><button data-booking-src="{page}">Book</button>`,
      { faults: [{ file: 'element', how: 'hang' }] },
    );
    await waitUntil(() => page.one('[data-booking-src]').offsetHeight === 640);
    expect(page.one('button').offsetHeight).to.be.below(100);
    page.one('[data-booking-src]').append(page.document.createElement('booking-widget'));
    expect(page.one('booking-widget').offsetHeight).to.equal(640);
  });

  it('the place of an inline widget is kept, and its link is there to be used', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}<b>after</b>`);
    const widget = page.one('booking-widget');
    await waitUntil(() => widget.offsetHeight === 640);
    expect(page.one('booking-widget a').checkVisibility()).to.be.true;
  });

  it('a page can say how much place', async () => {
    const page = await openPage(`${SCRIPT}<style>:root{--booking-height:300px}</style>${FAR}${WIDGET}`);
    await waitUntil(() => page.one('booking-widget').offsetHeight === 300);
  });

  it('no place is kept for popups', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}${WIDGET}<booking-widget mode="POPUP" src="{page}"><a href="{page}">Book</a></booking-widget>`,
    );
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    expect(page.one('booking-widget[mode]').offsetHeight).to.be.below(100);
  });

  it('where popups are the page’s default only widgets that say inline have a place', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?mode=popup"></script>${FAR}${WIDGET}${WIDGET.replace('src', 'mode="inline" src')}`,
    );
    await waitUntil(() => page.one('[mode=inline]').offsetHeight === 640);
    expect(page.one('booking-widget').offsetHeight).to.be.below(100);
  });

  it('nothing on the page moves when the element takes over', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}<b>after</b>`, {
      faults: [{ file: 'element', how: 'hang' }],
    });
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    const before = page.one('b').getBoundingClientRect().top;
    const all = await openPage(`${SCRIPT}${WIDGET}<b>after</b>`);
    await defined(all);
    await watchersHadTheirTurn(all);
    expect(all.one('b').getBoundingClientRect().top).to.equal(before);
  });

  it('in a prerendered page nothing is fetched until somebody looks at it', async () => {
    const page = await openPage(FAR.replace('3000', '1') + WIDGET);
    Object.defineProperty(page.document, 'prerendering', { value: true, configurable: true });
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await watchersHadTheirTurn(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    Object.defineProperty(page.document, 'prerendering', { value: false });
    page.document.dispatchEvent(new page.window.Event('prerenderingchange'));
    await defined(page);
  });
});

describe('when a widget is wanted', () => {
  it('the element, its provider and the times are asked for at once', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget provider="cal" loading="interaction" consent="required" src="{page}"></booking-widget>`,
      { faults: [{ file: 'element', how: 'hang' }] },
    );
    for (const name of ['element', 'provider-cal', 'times']) await brings(page, part(name));
    expect(isDefined(page)).to.be.false;
  });

  it('times are left out where there are none to be had', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`);
    await brings(page, part('provider-plain'));
    await defined(page);
    expect(await page.requests()).not.to.include(part('times'));
  });

  it('a popup brings its dialog instead', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="{page}"><a href="{page}">Book</a></booking-widget>`,
      {
        faults: [{ file: 'element', how: 'hang' }],
      },
    );
    await brings(page, part('dialog'));
    expect(await page.requests()).not.to.include(part('provider-plain'));
  });

  it('an eager one loads at once, wherever it is', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}<booking-widget loading="EAGER" src="{page}"></booking-widget>`,
    );
    await defined(page);
  });

  it('all load at once when the script’s address says so', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?loading=eager"></script>${FAR}${WIDGET}`,
    );
    await defined(page);
  });

  it('a floating one loads when the page has loaded', async () => {
    const page = await openPage(
      `${SCRIPT}${FAR}<booking-widget mode="floating" src="{page}"></booking-widget>`,
    );
    await defined(page);
  });

  it('one that the visitor reaches for loads even where nothing else shows that it is near', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget style="display:contents" src="{page}"><a href="{page}">Book</a></booking-widget>`,
    );
    await brings(page, LOADER);
    await watchersHadTheirTurn(page);
    page.one('booking-widget a').focus();
    page.one('booking-widget').dispatchEvent(new page.window.Event('focusin'));
    await defined(page);
  });

  it('markup that is inserted later works, and so does what was moved before it was near', async () => {
    const page = await openPage(`${SCRIPT}${FAR}<p></p>`);
    await brings(page, LOADER);
    const holder = page.document.createElement('section');
    const widget = page.document.createElement('booking-widget');
    widget.setAttribute('src', 'https://scheduler.invalid/');
    holder.append(widget);
    page.one('p').append(holder);
    await watchersHadTheirTurn(page);
    expect(await page.requests()).to.deep.equal([LOADER]);
    page.document.body.prepend(holder);
    await defined(page);
  });

  it('page-wide options in the script’s address reach every widget', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.js?theme=dark&slots=9"></script>${WIDGET}`,
    );
    await defined(page);
    const widget = page.one<HTMLElement & { theme: string; slots: number }>('booking-widget');
    expect([widget.theme, widget.slots]).to.deep.equal(['dark', 9]);
  });

  it('who writes the markup does not choose which script runs', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget provider="../../uploads/evil" src="{page}"></booking-widget>`,
    );
    await defined(page);
    expect((await page.requests()).filter((file) => file.includes('evil'))).to.deep.equal([]);
  });
});

describe('however the script arrives', () => {
  const works = async (page: LoaderPage): Promise<void> => {
    await defined(page);
    await brings(page, part('element'));
  };

  for (const [how, tag] of [
    ['async', SCRIPT],
    ['deferred', SCRIPT.replace('async', 'defer')],
    ['blocking', SCRIPT.replace('async', '')],
    ['as a module', SCRIPT.replace('async', 'type="module"')],
    ['at the end of the page', ''],
  ] as const)
    it(`works when it comes ${how}`, async () => {
      await works(await openPage(`${tag}${WIDGET}${tag ? '' : SCRIPT}`));
    });

  it('works when a tag manager creates the element, long after the page has loaded', async () => {
    const page = await openPage(WIDGET);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await works(page);
  });

  it('works when an optimiser disarms the tag and puts it in again', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const disarmed = page.one<HTMLScriptElement>('script[type]');
    const script = page.document.createElement('script');
    script.src = disarmed.src;
    disarmed.replaceWith(script);
    await works(page);
  });

  it('works when an optimiser fetches it and evaluates the text', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const text = await (await fetch(page.one<HTMLScriptElement>('script[type]').src)).text();
    page.window.eval(text);
    await works(page);
  });

  it('works when it is evaluated and no tag is left', async () => {
    const page = await openPage(WIDGET);
    const { window } = page;
    const text = await (await window.fetch(`${await cdnOf(page)}/booking-widget.js`)).text();
    await waitUntil(() =>
      window.performance.getEntriesByType('resource').some(({ name }) => name.includes('booking-widget.js')),
    );
    window.eval(text);
    await works(page);
  });

  it('works in a fragment that a page transition put in', async () => {
    const transition = `<script>addEventListener('load', () => {
      const text = '<script src="{cdn}/booking-widget.js"></' + 'script>';
      document.querySelector('main').append(document.createRange().createContextualFragment(text));
    });</script>`;
    await works(await openPage(`<main>${WIDGET}</main>${transition}`));
  });

  it('works next to a script combiner that runs under its own name', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const text = await (await fetch(page.one<HTMLScriptElement>('script[type]').src)).text();
    const combined = URL.createObjectURL(new Blob([`var combined = 1;${text}`], { type: 'text/javascript' }));
    await addScript(page, combined);
    await works(page);
  });

  it('works as the module', async () => {
    const page = await openPage(
      `<script type="module" src="{cdn}/booking-widget.mjs?theme=dark"></script>${WIDGET}`,
    );
    await works(page);
    expect(page.one<HTMLElement & { theme: string }>('booking-widget').theme).to.equal('dark');
  });

  it('works as the one file, which asks for nothing more', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.all.js?theme=dark"></script>${WIDGET.replace(' ', ' provider="plain" ')}`,
    );
    await defined(page);
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
    expect((await page.requests()).filter((file) => file.includes('.js'))).to.deep.equal([
      'booking-widget.all.js?theme=dark',
    ]);
    expect(page.one<HTMLElement & { theme: string }>('booking-widget').theme).to.equal('dark');
  });

  it('as the one file it finds other languages beside itself', async () => {
    const page = await openPage(
      `<p lang="de"><booking-widget src="{page}"></booking-widget></p>${SCRIPT.replace('.js', '.all.js')}`,
    );
    await brings(page, part('locale-de'));
  });

  it('as the one file it frames a page of nobody it knows as it is, with or without the rarer providers beside it', async () => {
    const page = await openPage(`${WIDGET}${SCRIPT.replace('.js', '.all.js')}`, {
      faults: [{ file: 'recognize-others', how: 'not-found' }],
    });
    await brings(page, part('recognize-others'));
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
  });

  it('the second copy does nothing', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}${SCRIPT}`);
    await works(page);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js?again`);
    await watchersHadTheirTurn(page);
    expect((await page.requests()).filter((file) => file === part('element'))).to.have.length(1);
    expect(page.document.adoptedStyleSheets).to.have.length(1);
  });

  it('leaves one name behind, which nobody meets by accident', async () => {
    const page = await openPage(WIDGET);
    const before = new Set(Reflect.ownKeys(page.window));
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await works(page);
    const left = Reflect.ownKeys(page.window).filter((key) => !before.has(key));
    const ofNobodyElse = left.filter((key) => typeof key === 'string' && !/^(\d+$|__|lit)/.test(key));
    expect(ofNobodyElse).to.deep.equal([]);
    expect(left).to.include(Symbol.for('booking-widget'));
  });
});

describe('on a strict page', () => {
  const violationsOn = (page: LoaderPage): string[] => {
    const seen: string[] = [];
    page.document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // The test runner puts a script of its own into every page.
      if (!blockedURI.includes('__web-dev-server__')) seen.push(`${violatedDirective} ${blockedURI}`);
    });
    return seen;
  };

  it('it works under default-src none, with nothing allowed but its own files and the scheduler', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`, {
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}",
      },
    });
    const violations = violationsOn(page);
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    page.window.scrollTo(0, 3000);
    await defined(page);
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
    expect(violations).to.deep.equal([]);
  });

  it('it works where Trusted Types are required', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}<a class="booking-widget" href="{page}">Book</a>`, {
      headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
    });
    const violations = violationsOn(page);
    await brings(page, LOADER);
    page.window.scrollTo(0, 4000);
    await defined(page);
    await waitUntil(() => page.one('a.booking-widget').ariaHasPopup === 'dialog');
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
    expect(violations).to.deep.equal([]);
  });

  it('the one file gets the page’s nonce', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'async nonce="abc"')}${WIDGET}`, {
      headers: { 'content-security-policy': "script-src 'nonce-abc'" },
      faults: [{ file: 'element', how: 'not-found' }],
    });
    await defined(page);
    expect(await page.requests()).to.include('booking-widget.all.js');
  });
});

describe('when its own files do not come', () => {
  const ALL_FAIL = [
    { file: '/', how: 'not-found' },
    { file: '.all.js', how: 'not-found' },
  ] as const;
  const note = (page: LoaderPage): HTMLElement | null =>
    page.document.querySelector('.booking-widget-failure');
  const noteShows = (page: LoaderPage): Promise<void> =>
    waitUntil(() => !!note(page)?.textContent.includes('could not'), 'no failure note', { timeout: 10_000 });

  /** Lets the test decide when the page's timers of a second or more run. */
  const heldTimers = ({ window }: LoaderPage): { delay: number; run: () => void }[] => {
    const held: { delay: number; run: () => void }[] = [];
    const setTimeout = window.setTimeout.bind(window);
    window.setTimeout = ((run: () => void, delay = 0) =>
      delay < 1000 ? setTimeout(run, delay) : held.push({ delay, run })) as typeof window.setTimeout;
    return held;
  };

  it('a network without CORS is no failure: everything comes in one file, at once', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`, { cors: false });
    await defined(page);
    expect(note(page)).to.equal(null);
    expect((await page.requests()).filter((file) => file === 'booking-widget.all.js')).to.have.length(1);
  });

  for (const how of ['not-found', 'refuse'] as const)
    it(`says so next to the link, and the visitor can try again (${how})`, async () => {
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

  it('offers no address that is not http(s)', async () => {
    const page = await openPage(`${SCRIPT}<booking-widget src="javascript:alert(1)"></booking-widget>`, {
      faults: ALL_FAIL,
    });
    await noteShows(page);
    expect(note(page)?.querySelector('a')).to.equal(null);
  });

  it('tries again by itself after 5, 10 and 20 seconds, then waits for the visitor', async () => {
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

  it('says when the browser is offline, and tries again as soon as it is back', async () => {
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

  it('a server that takes files and never answers is a failure too', async () => {
    const page = await openPage(WIDGET, { faults: ALL_FAIL.map((fault) => ({ ...fault, how: 'hang' })) });
    const held = heldTimers(page);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await brings(page, part('element'));
    expect(note(page)).to.equal(null);
    expect(held.map(({ delay }) => delay)).to.deep.equal([20_000]);
    held[0]?.run();
    await noteShows(page);
    await page.set({});
    page.one<HTMLButtonElement>('.booking-widget-retry').click();
    await defined(page);
  });

  it('where Trusted Types forbid a script tag, the one file comes as a module', async () => {
    const page = await openPage(SCRIPT + WIDGET, {
      headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
      faults: [{ file: 'element', how: 'not-found' }],
    });
    await defined(page);
    expect(await page.requests()).to.include('booking-widget.all.js?0');
  });

  it('a part that failed when it was fetched ahead is fetched again by who needs it', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}`, {
      faults: [{ file: 'provider-plain', how: 'not-found', times: 1 }],
    });
    await defined(page);
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
  });

  it('a popup whose code did not come stays a link', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="{page}"><a href="{page}">Book</a></booking-widget>${WIDGET}`,
      { faults: ALL_FAIL },
    );
    await noteShows(page);
    expect(page.one('booking-widget[mode]').children).to.have.length(1);
  });
});
