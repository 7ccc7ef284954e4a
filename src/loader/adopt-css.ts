/** Adds rules to the page by a constructed style sheet: a content security policy may forbid any other. */
export function adoptCss(css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    // An engine without constructed sheets: the page shows itself as it is.
  }
}
