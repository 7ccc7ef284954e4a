/** Adds rules to a document or shadow root by a constructed style sheet: a content security policy may forbid any other. */
export function adoptCss(css: string, root: DocumentOrShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
  } catch {
    // An engine without constructed sheets: the host page is shown as it is.
  }
}
