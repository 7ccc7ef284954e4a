import { test as base } from '@playwright/test';
import { startCdn, type Cdn } from '../../tools/cdn.js';
import { startSchedulingService } from '../../tools/scheduling-service.js';
import type { ServiceAddresses } from './service.js';

interface Servers {
  /** The local scheduling service, one per worker, with bookings of its own. */
  readonly service: ServiceAddresses;
  /** The built files as a content network serves them, and pages that use them. */
  readonly cdn: Cdn;
}

/** Playwright's `test` with what end-to-end tests need around a page. */
export const test = base.extend<object, Servers>({
  service: [
    // Playwright reads the parameter's text: it has to be an object pattern.
    async ({}, use) => {
      const service = await startSchedulingService();
      if (!service) throw new Error('there is no scheduling service');
      await use(service.addresses);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  cdn: [
    async ({}, use) => {
      const cdn = await startCdn();
      await use(cdn);
      await cdn.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
