import { accountConditions } from './account-conditions.js';
import type { AlertSettings } from './alert-options.js';
import { companionConditions } from './companion-conditions.js';
import type { Condition, Figures } from './condition.js';

/** What is wrong, by the thresholds of the owner. */
export const conditionsIn = (figures: Figures, settings: AlertSettings): Condition[] => [
  ...figures.upstreams.flatMap((account) => accountConditions(account, settings)),
  ...companionConditions(figures, settings),
];
