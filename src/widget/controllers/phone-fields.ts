import { PLACE_DETAIL, placeIn, textIn, type Answers, type FormField } from '../booking/form-fields.js';
import type { PhoneCountry } from '../booking/phone-countries.js';
import { loadChunk } from '../load-chunk.js';
import type { Store } from '../state/store.js';
import type { CountryView } from '../views/phone-country-view.js';

const importPhone = () => import('../phone-chunk.js');

const asksForPhone = ({ kind, places }: FormField): boolean =>
  kind === 'phone' || places.some(({ needs }) => needs === 'phone');

/** Where the phone numbers are among the answers. */
const phoneSlugs = (form: readonly FormField[], answers: Answers): string[] =>
  form.flatMap((field) => {
    if (field.kind === 'phone') return [field.slug];
    return field.kind === 'location' && placeIn(field, answers)?.needs === 'phone' ? [PLACE_DETAIL] : [];
  });

/** The country of the phone numbers in a form: the visitor's choice, else where the visitor seems to be. */
export function phoneFields(store: Pick<Store, 'state'>, update: () => void) {
  let chunk: Awaited<ReturnType<typeof importPhone>> | undefined;
  let country: PhoneCountry | undefined;

  return {
    /** Loads what phone numbers need. Without it they have to be typed with a calling code. */
    load(form: readonly FormField[]): void {
      if (chunk || !form.some(asksForPhone)) return;
      loadChunk(importPhone).then(
        (loaded) => {
          chunk = loaded;
          country = loaded.likelyCountry(store.state.timeZone, [
            ...navigator.languages,
            store.state.language.tag,
          ]);
          update();
        },
        () => undefined,
      );
    },
    /** The answers as they are judged and sent: numbers have a calling code. The same object where all have. */
    complete(form: readonly FormField[], answers: Answers): Answers {
      let next = answers;
      for (const slug of phoneSlugs(form, answers)) {
        const text = textIn(answers[slug]);
        const complete = chunk && country ? chunk.withCode(text, country) : text;
        if (complete !== text) next = { ...next, [slug]: complete };
      }
      return next;
    },
    get view(): CountryView | undefined {
      const loaded = chunk;
      return (
        loaded &&
        ((answer, label, onAnswer) => {
          const text = textIn(answer);
          return loaded.phoneCountryView(
            store.state.language.tag,
            label,
            loaded.countryOf(text, country) ?? country,
            (chosen) => {
              country = chosen;
              onAnswer(loaded.inCountry(text, chosen));
            },
          );
        })
      );
    },
  };
}
