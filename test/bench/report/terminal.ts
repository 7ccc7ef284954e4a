import Table from 'cli-table3';
import { judge, type Judged } from './rows.js';
import { levelText, measuredText, number } from './words.js';
import type { Results } from '../results.js';

const rowOf = (judged: Judged): string[] => [
  judged.row.title,
  number(judged.ours.median),
  measuredText(judged),
  levelText(judged),
  judged.holds ? 'holds' : 'does not hold',
];

/** Every row that the run has figures for, with its level. */
export function terminalTable(results: Results): string {
  const table = new Table({
    head: ['', 'ours', 'measured (min–max)', 'level', ''],
    style: { head: [], border: [] },
  });
  table.push(...judge(results).map(rowOf));
  return table.toString();
}
