/** Everything of the dashboard comes from where it came from, and nothing of it runs in anybody's frame. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Addresses are relative to /dashboard, so that a companion can live below a path.
const page = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="dashboard/dashboard.css">
${head}</head>
<body>
${body}
</body>
</html>
`;

export const dashboardPage = page(
  'Bookings dashboard',
  '<script type="module" src="dashboard/dashboard.js"></script>\n',
  `<booking-dashboard></booking-dashboard>
<noscript><p class="sign-in">The dashboard needs JavaScript. <code>npx booking-widget-companion report</code> prints the same figures.</p></noscript>`,
);

/** What is wrong with the token that was sent; `none`: none was sent yet. */
export type SignInState = 'none' | 'wrong' | 'too-often' | 'no-token-set';

const WORDS: Readonly<Record<SignInState, string>> = {
  none: '',
  wrong: 'This is not the token of this companion.',
  'too-often': 'Too many tries. Wait a minute.',
  'no-token-set': 'This companion has no token, so its dashboard is closed. Set one.',
};

// The form is sent to the page's own address: a link to a view still leads there after signing in, and relative addresses lead
// to the same files after a failed try.
export function signInPage(state: SignInState): string {
  const wrong = state === 'none' ? '' : `<p class="problem" id="problem" role="alert">${WORDS[state]}</p>\n`;
  const described = state === 'none' ? '' : ' aria-describedby="problem" aria-invalid="true"';
  return page(
    'Sign in – Bookings dashboard',
    '',
    `<main class="sign-in">
<h1>Bookings dashboard</h1>
<form method="post">
<label for="token">Token of this companion</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus${described}>
${wrong}<button>Sign in</button>
</form>
<p class="hint">It is the option <code>token</code>, or in the file <code>token</code> of the companion’s folder.</p>
</main>`,
  );
}
