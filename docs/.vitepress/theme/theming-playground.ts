import { computed, defineComponent, h, ref, type VNode } from 'vue';
import { ExampleLink } from './example-link-field.js';
import { LiveExample } from './live-example.js';
import { contrast, cssOf, DEFAULT_LOOK, LOOKS, propertiesOf, type Look } from './look.js';
import { WRITTEN } from './example-link.js';

const FONTS: Readonly<Record<string, string>> = {
  "The page's": '',
  Serif: 'Georgia, serif',
  Monospace: 'ui-monospace, monospace',
};
const THEMES: Readonly<Record<string, string>> = { "The page's": '', Light: 'light', Dark: 'dark' };

const tagOf = ({ theme, accent }: Look): string =>
  `<booking-widget src="${WRITTEN}" loading="interaction"${theme && ` theme="${theme}"`} accent="${accent}" style="display:block;min-height:320px"><a href="${WRITTEN}">Book a time</a></booking-widget>`;

const valueOf = ({ target }: Event): string =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';

const field = (label: string, id: string, control: VNode): VNode =>
  h('div', {}, [h('label', { for: id }, label), control]);

/** Choices on one side, the widget with them on the other, and the CSS to copy. */
export const ThemingPlayground = defineComponent({
  name: 'ThemingPlayground',
  setup() {
    const look = ref<Look>(DEFAULT_LOOK);
    const copied = ref(false);
    const set = (change: Partial<Look>): void => {
      look.value = { ...look.value, ...change };
      copied.value = false;
    };
    const code = computed(() => `${cssOf(look.value)}\n\n/* ${tagOf(look.value)} */`);
    const ratio = computed(() => contrast(look.value.accent, look.value.onAccent));

    const color = (id: 'accent' | 'onAccent'): VNode =>
      h('input', {
        id,
        type: 'color',
        value: look.value[id],
        onInput: (event: Event) => set({ [id]: valueOf(event) }),
      });
    const choice = (id: 'font' | 'theme', options: Readonly<Record<string, string>>): VNode =>
      h(
        'select',
        { id, value: look.value[id], onChange: (event: Event) => set({ [id]: valueOf(event) }) },
        Object.entries(options).map(([text, value]) => h('option', { value }, text)),
      );

    return () => [
      h(ExampleLink),
      h('div', { class: 'looks', role: 'group', 'aria-label': 'Looks to begin with' }, [
        ...Object.entries(LOOKS).map(([name, preset]) =>
          h('button', { type: 'button', onClick: () => set(preset) }, name),
        ),
      ]),
      h('div', { class: 'look-fields' }, [
        field('Accent', 'accent', color('accent')),
        field('Text on it', 'onAccent', color('onAccent')),
        field(
          `Corners: ${look.value.radius} px`,
          'radius',
          h('input', {
            id: 'radius',
            type: 'range',
            min: 0,
            max: 24,
            value: look.value.radius,
            onInput: (event: Event) => set({ radius: Number(valueOf(event)) }),
          }),
        ),
        field('Font', 'font', choice('font', FONTS)),
        field('Theme', 'theme', choice('theme', THEMES)),
      ]),
      h(
        'p',
        { role: 'status', class: 'look-contrast' },
        ratio.value < 4.5
          ? `Contrast ${ratio.value.toFixed(1)}: too low for text. At least 4.5 is readable.`
          : `Contrast of text on the accent: ${ratio.value.toFixed(1)}.`,
      ),
      h(LiveExample, { code: encodeURIComponent(tagOf(look.value)), look: propertiesOf(look.value) }),
      h('div', { class: 'look-code' }, [
        h('pre', { tabindex: 0, 'aria-label': 'CSS' }, h('code', cssOf(look.value))),
        h(
          'button',
          {
            type: 'button',
            onClick: () => {
              void navigator.clipboard.writeText(code.value).then(() => (copied.value = true));
            },
          },
          copied.value ? 'Copied' : 'Copy CSS and tag',
        ),
      ]),
    ];
  },
});
