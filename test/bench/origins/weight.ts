import { randomNumbers, type Random } from '../../../demo/random-numbers.js';
import { pack, type Packed } from './packed.js';

/*
 * What makes the local scheduling page as heavy as a hosted one: twelve deferred scripts, 3.6 MB of functions (1.2 MB as sent),
 * of which every second one is run, in slices, before the page itself starts. That is an assumption, the same for all.
 */

const CHUNKS = 12;
const FUNCTIONS = 800;
const SLICES = 10;
/** Characters of each function that do not compress much, as texts and identifiers of real code do not. */
const LITERAL = 165;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

const PREFIX = '/__weight/';

const word = (random: Random, length: number): string =>
  Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');

const functionOf = (random: Random, name: string): string => {
  const seed = Math.floor(random() * 1e6);
  return `function ${name}(options,previous){var total=${seed},text=${JSON.stringify(word(random, LITERAL))};for(var index=0;index<text.length*4;index++){total=(total*31+text.charCodeAt(index%text.length))%1000003}return Object.assign({},options,{total:total+(previous&&previous.total||0),length:text.length})}`;
};

function chunk(index: number): string {
  const random = randomNumbers(index + 1);
  const names = Array.from({ length: FUNCTIONS }, (_, count) => `part${index}x${count}`);
  const functions = names.map((name) => functionOf(random, name)).join('\n');
  return `(function(){${functions}\n(self.weight=self.weight||[]).push([${names.join(',')}])})()`;
}

/** Runs half of the functions in slices, then starts the page. */
const START = `const functions = self.weight.flat();
const each = Math.ceil(functions.length / ${SLICES});
for (let slice = 0; slice < ${SLICES}; slice++) {
  let state = {};
  for (let index = slice * each; index < Math.min((slice + 1) * each, functions.length); index += 2)
    state = functions[index]({ slice }, state);
  await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(state.total); });
}
await import('/__page/booker.js');
`;

export interface Weight {
  /** The file at a path of the scheduling page's origin. */
  file(path: string): Packed | undefined;
  /** The same document with the weight in front of its script. */
  load(html: string): string;
  /** Bytes of all scripts, as they are sent. */
  readonly bytes: number;
}

export function pageWeight(): Weight {
  const files = new Map<string, Packed>();
  for (let index = 0; index < CHUNKS; index++)
    files.set(`${PREFIX}${index}.js`, pack(chunk(index), 'text/javascript'));
  files.set(`${PREFIX}start.js`, pack(START, 'text/javascript'));
  const scripts = [...files.keys()]
    .filter((path) => !path.endsWith('start.js'))
    .map((path) => `<script defer src="${path}"></script>`)
    .join('\n');
  const own = '<script type="module" src="/__page/booker.js"></script>';
  return {
    file: (path) => files.get(path),
    load(html) {
      if (!html.includes(own)) throw new Error('the scheduling page has no script to put the weight before');
      return html.replace(own, `${scripts}\n<script type="module" src="${PREFIX}start.js"></script>`);
    },
    bytes: [...files.values()].reduce((sum, { body }) => sum + body.length, 0),
  };
}
