import { LitElement, type PropertyDeclarations } from 'lit';
import { pageDefault } from '../loader/page-registry.js';
import {
  OPTION_KINDS,
  OPTION_NAMES,
  propertyName,
  readOption,
  type OptionName,
  type Options,
} from './options.js';

const OPTION_OF = new Map<PropertyKey, OptionName>(OPTION_NAMES.map((name) => [propertyName(name), name]));

/**
 * The option vocabulary as reactive properties. The attribute is the truth: a property reads the value in force and
 * writes the attribute at once, as reflecting properties of the platform do, so that markup, frameworks and scripts all
 * see the same.
 */
export abstract class OptionsElement extends LitElement {
  static override properties: PropertyDeclarations = Object.fromEntries(
    OPTION_NAMES.map((name) => [propertyName(name), { attribute: name }]),
  );

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...OPTION_NAMES.map((name) => `data-booking-${name}`)];
  }

  protected static override getPropertyDescriptor(
    property: PropertyKey,
    key: string | symbol,
    declaration: Parameters<typeof LitElement.createProperty>[1],
  ): PropertyDescriptor | undefined {
    const name = OPTION_OF.get(property);
    if (!name) return super.getPropertyDescriptor(property, key, declaration ?? {});
    return {
      get(this: OptionsElement) {
        return this.options[name];
      },
      set(this: OptionsElement, value: unknown) {
        if (value === null || value === undefined || value === false) this.removeAttribute(name);
        else this.setAttribute(name, value === true ? '' : String(value));
      },
      configurable: true,
      enumerable: true,
    };
  }

  /**
   * Address of the scheduling page. The provider is recognised from it. Default: the link inside the
   * element.
   * @attr src
   */
  declare src: string;

  /**
   * Which provider this is, for addresses that do not show it (self-hosted, or on a domain of your own), such as
   * `cal` or `hubspot`; the readme lists all. `plain` frames any page as it is.
   * @attr provider
   */
  declare provider: string;

  /**
   * Base URL of the provider's API, for self-hosted instances. Default: the provider's own.
   * @attr api
   */
  declare api: string;

  /**
   * `inline`: in the flow of the page; `popup`: in a dialog that a button or link opens; `floating`: a
   * button fixed to a corner that opens the dialog.
   * @attr mode
   */
  declare mode: 'inline' | 'popup' | 'floating';

  /**
   * When the scheduling page may load: near the viewport (200 px ahead); at once; only when the visitor
   * picks a time or asks for the calendar.
   * @attr loading
   */
  declare loading: 'lazy' | 'eager' | 'interaction';

  /**
   * Whether slots are shown natively, from the cache and the provider's API or the companion.
   * @attr availability
   */
  declare availability: 'auto' | 'off';

  /**
   * Base URL of a companion server.
   * @attr companion
   */
  declare companion: string;

  /**
   * Where load reports are sent. Default: the companion's; with neither, nothing is sent.
   * @attr metrics-endpoint
   */
  declare metricsEndpoint: string;

  /**
   * Share of page loads that report, from 0 to 1. Default 1.
   * @attr sample-rate
   */
  declare sampleRate: number;

  /**
   * With `required` nothing third-party is contacted before `grant()` or a press on the facade; a value that means nothing counts as
   * `required`.
   * @attr consent
   */
  declare consent: 'granted' | 'required';

  /**
   * When what a popup needs is prepared: on hover, focus or touch; when the page is idle; never.
   * @attr prepare
   */
  declare prepare: 'intent' | 'idle' | 'none';

  /**
   * Colours of the widget and of the scheduling page, in the provider's own words. Default: the page's own.
   * @attr theme
   */
  declare theme: '' | 'light' | 'dark' | 'auto';

  /**
   * Accent colour, as a CSS colour, handed to the provider where it takes one.
   * @attr accent
   */
  declare accent: string;

  /**
   * Layout of the scheduling page, in the provider's own words (Cal.com: `month_view`, `week_view`,
   * `column_view`).
   * @attr layout
   */
  declare layout: string;

  /**
   * Leaves out the event's description in the scheduling page.
   * @attr hide-details
   */
  declare hideDetails: boolean;

  /**
   * The visitor's name, where the page knows it.
   * @attr prefill-name
   */
  declare prefillName: string;

  /**
   * The visitor's first name, for event types that ask for it apart.
   * @attr prefill-first-name
   */
  declare prefillFirstName: string;

  /**
   * The visitor's last name, for event types that ask for it apart.
   * @attr prefill-last-name
   */
  declare prefillLastName: string;

  /**
   * The visitor's e-mail address.
   * @attr prefill-email
   */
  declare prefillEmail: string;

  /**
   * The visitor's phone number.
   * @attr prefill-phone
   */
  declare prefillPhone: string;

  /**
   * Notes for the host.
   * @attr prefill-notes
   */
  declare prefillNotes: string;

  /**
   * E-mail addresses of further guests, separated by spaces or commas.
   * @attr prefill-guests
   */
  declare prefillGuests: string;

  /**
   * Names of parameters in the page's address that are passed on to the scheduling page, or `none`. Of the `utm_*`,
   * those of the visit's first campaign are passed on. Default: the five `utm_*`.
   * @attr forward-params
   */
  declare forwardParams: string;

  /**
   * IANA name of the zone slots are shown in. Default: the visitor's.
   * @attr time-zone
   */
  declare timeZone: string;

  /**
   * `auto` follows the scheduling page's height, `grow` only upwards, a CSS length (a bare number is pixels) fixes it.
   * @attr height
   */
  declare height: string;

  /**
   * Name of the frame and text of the launcher. Default: the text of the link inside.
   * @attr label
   */
  declare label: string;

  /**
   * How many slots to show, 1 to 60. Default 6.
   * @attr slots
   */
  declare slots: number;

  /**
   * A time the visitor would like, as an ISO 8601 date-time: the slots nearest to it are shown first.
   * @attr preferred
   */
  declare preferred: string;

  /**
   * Holds a chosen slot for the visitor while they fill in the form, where the provider lets a browser do that
   * (Cal.com: five minutes). Released when they leave it.
   * @attr reserve
   */
  declare reserve: boolean;

  /**
   * Where a chosen slot is booked: `auto` in the widget's own form where the provider takes bookings by API and the event
   * type needs nothing that the form cannot do, else on the provider's page; `frame` always on the provider's page.
   * @attr booking
   */
  declare booking: 'auto' | 'frame';

  /**
   * Address of the site owner's privacy notice, linked beside the booking form.
   * @attr privacy-url
   */
  declare privacyUrl: string;

  /**
   * Seconds after which a scheduling page that is not ready counts as failed, 0.1 to 300. Default 20.
   * @attr timeout
   */
  declare timeout: number;

  /**
   * How often a transient failure is retried automatically, 0 to 10. Default 3.
   * @attr retries
   */
  declare retries: number;

  /**
   * Pushes the widget's events to `window.dataLayer` for tag managers.
   * @attr data-layer
   */
  declare dataLayer: boolean;

  /**
   * Says in the console what the widget does and why, for the site owner.
   * @attr debug
   */
  declare debug: boolean;

  private inForce: Options | undefined;

  /** Every option with the value in force; another object after any of them was written. */
  get options(): Options {
    return (this.inForce ??= Object.fromEntries(
      OPTION_NAMES.map((name) => [name, this.readOption(name)]),
    ) as unknown as Options);
  }

  override connectedCallback(): void {
    // Page-wide defaults and the attributes of parsed elements are complete only now.
    this.inForce = undefined;
    super.connectedCallback();
  }

  override attributeChangedCallback(_name: string, before: string | null, value: string | null): void {
    if (before === value) return;
    this.inForce = undefined;
    this.requestUpdate();
  }

  /** The element, then `data-booking-*`, then the page-wide default, then the option's own default. */
  private readOption(name: OptionName): Options[OptionName] {
    const isFlag = OPTION_KINDS[name].type === 'flag';
    const written = [this.getAttribute(name), this.getAttribute(`data-booking-${name}`), pageDefault(name)];
    // Content management systems leave empty attributes behind; those say nothing.
    return readOption(name, written.find((text) => text !== null && (isFlag || text.trim())) ?? null);
  }
}
