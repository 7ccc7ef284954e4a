import { readOptions, type CompanionOptions } from '../options.js';

/** Fields whose value nobody may read over a shoulder or in a ticket. */
const SECRET = /^(token|key|apiKey|userId|headers|webhooks)$/;

const HIDDEN = '(hidden)';

/** `url` of alerts holds a secret in its path more often than not, and so does a database's address in its password. */
function hidden(value: unknown, name: string, parent: string): unknown {
  if (value === undefined || value === null) return value;
  if (SECRET.test(name)) return hideAll(value);
  if (name === 'database' || (name === 'url' && parent === 'alerts')) return withoutSecrets(String(value));
  if (typeof value === 'function') return '(a function)';
  if (Array.isArray(value)) return value.map((one) => hidden(one, '', name));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, hidden(one, inner, name)]));
}

const hideAll = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).map((name) => [name, HIDDEN]))
    : HIDDEN;

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return HIDDEN;
  const { protocol, host, pathname } = new URL(address);
  return protocol.startsWith('postgres')
    ? `${protocol}//${host}${pathname}`
    : `${protocol}//${host}/${HIDDEN}`;
}

/** All options as they are in force, defaults included, as JSON without secrets. Throws `BadOptions`. */
export function configText(options: CompanionOptions): string {
  const settings = readOptions(options);
  const { log } = settings;
  const plain = { ...settings, log: typeof log === 'string' ? log : '(a logger)' };
  return `${JSON.stringify(hidden(plain, '', ''), null, 2)}\n`;
}
