import { adoptStyles, supportsAdoptingStyleSheets, type CSSResult } from 'lit';

/** Adds the style sheet of a chunk to a shadow root; as a style element where sheets cannot be adopted. */
export function addStyles(root: ShadowRoot, styles: CSSResult): void {
  const { styleSheet } = styles;
  if (styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  else adoptStyles(root, [styles]);
}

/** The options that are CSS, in a sheet of the widget's own: the page's rules and inline styles on the tag still win. */
export interface OwnStyles {
  adopt(root: ShadowRoot): void;
  /** `accent`: a CSS colour or empty. `height`: a CSS length, or a word that leaves the height to others. */
  update(accent: string, height: string): void;
}

/** Undefined where the engine has no constructed style sheets: the page then looks as without these options. */
export function createOwnStyles(): OwnStyles | undefined {
  if (!supportsAdoptingStyleSheets) return undefined;
  const sheet = new CSSStyleSheet();
  let written = '';
  return {
    adopt(root) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
    update(accent, height) {
      const isLength = /\d/.test(height);
      const css = `${accent && `--booking-accent:${accent};`}${isLength ? `--booking-height:${height}` : ''}`;
      if (css === written) return;
      written = css;
      sheet.replaceSync(`:host{${css}}`);
    },
  };
}
