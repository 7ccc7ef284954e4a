import * as z from 'zod';
import { pastedSecret } from '../pasted.js';

/** One secret, or several while one is replaced by another: a delivery signed with any of them is believed. */
const secrets = z
  .union([z.string(), z.array(z.string()).min(1).max(10)])
  .transform((written) => (typeof written === 'string' ? [written] : written))
  .pipe(z.array(pastedSecret(8)));

/** Secrets of deliveries, by provider. Without one its deliveries are refused: their sender cannot be verified. */
export const webhookOptions = z
  .strictObject({
    /** The secret of the webhook in Cal.com’s settings. */
    cal: secrets.optional(),
    /** The `signing_key` of the webhook subscription at Calendly. */
    calendly: secrets.optional(),
  })
  .default({});
