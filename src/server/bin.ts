#!/usr/bin/env node
// What `npx booking-widget-companion` runs. Where a package is missing, as in a copy without its node_modules, this says so
// instead of Node.
import { missingPackage } from './missing-package.js';

await import('./cli.js').catch((cause: unknown) => {
  const name = missingPackage(cause);
  if (name === undefined) throw cause;
  process.stderr.write(
    `booking-widget: the package "${name}" is not installed.\n` +
      'booking-widget: install the companion with: npm install booking-widget-companion\n',
  );
  process.exitCode = 1;
});
