import { KNOB_GROUPS } from './knob-list.js';

/** The knobs as a table in Markdown. */
export const knobTable = (): string =>
  [
    '| Knob | Effect |',
    '| --- | --- |',
    ...Object.entries(KNOB_GROUPS).flatMap(([group, knobs]) => [
      `| **${group}** | |`,
      ...Object.entries(knobs).map(([name, effect]) => `| \`${name}\` | ${effect} |`),
    ]),
  ].join('\n');

/** The README with its table brought up to date. */
export const withKnobTable = (readme: string): string =>
  readme.replace(
    /<!-- knobs -->[\s\S]*<!-- \/knobs -->/,
    () => `<!-- knobs -->\n\n${knobTable()}\n\n<!-- /knobs -->`,
  );
