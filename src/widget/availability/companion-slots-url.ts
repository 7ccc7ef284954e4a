/** What slots are asked for: whole days of a zone, as the UTC instants of their bounds. */
export interface CompanionSlotsQuery {
  /** The canonical address of the scheduling page. */
  readonly src: string;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

/** The URL that a companion answers with the slots of a scheduling page. `companion`: its base URL. */
export const companionSlotsUrl = (
  companion: string,
  { src, start, end, timeZone }: CompanionSlotsQuery,
): string =>
  `${companion.replace(/\/*$/, '')}/v1/availability?${new URLSearchParams({ src, start, end, timeZone })}`;
