import { PLACE_DETAIL, placeIn, textIn, type Answers, type FormField } from '../booking/form-fields.js';
import { loadChunk } from '../load-chunk.js';
import type { Store } from '../state/store.js';
import type { CountryView } from '../views/phone-country-view.js';

const importPhone = () => import('../phone-chunk.js');

const asksForPhone = ({ kind, places }: FormField): boolean =>
  kind === 'phone' || places.some(({ needs }) => needs === 'phone');

/** The phone numbers in a form: national ones get the calling code of the visitor's country. */
export function phoneFields(store: Pick<Store, 'state'>, update: () => void) {
  let numbers: ReturnType<Awaited<ReturnType<typeof importPhone>>['phoneNumbers']> | undefined;

  const view: CountryView = (answer, label, onAnswer) =>
    numbers?.view(textIn(answer), label, store.state.language.tag, onAnswer);

  return {
    /** Loads what phone numbers need. Without it they have to be typed with a calling code. */
    load(form: readonly FormField[]): void {
      if (numbers || !form.some(asksForPhone)) return;
      loadChunk(importPhone).then(
        ({ phoneNumbers }) => {
          numbers = phoneNumbers(store.state.timeZone, store.state.language.tag);
          update();
        },
        () => undefined,
      );
    },
    /** The answers as they are judged and sent. The same object where nothing is to be added. */
    complete(form: readonly FormField[], answers: Answers): Answers {
      let next = answers;
      for (const field of form) {
        const slug = field.kind === 'location' ? PLACE_DETAIL : field.slug;
        if (field.kind !== 'phone' && placeIn(field, answers)?.needs !== 'phone') continue;
        const text = textIn(answers[slug]);
        const complete = numbers?.complete(text) ?? text;
        if (complete !== text) next = { ...next, [slug]: complete };
      }
      return next;
    },
    view,
  };
}
