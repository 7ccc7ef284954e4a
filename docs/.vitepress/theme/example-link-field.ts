import { defineComponent, h, onMounted } from 'vue';
import { useExampleLink } from './example-link.js';

/** The field for the reader's own link. */
export const ExampleLink = defineComponent({
  name: 'ExampleLink',
  setup() {
    const { text, link, restore, keep } = useExampleLink();
    onMounted(restore);
    return () =>
      h('form', { class: 'example-link', onSubmit: (event: Event) => event.preventDefault() }, [
        h('label', { for: 'example-link' }, 'Your scheduling link'),
        h('input', {
          id: 'example-link',
          type: 'url',
          inputmode: 'url',
          autocomplete: 'off',
          spellcheck: false,
          placeholder: 'https://cal.com/you/30min',
          'aria-describedby': 'example-link-hint',
          value: text.value,
          onChange: (event: Event) => {
            if (event.target instanceof HTMLInputElement) keep(event.target.value);
          },
        }),
        h(
          'p',
          { id: 'example-link-hint' },
          text.value && !link.value
            ? 'This is no address. A link begins with https://.'
            : link.value
              ? 'The examples below are live with your link. Bookings would be real ones.'
              : 'The examples below show your own slots. Until then this page contacts nobody.',
        ),
      ]);
  },
});
