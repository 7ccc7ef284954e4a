import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { framed, laterObserversAreNotified } from '../../helpers/pasted.js';
import { addScript, brings, cdnOf, defined, chunk, SCRIPT, WIDGET } from '../../helpers/loader-page.js';

afterEach(closePages);

describe('script tag', () => {
  const works = async (page: LoaderPage): Promise<void> => {
    await defined(page);
    await brings(page, chunk('element'));
  };

  for (const [how, tag] of [
    ['async', SCRIPT],
    ['deferred', SCRIPT.replace('async', 'defer')],
    ['blocking', SCRIPT.replace('async', '')],
    ['as a module', SCRIPT.replace('async', 'type="module"')],
    ['at the end of the page', ''],
  ] as const)
    it(`the script works when it comes ${how}`, async () => {
      await works(await openPage(`${tag}${WIDGET}${tag ? '' : SCRIPT}`));
    });

  it('the script works when a tag manager inserts it long after the page has loaded', async () => {
    const page = await openPage(WIDGET);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await works(page);
  });

  it('the script works when an optimiser disarms its tag and inserts it again', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const disarmed = page.one<HTMLScriptElement>('script[type]');
    const script = page.document.createElement('script');
    script.src = disarmed.src;
    disarmed.replaceWith(script);
    await works(page);
  });

  it('the script works when an optimiser fetches it and evaluates the text', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const text = await (await fetch(page.one<HTMLScriptElement>('script[type]').src)).text();
    page.window.eval(text);
    await works(page);
  });

  it('the script works when it is evaluated and its tag is gone', async () => {
    const page = await openPage(WIDGET);
    const { window } = page;
    const text = await (await window.fetch(`${await cdnOf(page)}/booking-widget.js`)).text();
    await waitUntil(() =>
      window.performance.getEntriesByType('resource').some(({ name }) => name.includes('booking-widget.js')),
    );
    window.eval(text);
    await works(page);
  });

  it('the script works inside a fragment that a page transition inserts', async () => {
    const transition = `<script>addEventListener('load', () => {
      const text = '<script src="{cdn}/booking-widget.js"></' + 'script>';
      document.querySelector('main').append(document.createRange().createContextualFragment(text));
    });</script>`;
    await works(await openPage(`<main>${WIDGET}</main>${transition}`));
  });

  it('the script works inside the file of a script combiner', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'type="text/delayed"')}${WIDGET}`);
    const text = await (await fetch(page.one<HTMLScriptElement>('script[type]').src)).text();
    const combined = URL.createObjectURL(new Blob([`var combined = 1;${text}`], { type: 'text/javascript' }));
    await addScript(page, combined);
    await works(page);
  });

  it('the module file works as the script does', async () => {
    const page = await openPage(
      `<script type="module" src="{cdn}/booking-widget.mjs?theme=dark"></script>${WIDGET}`,
    );
    await works(page);
    expect(page.one<HTMLElement & { theme: string }>('booking-widget').theme).to.equal('dark');
  });

  it('the single file works and fetches no chunk on a page in English', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.all.js?theme=dark"></script>
        <div lang="en">${WIDGET.replace(' ', ' provider="plain" ')}</div>`,
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

  for (const how of ['data', 'blob'] as const)
    it(`the single file works when an optimiser makes a ${how}: address of the pasted text`, async () => {
      const page = await openPage(WIDGET);
      const text = await (await fetch(`${await cdnOf(page)}/booking-widget.all.js`)).text();
      await addScript(
        page,
        how === 'blob'
          ? URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
          : `data:text/javascript,${encodeURIComponent(text)}`,
      );
      await defined(page);
      await waitUntil(() => framed(page.one('booking-widget')) !== '', 'there is no frame');
    });

  it('the single file fetches other languages from its own folder', async () => {
    const page = await openPage(
      `<p lang="de"><booking-widget src="{page}"></booking-widget></p>${SCRIPT.replace('.js', '.all.js')}`,
    );
    await brings(page, chunk('locale-de'));
  });

  it('the single file frames an unknown page even where the chunk of rarer providers is missing', async () => {
    const page = await openPage(`${WIDGET}${SCRIPT.replace('.js', '.all.js')}`, {
      faults: [{ file: 'recognize-others', how: 'not-found' }],
    });
    await brings(page, chunk('recognize-others'));
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
  });

  it('a second copy of the script does nothing', async () => {
    const page = await openPage(`${SCRIPT}${WIDGET}${SCRIPT}`);
    await works(page);
    await addScript(page, `${await cdnOf(page)}/booking-widget.js?again`);
    await laterObserversAreNotified(page);
    expect((await page.requests()).filter((file) => file === chunk('element'))).to.have.length(1);
    expect(page.document.adoptedStyleSheets).to.have.length(1);
  });

  it('the script leaves one global symbol behind and no other name', async () => {
    const page = await openPage(WIDGET);
    const before = new Set(Reflect.ownKeys(page.window));
    await addScript(page, `${await cdnOf(page)}/booking-widget.js`);
    await works(page);
    const left = Reflect.ownKeys(page.window).filter((key) => !before.has(key));
    // Lit notes its versions in names of its own, as all copies of it do.
    const ofNobodyElse = left.filter(
      (key) => typeof key === 'string' && !/^(\d+$|__|lit|reactiveElementVersions$)/.test(key),
    );
    expect(ofNobodyElse).to.deep.equal([]);
    expect(left).to.include(Symbol.for('booking-widget'));
  });
});
