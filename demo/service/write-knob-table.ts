// `node --import tsx demo/service/write-knob-table.ts` brings the README's table of knobs up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { withKnobTable } from './knob-table.js';

const file = fileURLToPath(new URL('README.md', import.meta.url));
const text = withKnobTable(readFileSync(file, 'utf8'));
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
