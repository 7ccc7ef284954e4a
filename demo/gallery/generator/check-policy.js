// @ts-check
/** @typedef {import('./policy.js').Need} Need */
/** @typedef {ReadonlyMap<string, readonly string[]>} Policy directive → sources, both in lower case */

/** Which directives decide, the first that is there. */
const FALLBACKS = {
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/**
 * The policies in a pasted header, `<meta>` tag or server setting. Several are separated by commas, and all of them apply.
 *
 * @param {string} pasted
 * @returns {readonly Policy[]}
 */
export function policiesIn(pasted) {
  const [, inMeta] = /<meta[^>]*\bcontent=(?:"([^"]*)"|'[^']*')/i.exec(pasted) ?? [];
  const text = (inMeta ?? pasted)
    .replaceAll('&#39;', "'")
    .replace(/^[^]*?content-security-policy(-report-only)?["'\s:=]*/i, '')
    .replace(/["\s]*;?["\s]*(always)?["\s;]*$/i, '');
  return text
    .split(',')
    .map((one) => {
      /** @type {Map<string, readonly string[]>} */
      const policy = new Map();
      for (const line of one.split(';')) {
        const [name = '', ...sources] = line.trim().toLowerCase().split(/\s+/);
        if (/^[a-z-]+$/.test(name) && !policy.has(name)) policy.set(name, sources);
      }
      return policy;
    })
    .filter((policy) =>
      [...policy.keys()].some((name) => /-(src|uri)$|-src-|^sandbox$|trusted-types/.test(name)),
    );
}

/** @param {string} host @param {string} pattern */
const hostMatches = (host, pattern) =>
  pattern === '*' || (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern);

/**
 * Whether a source of a policy allows an origin, by scheme, host and port; a path is ignored, since each file could be meant.
 *
 * @param {string} source
 * @param {string} needed an origin, or a word such as `'self'`
 */
function allows(source, needed) {
  if (source === needed) return true;
  if (needed.startsWith("'nonce-")) return source === "'unsafe-inline'" || source.startsWith("'nonce-");
  if (needed.startsWith("'")) return false;
  if (source === '*') return true;
  const { protocol, hostname, port } = new URL(needed);
  if (/^[a-z]+:$/.test(source)) return source === protocol || (source === 'http:' && protocol === 'https:');
  const [, scheme, host = '', itsPort = ''] =
    /^(?:([a-z]+):\/\/)?([\w.*-]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(source) ?? [];
  const isScheme = !scheme || `${scheme}:` === protocol || (scheme === 'http' && protocol === 'https:');
  const isPort = itsPort === '*' || itsPort === port || (port === '' && /^(443|80)$/.test(itsPort));
  return isScheme && isPort && hostMatches(hostname, host);
}

/** @param {Policy} policy @param {Need} need */
function isAllowed(policy, { directive, source }) {
  const names = FALLBACKS[/** @type {keyof typeof FALLBACKS} */ (directive)];
  const deciding = names.find((name) => policy.has(name));
  if (!deciding) return true;
  const sources = policy.get(deciding) ?? [];
  if (sources.includes("'strict-dynamic'") && !source.startsWith("'")) return false;
  return sources.some((each) => allows(each, source));
}

/**
 * What a policy lacks for a snippet: sentences to fix, and sentences to know. `lacks` is null where the text holds no policy.
 *
 * @param {string} pasted
 * @param {readonly Need[]} needs
 * @returns {{ readonly lacks: readonly string[] | null, readonly notes: readonly string[] }}
 */
export function checkPolicy(pasted, needs) {
  const policies = policiesIn(pasted);
  if (policies.length === 0) return { lacks: null, notes: [] };
  const lacks = new Set(
    policies.flatMap((policy) =>
      needs
        .filter((need) => !isAllowed(policy, need))
        .map(({ directive, source, without }) =>
          isStrict(policy) && directive === 'script-src' && !source.startsWith("'")
            ? 'script-src has strict-dynamic, which ignores addresses: put your nonce on the script tag.'
            : `${directive} lacks ${source}: ${without}.`,
        ),
    ),
  );
  return { lacks: [...lacks], notes: [...new Set(policies.flatMap(notesOn))] };
}

/** @param {Policy} policy */
const isStrict = (policy) =>
  (FALLBACKS['script-src'].map((name) => policy.get(name)).find(Boolean) ?? []).includes("'strict-dynamic'");

/** @param {Policy} policy @returns {readonly string[]} */
function notesOn(policy) {
  const styles = policy.get('style-src-attr') ?? policy.get('style-src') ?? policy.get('default-src');
  const types = policy.get('trusted-types');
  return [
    ...(styles && !styles.includes("'unsafe-inline'")
      ? [
          'Inline styles are forbidden, so the browser ignores the style of the tag. Set --booking-height in your style sheet instead.',
        ]
      : []),
    ...(types && !types.includes('lit-html') && !types.includes('*')
      ? ['trusted-types lists names: add lit-html.']
      : []),
    ...(policy.has('sandbox') && !policy.get('sandbox')?.includes('allow-scripts')
      ? ['sandbox lacks allow-scripts: no script runs on this page.']
      : []),
  ];
}
