import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

interface Cell {
  readonly engine: string;
  readonly scenario: string;
  readonly figure: string;
  readonly level: string;
  readonly holds: boolean;
}

const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

/** The results, one row for each scenario and one column for each engine. */
export class Table {
  readonly #cells: Cell[] = [];

  add(cell: Cell): void {
    this.#cells.push(cell);
  }

  toString(): string {
    const engines = [...new Set(this.#cells.map(({ engine }) => engine))];
    const scenarios = [...new Set(this.#cells.map(({ scenario }) => scenario))];
    const lines = scenarios.map((scenario) => {
      const cells = this.#cells.filter((cell) => cell.scenario === scenario);
      const figures = engines.map((name) => cells.find(({ engine }) => engine === name)?.figure ?? '');
      const verdict = cells.every(({ holds }) => holds) ? 'yes' : '**no**';
      return [scenario, ...figures, cells[0]?.level ?? '', verdict];
    });
    const head = ['scenario', ...engines, 'level', 'holds'];
    return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }

  /** Writes the table between the marks of a document, with the day on which it was measured. */
  async writeInto(file: string, measured: Date): Promise<void> {
    const text = await readFile(file, 'utf8');
    const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
    if (begin < 0 || end < begin) throw new Error(`${file} has no place for the table`);
    const whole = `${text.slice(0, begin + BEGIN.length)}\n\nMeasured on ${measured.toISOString().slice(0, 10)}.\n\n${this.toString()}\n\n${text.slice(end)}`;
    await writeFile(file, await format(whole, { ...(await resolveConfig(file)), parser: 'markdown' }));
  }
}
