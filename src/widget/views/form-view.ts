import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../booking/form-draft.js';
import type { Answer, FormField } from '../booking/form-fields.js';
import type { FieldFocus } from '../booking/settle-draft.js';
import { formatMessage } from '../locales/format-message.js';
import type { CoreStrings, FormStrings } from '../locales/strings.js';
import { fieldView } from './form-field-view.js';
import { openLink } from './open-link.js';
import type { CountryView } from './phone-country-view.js';

export interface FormModel {
  readonly strings: CoreStrings & FormStrings;
  readonly draft: Draft;
  readonly form: readonly FormField[];
  readonly countryView: CountryView;
  /** The chosen slot in words. */
  readonly time: string;
  /** Host that receives the answers. */
  readonly host: string;
  /** Address of the site owner's privacy notice; empty for none. */
  readonly privacyUrl: string;
  /** The scheduling page by itself, at the chosen slot; empty where there is no safe address. */
  readonly href: string;
}

export interface FormActions {
  readonly onAnswer: (slug: string, answer: Answer) => void;
  readonly onLeave: (field: FormField) => void;
  /** A pointer is pressed down within the form. */
  readonly onPress: () => void;
  readonly onSubmit: (event: SubmitEvent) => void;
  /** The visitor wants the provider's page instead. */
  readonly onDecline: () => void;
}

/** The id of a field's control, by which the first one with an error is found. */
const controlId = (index: number): string => `field-${index}`;

/** The control that gets the focus. */
export const problemSelector = ({ index, detail }: FieldFocus): string =>
  detail ? `#${controlId(index)}-detail, #${controlId(index)}` : `#${controlId(index)}`;

/** The provider's page, in the form's place or in a tab of its own. */
const pageView = (strings: FormModel['strings'], href: string, onDecline: () => void): TemplateResult =>
  html`<p class="fine actions">
    <button type="button" class="plain" part="use-page" @click=${onDecline}>${strings.useBookingPage}</button
    >${openLink(strings.openTab, href)}
  </p>`;

/** It is unknown whether there is a booking: the form must not be sent again. */
const unknownView = ({ strings, draft, href }: FormModel, { onDecline }: FormActions): TemplateResult =>
  html`<div class="card" role="alert" tabindex="-1" part="form-result">
    <h2>${draft.note === 'maybe-own' ? strings.slotTaken : strings.unknownOutcome}</h2>
    <p>${strings.checkBooking}</p>
    ${pageView(strings, href, onDecline)}
  </div>`;

/** Tools that record visits are asked to leave the form out; each has an attribute or a class of its own. */
const privateForm = (
  content: TemplateResult,
  { onPress, onSubmit }: Pick<FormActions, 'onPress' | 'onSubmit'>,
): TemplateResult =>
  html`<form
    part="form"
    novalidate
    class="ph-no-capture fs-mask"
    data-private
    data-hj-suppress
    data-sentry-mask
    data-clarity-mask="true"
    data-dd-privacy="mask"
    @pointerdown=${onPress}
    @submit=${onSubmit}
  >
    ${content}
  </form>`;

/** The booking form: the host's fields, who receives the answers, and one button that says what it does. */
export function formView(model: FormModel, actions: FormActions): TemplateResult {
  const { strings, draft, form, countryView, time, host, privacyUrl, href } = model;
  if (draft.step === 'unknown') return unknownView(model, actions);
  const fields = draft.moving ? [] : form.map((field, index) => ({ field, id: controlId(index) }));
  const { answers, problems, note } = draft;
  const { onAnswer, onLeave, onDecline } = actions;
  const notice = note === 'rate-limited' || note === 'offline' ? strings.failure[note] : '';
  return privateForm(
    html`${draft.moving ? html`<p>${strings.reschedule}</p>` : nothing}${fields.map(({ field, id }) =>
        fieldView({ field, id, answers, problems, strings, countryView, onAnswer, onLeave }),
      )}
      <input class="trap" name="website" tabindex="-1" autocomplete="off" aria-hidden="true" />
      <p role="alert" class="error">${notice || nothing}</p>
      <p>
        <button class="primary" type="submit" part="confirm">
          ${formatMessage(strings.confirm, { time })}
        </button>
      </p>
      <p class="fine">
        ${formatMessage(strings.dataNotice, { host })}
        ${
          privacyUrl
            ? html`<a part="privacy" href=${privacyUrl} target="_blank" rel="noopener"
                >${strings.privacyLink}</a
              >`
            : nothing
        }
      </p>
      ${pageView(strings, href, onDecline)}`,
    actions,
  );
}
