import { COMPANION, REPOSITORY } from './addresses.js';

/** The readme of the npm package with the companion. */
export const companionReadme = (version: string): string => `# ${COMPANION}

The optional server beside [\`<booking-widget>\`](${REPOSITORY}#readme). It keeps the keys of scheduling services, requests
slots once for all visitors, stays within the account's budget of calls, and shows the site owner load figures and bookings.

\`\`\`sh
npx ${COMPANION} serve
\`\`\`

In code: \`createCompanion(options)\` from \`${COMPANION}\` returns \`{ fetch, drain, close }\`; \`serve(companion, { port })\`
from \`${COMPANION}/node\` starts a server. It serves the files of the widget of its own version (${version}).

[Guide](${REPOSITORY}/blob/main/docs/companion.md) · [Changelog](${REPOSITORY}/blob/main/CHANGELOG.md)
`;
