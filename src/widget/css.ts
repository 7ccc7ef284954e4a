/** Marks a style sheet for editors and for the build, which takes its white space out. */
export const css = (text: TemplateStringsArray): string => text.join('');

const sheets = new Map<string, CSSStyleSheet>();

/** Adds a style sheet to a shadow root once. Constructed sheets are shared by all widgets and need no `style-src`. */
export function adopt(root: ShadowRoot, text: string): void {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
