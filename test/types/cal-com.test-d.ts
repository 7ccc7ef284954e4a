import type { EventData, EventDataMap } from '@calcom/embed-core/dist/src/sdk-action-manager';
import type { UiConfig } from '@calcom/embed-core/dist/src/types';
import type { CalLook } from '../../src/widget/providers/cal-com/look.js';
import type { CalMessages } from '../../src/widget/providers/cal-com/messages.js';

/** Cal.com declares every message that we read, with at least the fields that we read of it. */
export const messages = (theirs: Pick<EventDataMap, keyof CalMessages>): CalMessages => theirs;

/** It takes what we tell it about the look. */
export const look = (ours: CalLook): UiConfig => ours;

/** A message carries its type and data where we read them. */
export const envelope = (
  theirs: EventData<'linkReady'>,
): { type: string; namespace: string; fullType: string; data: unknown } => theirs;

// @ts-expect-error -- a message that Cal.com does not declare would not go unnoticed
export const unknownMessage = (theirs: EventDataMap): { bookingSuccessfulV3: object } => theirs;
