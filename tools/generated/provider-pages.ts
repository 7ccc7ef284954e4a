import { factsOf, originsOf } from '../../demo/gallery/generator/provider-facts.js';
import { needsOf, policyText } from '../../demo/gallery/generator/policy.js';
import type { Provider } from '../../src/widget/providers/provider.js';
import { NAMED_ONLY, PLAN_NOTES, SAMPLE_PAGES } from './provider-samples.js';
import { table } from './tables.js';

const ANY_PLAN =
  'The widget shows the page that everybody can open: a plan with a public scheduling page is enough, and no API key is needed.';

/** The tag for a provider's sample page. Links in the calendar's place need no height. */
function tagOf({ id, capabilities }: Provider, page: string): string {
  const named = NAMED_ONLY[id] ?? (id === 'plain' ? 'plain' : undefined);
  const provider = named ? ` provider="${named}"` : '';
  const style = capabilities.framing === 'no' ? '' : ' style="display:block;min-height:640px"';
  return `<booking-widget src="${page}"${provider}${style}><a href="${page}">Book a time</a></booking-widget>`;
}

const companionText = ({ name, capabilities }: Provider): string =>
  capabilities.availability === 'companion'
    ? `\n## Slots\n\n${name} answers requests for slots only with a key, which must not be in a page. A [companion](../companion.md#options) keeps it.\n`
    : '';

/** The page of a provider: what works, which plan it takes, the tag, and the lines of a Content-Security-Policy. */
function providerPage(provider: Provider): string {
  const { id, name } = provider;
  const page = SAMPLE_PAGES[id];
  if (page === undefined) throw new Error(`${id} has no sample page in tools/generated/provider-samples.ts`);
  const origins = originsOf(provider, new URL(page));
  const needs = needsOf({ script: 'https://your.site/booking-widget.js', ...origins, hasCode: false });
  const facts = factsOf(provider).map(({ works, text }) => [works, text]);
  return `# ${name}

<!-- Written by \`npm run generate\` from the provider's own code. -->

${name} on your page: the tag, what works, the plan it takes, and the lines of a Content-Security-Policy.

\`\`\`html
<script async src="https://your.site/booking-widget/booking-widget.js"></script>
${tagOf(provider, page)}
\`\`\`

Replace \`${page}\` by your link, in both places. [Where to get the script](../files.md) · [what to paste where](../platforms/README.md)

## What works

${table(['Works', 'What visitors and you have'], facts)}

## Plan

${PLAN_NOTES[id] ?? ANY_PLAN}
${companionText(provider)}
## Content-Security-Policy

Only if your site sends that header:

\`\`\`http
${policyText(needs)}
\`\`\`

${table(
  ['Line', 'Without it'],
  needs.map(({ directive, source, without }) => [`\`${directive} ${source}\``, without]),
)}
`;
}

/** The pages of all providers by file, and their index. */
export function providerPages(all: readonly Provider[]): Readonly<Record<string, string>> {
  const index = `# Providers

<!-- Written by \`npm run generate\`. -->

The provider is recognised from your link. [The reference](../reference.md#providers) compares all of them by feature; a page that nobody recognises is
[framed as it is](plain.md).

${table(
  ['Provider', 'In your page'],
  all.map((provider) => [
    `[${provider.name}](${provider.id}.md)`,
    provider.capabilities.framing === 'no' ? 'a card with a link' : (factsOf(provider)[1]?.text ?? ''),
  ]),
)}

Yours is missing? [Adding a provider](../adding-a-provider.md) takes one file and one suite.
`;
  return {
    'docs/providers/README.md': index,
    ...Object.fromEntries(
      all.map((provider) => [`docs/providers/${provider.id}.md`, providerPage(provider)]),
    ),
  };
}
