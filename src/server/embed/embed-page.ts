import { html } from 'hono/html';

/** Everything that is text or a rule comes from here, everything else over https; nothing inline, no third-party script. */
export const policyFor = (page: URL | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src data:${page ? ` https: ${page.origin}` : ''}`,
    ...(page
      ? [
          `connect-src 'self' https: ${page.origin}`,
          `frame-src https: ${page.origin}`,
          "require-trusted-types-for 'script'",
        ]
      : []),
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; ');

export const EMBED_CSS = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 }
main { padding: 0.5rem }
booking-widget { display: block; min-height: 640px }
h1.name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.refusal { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere }
`;

type Html = ReturnType<typeof html>;

const shell = (lang: string, title: string, head: Html, body: Html): Html =>
  html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="embed.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`;

/**
 * A page with one widget and nothing else. Its options are in the address of the script, where the widget looks for
 * options of a whole page; addresses are relative, so that the companion may lie in a folder of another site.
 */
export const embedPage = (
  lang: string,
  {
    src,
    label,
    options,
  }: { readonly src: string; readonly label: string; readonly options: URLSearchParams },
): Html =>
  shell(
    lang,
    label,
    html`<script async src="booking-widget.js?${options.toString()}"></script>`,
    html`<main>
      <h1 class="name">${label}</h1>
      <booking-widget src="${src}"><a href="${src}">${label}</a></booking-widget>
    </main>`,
  );

/** Says why there is no widget. */
export const refusalPage = (why: string): Html =>
  shell(
    'en',
    'Nothing to book here',
    html``,
    html`<main class="refusal">
      <h1>Nothing to book here</h1>
      <p>${why}</p>
    </main>`,
  );
