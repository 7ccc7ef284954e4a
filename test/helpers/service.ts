/** Where the local scheduling service listens: one origin for each way it can speak. No trailing slash. */
export interface ServiceAddresses {
  /** Speaks as Cal.com: pages, embed protocol and `/v2/slots`. */
  readonly cal: string;
  /** Speaks as Calendly. */
  readonly calendly: string;
  /** Pages that send no messages to the page that frames them. */
  readonly plain: string;
  /** Knobs and bookings, for tests. */
  readonly control: string;
}

const unknown: ServiceAddresses = { cal: '', calendly: '', plain: '', control: '' };

/** The running service, as the test runner passes it to this page. All addresses are empty where none runs. */
export const service: ServiceAddresses = await import(new URL('/__service.js', location.href).href).then(
  (module: { default: ServiceAddresses }) => module.default,
  () => unknown,
);
