// @ts-check

/** @typedef {{ readonly directive: string, readonly source: string, readonly without: string }} Need */

/**
 * What a Content-Security-Policy has to allow for a snippet, and what visitors have without it.
 *
 * @param {{ script: string, frame: string, slots: string, hasCode: boolean, isManaged?: boolean }} origins `script`: address of the script;
 *   `hasCode`: whether the snippet has code of its own beside the script; `isManaged`: whether Tag Manager brings it
 * @returns {readonly Need[]}
 */
export function needsOf({ script, frame, slots, hasCode, isManaged = false }) {
  const origin = originOf(script);
  /** @type {[string, string, string][]} */
  const needs = [
    ['script-src', isManaged ? 'https://www.googletagmanager.com' : '', 'Tag Manager itself does not run'],
    ['script-src', origin, 'the script does not run, and visitors have only the link'],
    ...(hasCode
      ? [
          /** @type {[string, string, string]} */ ([
            'script-src',
            "'nonce-{random}'",
            'consent tool and conversions do nothing',
          ]),
        ]
      : []),
    ['connect-src', origin, 'files of the widget cannot be fetched'],
    ['connect-src', slots, 'bookable times do not show before the calendar'],
    ['frame-src', frame, 'there is no calendar, but a message and the link'],
  ];
  return needs.flatMap(([directive, source, without]) => (source ? [{ directive, source, without }] : []));
}

/** A relative address is one of the site itself. @param {string} address */
function originOf(address) {
  try {
    return new URL(address).origin;
  } catch {
    return "'self'";
  }
}

/**
 * The lines as one header.
 *
 * @param {readonly Need[]} needs
 */
export function policyText(needs) {
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const { directive, source } of needs) {
    const sources = lines.get(directive) ?? [];
    if (!sources.includes(source)) lines.set(directive, [...sources, source]);
  }
  return `Content-Security-Policy: ${[...lines].map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; ')}`;
}
