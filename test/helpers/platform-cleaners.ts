/*
 * What platforms do to markup, played after what was seen on real ones (WordPress, Ghost) or stands in their
 * documentation (Drupal, Rocket Loader, script delayers).
 */

/** The attributes an element may keep; undefined where the element itself goes and leaves what it holds. */
type Rule = (element: Element) => ((attribute: Attr) => boolean) | undefined;

function rewritten(html: string, rewrite: (content: HTMLElement) => void): string {
  const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  rewrite(body);
  return body.getHTML();
}

const filtered = (html: string, rule: Rule): string =>
  rewritten(html, (content) => {
    for (const element of content.querySelectorAll('*')) {
      const keeps = rule(element);
      if (!keeps) element.replaceWith(...element.childNodes);
      else
        for (const attribute of [...element.attributes])
          if (!keeps(attribute)) element.removeAttribute(attribute.name);
    }
  });

const TEXT =
  /^(a|abbr|b|blockquote|br|cite|code|dd|dl|dt|em|h[2-6]|hr|i|li|ol|p|pre|q|s|small|strong|sub|sup|ul)$/;

/** `wp_kses_post`, for everybody who may not post unfiltered markup: unknown tags go, what they hold stays. */
export const wordpressAuthor = (html: string): string =>
  filtered(html, ({ localName }) =>
    TEXT.test(localName) || /^(button|div|figure|img|section|span|table|tbody|td|th|tr)$/.test(localName)
      ? ({ name }) =>
          /^(class|id|style|title|role|lang|dir|href|rel|target|type|aria-\w+|data-[\w-]+)$/.test(name)
      : undefined,
  );

/**
 * The shortcode of the WordPress plugin, written as its `markup.php` writes it. Attributes are read as WordPress reads them: `&amp;`
 * and the like are decoded by the plugin.
 */
export const wordpressShortcode = (html: string): string =>
  html.replace(/\[booking_widget ([^\]]*)\]/g, (_, attributes: string) => {
    const { body } = new DOMParser().parseFromString(`<body><i ${attributes}></i>`, 'text/html');
    const written = body.firstElementChild;
    const widget = document.createElement('booking-widget');
    for (const { name, value } of written?.attributes ?? []) widget.setAttribute(name, value);
    const mode = written?.getAttribute('mode') ?? 'inline';
    if (mode === 'inline') widget.setAttribute('style', 'display:block;min-height:640px');
    const link = document.createElement('a');
    link.href = written?.getAttribute('src') ?? '';
    link.textContent = written?.getAttribute('label') ?? 'Book a time';
    widget.append(link);
    const holder = document.createElement('div');
    holder.append(widget);
    return holder.getHTML();
  });

/** What mail programs leave: links and styles that they know, no scripts, classes or data. */
export const mailProgram = (html: string): string =>
  filtered(
    rewritten(html, (content) => {
      for (const script of content.querySelectorAll('script')) script.remove();
    }),
    ({ localName }) =>
      TEXT.test(localName) ? ({ name }) => /^(href|style|title|lang|dir)$/.test(name) : undefined,
  );

const withReferrer = (html: string): string =>
  rewritten(html, (content) => {
    for (const link of content.querySelectorAll('a')) {
      const address = new URL(link.href);
      address.searchParams.set('ref', 'your.site');
      link.href = address.href;
    }
  });

/** An HTML card: everything stays, and every link says where it was followed from. */
export const ghostCard = withReferrer;

/** Markup that comes in by import or API: known tags with their addresses, nothing else. */
export const ghostImport = (html: string): string =>
  withReferrer(
    filtered(
      rewritten(html, (content) => {
        for (const script of content.querySelectorAll('script')) script.remove();
      }),
      ({ localName }) => (TEXT.test(localName) ? ({ name }) => name === 'href' : undefined),
    ),
  );

/** What Drupal's filter lets through as it is installed. */
const DRUPAL_BASIC =
  '<a href hreflang> <em> <strong> <cite> <blockquote cite> <code> <ul type> <ol start type> <li> <dl> <dt> <dd> <h2 id> <h3 id> <p> <br>';

/**
 * "Limit allowed HTML tags": tags and attributes that a line names, values where it names those, prefixes with `*`. `lang` and
 * `dir` are always let through, styles and handlers never.
 */
export function drupalFilter(html: string, line = ''): string {
  const allowed = new Map<string, Map<string, string | undefined>>();
  for (const [, tag = '', attributes = ''] of `${DRUPAL_BASIC} ${line}`.matchAll(/<([\w-]+)([^>]*)>/g)) {
    const names =
      allowed.get(tag) ??
      new Map<string, string | undefined>([
        ['lang', undefined],
        ['dir', undefined],
      ]);
    for (const [, name = '', values] of attributes.matchAll(/([\w-]+\*?)(?:="([^"]*)")?/g))
      names.set(name, values);
    allowed.set(tag, names);
  }
  return filtered(html, ({ localName }) => {
    const names = allowed.get(localName);
    return (
      names &&
      (({ name, value }) =>
        !/^(style|on.*)$/.test(name) &&
        [...names].some(
          ([allowedName, values]) =>
            (allowedName.endsWith('*') ? name.startsWith(allowedName.slice(0, -1)) : name === allowedName) &&
            (values === undefined || value.split(/\s+/).every((word) => values.split(' ').includes(word))),
        ))
    );
  });
}

const DELAYED = 'text/delayed';

const withDelayed = (html: string, spared: string, loader: string): string =>
  rewritten(html, (content) => {
    for (const script of content.querySelectorAll<HTMLScriptElement>(`script:not(${spared})`)) {
      // Whatever else stands on the tag is lost.
      script.replaceWith(
        Object.assign(document.createElement('script'), { type: DELAYED, text: script.text }),
      );
      content
        .querySelector(`script[type="${DELAYED}"]:not([data-source])`)
        ?.setAttribute('data-source', script.src);
    }
  }) + `<script>${loader}</script>`;

/** Rocket Loader: scripts are inserted again when the page has loaded, unless a word before their address spares them. */
export const rocketLoader = (html: string): string =>
  withDelayed(
    html,
    '[data-cfasync=false]',
    `addEventListener('load', function () {
      document.querySelectorAll('script[data-source]').forEach(function (old) {
        var script = document.createElement('script');
        script.src = old.getAttribute('data-source');
        old.replaceWith(script);
      });
    });`,
  );

/** A script delayer: nothing runs before the visitor does something; then scripts are fetched and evaluated. */
export const delayer = (html: string): string =>
  withDelayed(
    html,
    '[nowprocket]',
    `addEventListener('pointermove', function () {
      document.querySelectorAll('script[data-source]').forEach(function (old) {
        fetch(old.getAttribute('data-source')).then(function (file) { return file.text(); }).then(eval);
      });
    }, { once: true });`,
  );
