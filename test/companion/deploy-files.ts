import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FOLDER = 'integrations/deploy';

export const read = (name: string): string => readFileSync(`${FOLDER}/${name}`, 'utf8');

export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly expose?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
}

export const compose = parse(read('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

/** Instructions of the Dockerfile, with lines that go on put together. */
export const dockerfile: readonly (readonly [name: string, rest: string])[] = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    return name !== undefined && rest !== undefined ? [[name, rest] as const] : [];
  });

export const instruction = (name: string): string => dockerfile.findLast(([own]) => own === name)?.[1] ?? '';

/** `A=1 B=2` as names and values. */
export const assignments = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(' ')
      .filter((one) => one.includes('='))
      .map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );

/** Values of a unit's keys; a key may come several times. */
export const unit = (key: string): string[] =>
  [...read('booking-widget-companion.service').matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(
    ([, value = '']) => value,
  );
