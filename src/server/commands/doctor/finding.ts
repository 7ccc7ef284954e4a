/** One thing that was checked. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  /** One sentence with what is so. */
  readonly text: string;
  /** One sentence with what to do, or nothing where there is nothing to do. */
  readonly fix?: string;
}

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const warning = (text: string, fix?: string): Finding => ({
  level: 'warning',
  text,
  ...(fix !== undefined && { fix }),
});
export const problem = (text: string, fix: string): Finding => ({ level: 'problem', text, fix });

/** Findings as they are printed: what to do stands below what is so. */
export const lineOf = ({ level, text, fix }: Finding): string =>
  `${level.padEnd(8)} ${text}\n${fix === undefined ? '' : `${' '.repeat(9)}→ ${fix}\n`}`;
