import type { Slot } from '../../protocol/availability.js';

/** `taken`: somebody else has the slot. `none`: it cannot be held, and the scheduling page decides when it is booked. */
export type Hold = { readonly is: 'held'; readonly release: () => void } | { readonly is: 'taken' | 'none' };

/**
 * Holds a slot. `slotsUrl` is the address its provider's slots are requested from. Never rejects; after an abort the
 * result is `none`, and what was held meanwhile has been released.
 */
export type HoldSlot = (slotsUrl: URL, slot: Slot, signal?: AbortSignal) => Promise<Hold>;
