import { button, el } from './element.js';
import type { Answers } from './settings.js';

export interface BookingFormOptions {
  readonly submitLabel: string;
  readonly onSubmit: (answers: Answers) => Promise<void>;
  readonly onBack: () => void;
}

interface Field {
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  readonly error: HTMLElement;
  readonly element: HTMLElement;
  /** The error text for a value; empty when the value is valid. */
  readonly complaint: (value: string) => string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const splitGuests = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((guest) => guest.trim())
    .filter(Boolean);

const field = (
  name: string,
  label: string,
  input: HTMLInputElement | HTMLTextAreaElement,
  complaint: Field['complaint'],
  required = false,
): Field => {
  input.id = `field-${name}`;
  input.name = name;
  const error = el('p', { class: 'error', id: `error-${name}`, hidden: true });
  if (required) input.setAttribute('aria-required', 'true');
  const hint = required ? null : el('span', { class: 'optional' }, [' (optional)']);
  const caption = el('label', { for: input.id }, [label, hint]);
  return { input, error, complaint, element: el('div', { class: 'field' }, [caption, input, error]) };
};

/** The form for the attendee's answers. Each error is a text beside its field, and the first one gets the focus. */
export class BookingForm {
  readonly element: HTMLFormElement;
  readonly #name = field(
    'name',
    'Your name',
    el('input', { type: 'text', autocomplete: 'name' }),
    (value) => (value ? '' : 'Please tell us your name.'),
    true,
  );
  readonly #email = field(
    'email',
    'E-mail address',
    el('input', { type: 'email', autocomplete: 'email', inputmode: 'email' }),
    (value) => {
      if (!value) return 'Please tell us where to send the confirmation.';
      return EMAIL.test(value)
        ? ''
        : 'This does not look like an e-mail address. An example: you@example.com';
    },
    true,
  );
  readonly #notes = field('notes', 'Anything that helps us prepare?', el('textarea', { rows: 3 }), () => '');
  readonly #guests = field(
    'guests',
    'Guests',
    el('input', { type: 'text', inputmode: 'email', placeholder: 'a@example.com, b@example.com' }),
    (value) =>
      splitGuests(value).every((guest) => EMAIL.test(guest)) ? '' : 'Please separate addresses by commas.',
  );
  readonly #fields = [this.#name, this.#email, this.#notes, this.#guests];
  readonly #failure = el('p', { class: 'error failure', role: 'alert', hidden: true });
  readonly #submit: HTMLButtonElement;
  readonly #options: BookingFormOptions;

  constructor(options: BookingFormOptions) {
    this.#options = options;
    this.#submit = el('button', { type: 'submit', class: 'primary' }, [options.submitLabel]);
    this.element = el('form', { class: 'booking-form', novalidate: true, 'aria-labelledby': 'form-title' }, [
      el('h2', { id: 'form-title', tabindex: -1 }, ['Your details']),
      ...this.#fields.map(({ element }) => element),
      this.#failure,
      el('div', { class: 'actions' }, [button('Back', options.onBack, { class: 'plain' }), this.#submit]),
    ]);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#onSubmit();
    });
    for (const each of this.#fields) each.input.addEventListener('input', () => this.#send(each, ''));
  }

  focus(): void {
    this.element.querySelector('h2')?.focus();
  }

  /** Fills in what the visitor has not typed. */
  fill({ name, email, notes, guests }: Partial<Answers>): void {
    if (name && !this.#name.input.value) this.#name.input.value = name;
    if (email && !this.#email.input.value) this.#email.input.value = email;
    if (notes && !this.#notes.input.value) this.#notes.input.value = notes;
    if (guests?.length && !this.#guests.input.value) this.#guests.input.value = guests.join(', ');
  }

  async #onSubmit(): Promise<void> {
    if (this.#submit.disabled) return;
    const wrong = this.#fields.filter((each) => {
      const complaint = each.complaint(each.input.value.trim());
      this.#send(each, complaint);
      return complaint !== '';
    });
    const [first] = wrong;
    if (first) {
      first.input.focus();
      return;
    }
    this.#failure.hidden = true;
    this.#busy(true);
    try {
      await this.#options.onSubmit({
        name: this.#name.input.value.trim(),
        email: this.#email.input.value.trim(),
        notes: this.#notes.input.value.trim(),
        guests: splitGuests(this.#guests.input.value),
      });
    } catch {
      this.#failure.textContent =
        'The booking could not be sent. Please check your connection and try again.';
      this.#failure.hidden = false;
    } finally {
      this.#busy(false);
    }
  }

  #busy(busy: boolean): void {
    this.#submit.disabled = busy;
    this.#submit.textContent = busy ? 'Booking…' : this.#options.submitLabel;
  }

  #send({ input, error }: Field, complaint: string): void {
    error.textContent = complaint;
    error.hidden = complaint === '';
    if (complaint) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', error.id);
    } else {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
    }
  }
}
