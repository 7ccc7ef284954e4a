import { readFileSync } from 'node:fs';

/** A comment that names a file, and the fence that holds it. */
const QUOTE = /(<!-- quotes: (\S+) -->\n+(?:<!--.*-->\n+)?```\w+\n)[^]*?(^```$)/gm;

/** A guide in which every fence after `<!-- quotes: FILE -->` holds that file. Throws when there is no such file. */
export const withQuotes = (guide: string): string =>
  guide.replace(
    QUOTE,
    (_, opening: string, file: string, closing: string) =>
      `${opening}${readFileSync(file, 'utf8').trimEnd()}\n${closing}`,
  );
