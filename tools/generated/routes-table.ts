import { OPERATIONS } from '../../src/server/openapi/operations.js';
import { code, table } from './tables.js';

/** Every route of the companion, for the guide. */
export const routesTable = (): string =>
  table(
    ['Route', 'Token', 'What it does'],
    OPERATIONS.map(({ method, path, owner = false, summary }) => [
      code(`${method.toUpperCase()} ${path}`),
      owner ? 'yes' : '',
      summary,
    ]),
  );
