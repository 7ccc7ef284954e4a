import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const GUIDE = 'docs/platforms/wordpress.md';
const BETWEEN = /<!-- run:wordpress -->[^]*?<!-- \/run -->/;

/** What came of forms that were posted: rows by form and editor, a column for each role. */
export class ResultsTable {
  readonly #columns: readonly string[];
  readonly #rows = new Map<string, Map<string, string>>();

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  /** Keeps a row's place: what is posted at the same time comes back in any order. */
  row(form: string, editor: string): void {
    this.#cells(form, editor);
  }

  add(form: string, editor: string, column: string, result: string): void {
    this.#cells(form, editor).set(column, result);
  }

  #cells(form: string, editor: string): Map<string, string> {
    const row = `${form} | ${editor}`;
    const cells = this.#rows.get(row) ?? new Map<string, string>();
    this.#rows.set(row, cells);
    return cells;
  }

  toString(): string {
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [
      line(['Posted', 'In', ...this.#columns]),
      line(['', '', ...this.#columns].map(() => '---')),
      ...[...this.#rows].map(([row, cells]) =>
        line([row, ...this.#columns.map((name) => cells.get(name) ?? '')]),
      ),
    ].join('\n');
  }

  /** The guide as it is, and as it has to be to say what this table says. */
  async guide(): Promise<{ readonly is: string; readonly shouldBe: string }> {
    const is = readFileSync(GUIDE, 'utf8');
    const text = is.replace(BETWEEN, `<!-- run:wordpress -->\n\n${String(this)}\n\n<!-- /run -->`);
    return { is, shouldBe: await format(text, { ...(await resolveConfig(GUIDE)), filepath: GUIDE }) };
  }

  async write(): Promise<void> {
    writeFileSync(GUIDE, (await this.guide()).shouldBe);
  }
}
