import { KNOB_GROUPS } from './knob-list.js';

/** The knobs as a table in Markdown. */
export const knobTable = (): string =>
  [
    '| Knob | Effect |',
    '| --- | --- |',
    ...Object.entries(KNOB_GROUPS).flatMap(([group, knobs]) => [
      `| **${group}** | |`,
      ...Object.entries(knobs).map(([name, effect]) => `| \`${name}\` | ${String(effect)} |`),
    ]),
  ].join('\n');
