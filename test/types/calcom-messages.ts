/**
 * Holds what we read of Cal.com's messages, and what we send, against the types that Cal.com publishes. Nothing here
 * runs, and nothing of the package is in what we ship: types only, checked by the compiler.
 *
 * The published types are older than the pages that are served. What they do not know yet is named here one by one, so
 * that a new release which declares it, or drops something we read, fails to compile and is looked at.
 */
import type { EventDataMap } from '@calcom/embed-core/dist/src/sdk-action-manager.js';
import type { KnownConfig, UiConfig } from '@calcom/embed-core/dist/src/types.js';
import type { CalLook } from '../../src/widget/providers/cal-com/look.js';
import type { CalMessages } from '../../src/widget/providers/cal-com/messages.js';

type Expect<Claim extends true> = Claim;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Covers<Theirs, Ours> = [Theirs] extends [Ours] ? true : false;
type Deep<T> = T extends object ? { -readonly [Key in keyof T]: Deep<T[Key]> } : T;

/** Every message we read is declared, under this name. */
export type NamesAreDeclared = Expect<Same<Exclude<keyof CalMessages, keyof EventDataMap>, never>>;

/** Every field we read is declared, with a type that ours takes in. */
export type FieldsAreDeclared = Expect<
  Same<
    {
      [Name in keyof CalMessages & keyof EventDataMap]: Covers<EventDataMap[Name], CalMessages[Name]>;
    }[keyof CalMessages & keyof EventDataMap],
    true
  >
>;

/** What is known from the source of the pages alone; none of it may be relied on without another sign. */
type NotDeclaredYet =
  | 'bookerViewed'
  | 'bookerReady'
  | 'bookerReopened'
  | 'bookerReloaded'
  | 'availabilityLoaded'
  | 'linkPrerendered'
  | '__connectInitiated'
  | '__connectCompleted'
  | '__scrollByDistance'
  | 'dryRunBookingSuccessfulV2'
  | 'dryRunRescheduleBookingSuccessfulV2';
export type StillNotDeclared = Expect<Same<NotDeclaredYet & keyof EventDataMap, never>>;

/** The look we hand over is one that their `ui` takes. */
export type LookIsTaken = Expect<Covers<Deep<CalLook>, UiConfig>>;

/** The parameters that shape the page before it has received a message have these names. */
export type ParametersAreDeclared = Expect<
  Covers<'theme' | 'layout' | 'ui.color-scheme' | 'cal.embed.pageType', keyof KnownConfig>
>;
export type PageTypesAreDeclared = Expect<
  Covers<`${'user' | 'team'}.event.booking.slots`, NonNullable<KnownConfig['cal.embed.pageType']>>
>;
