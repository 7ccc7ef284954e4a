import type { FailureCode } from '../../protocol/failure-code.js';
import type { AlternativeReason } from '../../scheduling/alternatives.js';

/**
 * One text for each plural category of the language (`Intl.PluralRules`). A form contains `{count}` unless its
 * category stands for one number only.
 */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/*
 * Every text of the widget that a visitor reads. Placeholders such as `{time}` are filled in by `formatMessage`.
 * `{time}` is a formatted local time in the visitor's zone; the comment of a key says whether it contains the day.
 */

/** What the element itself says. */
export interface CoreStrings {
  /** Launcher button and frame title where the owner wrote no label. */
  readonly book: string;
  /** Button that leads back from a chosen slot to the picker. */
  readonly otherSlots: string;
  readonly slotTaken: string;
  readonly loading: string;
  readonly slow: string;
  /** The fallback link. */
  readonly openTab: string;
  /** `{time}`: time of the chosen slot, with or without its day. */
  readonly continueInTab: string;
  /** Before the fallback link, above a page that cannot report whether it works. */
  readonly trouble: string;
  readonly retry: string;
  /** A retry is under way. */
  readonly retrying: string;
  /** An automatic retry is scheduled. */
  readonly retryingSoon: string;
  readonly close: string;
  /** In place of a page that may not be framed. */
  readonly linked: string;
  /** Button of the consent view. */
  readonly show: string;
  /** `{host}`: host name of the scheduling page. */
  readonly consent: string;
  readonly failure: Readonly<Record<FailureCode, string>>;
}

/** What the slots say; in English part of their chunk. */
export interface SlotsStrings {
  /** Heading of the picker. */
  readonly chooseSlot: string;
  /** Button that opens the provider's own page. */
  readonly allSlots: string;
  /** The owner's `preferred` slot lies in the past. */
  readonly slotPassed: string;
  /** The owner's `preferred` slot lies after the last day that can be booked. */
  readonly slotTooFar: string;
  /** `{time}`: time of day of the last answer; shown beside cached slots. */
  readonly updated: string;
  readonly noSlots: string;
  /** For one week; `nextFree` may follow. */
  readonly noSlotsThen: string;
  /** `{time}`: day, or day and time, of the next available slot. */
  readonly nextFree: string;
  readonly loadingSlots: string;
  readonly slotsFailed: string;
  /** Accessible name of the month list. */
  readonly month: string;
  readonly timeZone: string;
  /** `{time}`: day and time of the preferred or taken slot. */
  readonly closestTo: string;
  /** Why a slot is offered instead of another; follows a day and a colon, so lower case. */
  readonly alternatives: Readonly<Record<AlternativeReason, string>>;
}

/** What a week of slots says; in English part of the picker's chunk. */
export interface PickerStrings {
  readonly previousWeek: string;
  readonly nextWeek: string;
  readonly today: string;
  /** `{count}`: number of slots of a day. */
  readonly slotsOn: Plural;
  /** `{zone}`: name of the zone; `{time}`: time of day there. */
  readonly zoneNow: string;
  readonly searchTimeZone: string;
  /** The search for a time zone found nothing. */
  readonly noTimeZone: string;
  /** Accessible name of the switch between `hour12` and `hour24`. */
  readonly timeFormat: string;
  readonly hour12: string;
  readonly hour24: string;
  /** Label of the choice between several lengths. */
  readonly chooseDuration: string;
  /** `{minutes}`: formatted number. */
  readonly duration: string;
}

/** What the booking form and the confirmation say; in English part of their chunk. */
export interface FormStrings {
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  /** Accessible name of the choice of a country for a phone number. */
  readonly phoneCountry: string;
  readonly notes: string;
  readonly guests: string;
  /** Below the guests field. */
  readonly guestsHint: string;
  readonly location: string;
  /** After the label of a field that may stay empty. */
  readonly optional: string;
  /** First entry of a list in which nothing has been chosen. */
  readonly choose: string;
  /** Error of an empty field. */
  readonly required: string;
  readonly invalidEmail: string;
  readonly invalidPhone: string;
  readonly invalidUrl: string;
  /** Submit button. `{time}`: day and time of the slot. */
  readonly confirm: string;
  /** `{host}`: host name of the provider that receives the form. */
  readonly dataNotice: string;
  readonly privacyLink: string;
  readonly booking: string;
  /** The provider refused the request; the fallback link follows. */
  readonly notBooked: string;
  /** The request may have arrived; `checkBooking` follows. */
  readonly unknownOutcome: string;
  readonly checkBooking: string;
  readonly booked: string;
  readonly pending: string;
  readonly moved: string;
  readonly cancelled: string;
  readonly addToCalendar: string;
  /** Link to a downloaded `.ics` file. */
  readonly calendarFile: string;
  /** Link to the provider's page for this booking. */
  readonly changeBooking: string;
  readonly bookAnother: string;
  readonly cancelBooking: string;
  /** The second press that cancels. */
  readonly confirmCancel: string;
  /** Button that moves the booking to a slot that is chosen next. */
  readonly reschedule: string;
  /** Link to where the site owner's provider sends visitors after a booking. `{host}`: host name. */
  readonly continueTo: string;
  /** Button that puts the provider's page in the form's place. */
  readonly useBookingPage: string;
  /** Error of an answer with too many characters, or too many addresses. */
  readonly tooLong: string;
  /** Error of a list that names an e-mail address twice. */
  readonly duplicate: string;
  /** A booking could not be cancelled; `changeBooking` follows. */
  readonly notChanged: string;
}

/** All texts, as every language but English has them in one file. */
export type Strings = CoreStrings & SlotsStrings & PickerStrings & FormStrings;

/** What is loaded: always the element's own texts. */
export type LoadedStrings = CoreStrings & Partial<SlotsStrings & PickerStrings & FormStrings>;

/** Texts, and the tag that dates and numbers beside them are formatted with. */
export interface Language {
  readonly tag: string;
  readonly strings: LoadedStrings;
}
