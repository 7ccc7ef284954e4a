import {
  OPTION_KINDS,
  OPTION_NAMES,
  propertyName,
  readOption,
  type OptionName,
  type Options,
} from './options.js';
import { pageDefault } from '../loader/page-defaults.js';

/** On a server there are no elements; importing the class must not fail there all the same. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * The option vocabulary as attributes and properties. The attribute is the truth: a property reads what holds and writes
 * the attribute, so that markup, frameworks and scripts all see the same.
 */
export abstract class OptionElement extends Base {
  static readonly observedAttributes: readonly string[] = OPTION_NAMES.flatMap((name) => [
    name,
    `data-booking-${name}`,
  ]);

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
   * Whether bookable times are shown natively, from the cache and the provider's API or the companion.
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
   * With `required` nothing third-party is contacted before `grant()` or a press on the facade.
   * @attr consent
   */
  declare consent: 'granted' | 'required';

  /**
   * When what a popup needs is made ready: on hover, focus or touch; when the page is idle; never.
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
   * Names of parameters in the page's address that are passed on to the scheduling page. Default: the five
   * `utm_*`.
   * @attr forward-params
   */
  declare forwardParams: string;

  /**
   * IANA name of the zone times are shown in. Default: the visitor's.
   * @attr time-zone
   */
  declare timeZone: string;

  /**
   * `auto` follows the scheduling page's height, `grow` only upwards, a number of pixels fixes it.
   * @attr height
   */
  declare height: string;

  /**
   * Name of the frame and text of the launcher. Default: the text of the link inside.
   * @attr label
   */
  declare label: string;

  /**
   * How many bookable times to show, 1 to 60. Default 6.
   * @attr slots
   */
  declare slots: number;

  /**
   * A time the visitor would like, as an ISO 8601 date-time: the nearest free times to it are shown first.
   * @attr preferred
   */
  declare preferred: string;

  /**
   * Holds a chosen time for the visitor while they fill in the form, where the provider lets a browser do that
   * (Cal.com: five minutes). Released when they leave it.
   * @attr reserve
   */
  declare reserve: boolean;

  /**
   * Seconds without a word from the scheduling page after which it counts as failed. Default 20.
   * @attr timeout
   */
  declare timeout: string;

  /**
   * How often a passing failure is tried again without asking, 0 to 10. Default 3.
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

  private written: Options | undefined;

  /** Called after an option was written; `name` is the option's, however it was written. */
  protected abstract optionChanged(name: string): void;

  /** Every option with the value that holds: element, `data-booking-*`, page-wide default, default. */
  get options(): Options {
    return (this.written ??= Object.fromEntries(
      OPTION_NAMES.map((name) => [name, this.readOption(name)]),
    ) as unknown as Options);
  }

  connectedCallback(): void {
    // Page-wide defaults and the attributes of parsed elements are complete only now.
    this.written = undefined;
    for (const name of [...OPTION_NAMES.map(propertyName), 'prefill', 'dataLayerAliases'])
      this.takeOver(name);
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old === value) return;
    this.written = undefined;
    this.optionChanged(name.replace('data-booking-', ''));
  }

  private readOption(name: OptionName): Options[OptionName] {
    const isFlag = OPTION_KINDS[name] === false;
    const written = [this.getAttribute(name), this.getAttribute(`data-booking-${name}`), pageDefault(name)];
    // Content management systems leave empty attributes behind; those say nothing.
    return readOption(name, written.find((text) => text !== null && (isFlag || text.trim())) ?? null);
  }

  /** A property that was set before the element was defined would hide the element's own. */
  private takeOver(property: string): void {
    if (!Object.hasOwn(this, property)) return;
    const element = this as unknown as Record<string, unknown>;
    const value = element[property];
    Reflect.deleteProperty(element, property);
    element[property] = value;
  }
}

for (const name of OPTION_NAMES)
  Object.defineProperty(OptionElement.prototype, propertyName(name), {
    get(this: OptionElement) {
      return this.options[name];
    },
    set(this: OptionElement, value: unknown) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? '' : String(value));
    },
    configurable: true,
    enumerable: true,
  });
