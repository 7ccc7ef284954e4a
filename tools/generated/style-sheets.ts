import { basename } from 'node:path';
import { transform } from 'lightningcss';

/** Style sheets of the element's shadow root, and what their modules export. */
export const STYLE_SHEETS: Readonly<Record<string, string>> = {
  'src/widget/booking-widget.css': 'styles',
  'src/widget/dialog/dialog.css': 'dialogStyles',
  'src/widget/views/form.css': 'formStyles',
  'src/widget/views/slots.css': 'slotsStyles',
};

/** The module beside a style sheet. */
export const moduleOf = (file: string): string => file.replace(/\.css$/, '.styles.ts');

/**
 * A module with the minified style sheet. A minifier of scripts leaves template strings as they are, and every visitor
 * would fetch white space and comments: a tenth of the element.
 */
export function styleModule(file: string, css: string, name: string): string {
  const { code } = transform({ filename: file, code: Buffer.from(css), minify: true });
  return `// Written by \`npm run generate\` from ${basename(file)}: change that file.
import { unsafeCSS } from 'lit';

export const ${name} = unsafeCSS(${JSON.stringify(code.toString())});
`;
}
