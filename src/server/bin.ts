#!/usr/bin/env node
// What `npx booking-widget` runs. The companion's own packages are optional: a site that only carries the widget can leave
// them out, and then this says so instead of Node.
import { missingPackage } from './missing-package.js';

await import('./cli.js').catch((cause: unknown) => {
  const name = missingPackage(cause);
  if (name === undefined) throw cause;
  process.stderr.write(
    `booking-widget: the package "${name}" is not installed: the companion's packages were left out.\n` +
      'booking-widget: install them with: npm install --include=optional booking-widget\n',
  );
  process.exitCode = 1;
});
