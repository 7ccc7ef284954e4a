import { adoptStyles, supportsAdoptingStyleSheets, type CSSResult } from 'lit';

const adopted = new WeakMap<ShadowRoot, CSSStyleSheet[]>();

function adopt(root: ShadowRoot, sheet: CSSStyleSheet): void {
  const sheets = [...root.adoptedStyleSheets, sheet];
  adopted.set(root, sheets);
  root.adoptedStyleSheets = sheets;
}

/**
 * Gives a shadow root back what it had: an element that is put into another document, if only for a moment, as htmx does with
 * what it preserves, loses all adopted style sheets. They belong to this document, and in no other one they can be adopted.
 */
export function restoreStyles(root: ShadowRoot): void {
  const sheets = adopted.get(root);
  if (sheets && root.ownerDocument === document) root.adoptedStyleSheets = sheets;
}

/** Adds the style sheet of a chunk to a shadow root; as a style element where sheets cannot be adopted. */
export function addStyles(root: ShadowRoot, styles: CSSResult): void {
  const { styleSheet } = styles;
  if (styleSheet) adopt(root, styleSheet);
  else adoptStyles(root, [styles]);
}

/** The options that are CSS, in a sheet of the widget's own: the page's rules and inline styles on the tag still win. */
export interface OwnStyles {
  adopt(root: ShadowRoot): void;
  /** `accent`: a CSS colour or empty. `height`: a CSS length, or a word that leaves the height to others. */
  update(accent: string, height: string): void;
  /** Whether the widget may be lower than the space that the page has reserved for it. */
  fit(isFitted: boolean): void;
}

/** Undefined where the engine has no constructed style sheets: the page then looks as without these options. */
export function createOwnStyles(): OwnStyles | undefined {
  if (!supportsAdoptingStyleSheets) return undefined;
  const sheet = new CSSStyleSheet();
  let variables = '';
  let minimum = '';
  let written = '';
  const write = (): void => {
    const css = variables + minimum;
    if (css === written) return;
    written = css;
    sheet.replaceSync(`:host{${css}}`);
  };
  return {
    adopt: (root) => adopt(root, sheet),
    update(accent, height) {
      const isLength = /\d/.test(height);
      variables = `${accent && `--booking-accent:${accent};`}${isLength ? `--booking-height:${height};` : ''}`;
      write();
    },
    fit(isFitted) {
      // The reserve is often an inline style of the tag, which it has to be before any script has come.
      minimum = isFitted ? 'min-height:0!important' : '';
      write();
    },
  };
}
