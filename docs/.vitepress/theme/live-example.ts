import { defineComponent, h, onMounted, ref, watch, type PropType } from 'vue';
import { useExampleLink, WRITTEN } from './example-link.js';

/** The elements of a piece of our own markup, with the reader's link in it. */
function elementsOf(markup: string, link: string): Node[] {
  const escaped = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const parsed = new DOMParser().parseFromString(markup.replaceAll(WRITTEN, escaped), 'text/html');
  return [...parsed.body.childNodes].map((node) => document.importNode(node, true));
}

/** The result of a piece of HTML, once the reader has given a link. */
export const LiveExample = defineComponent({
  name: 'LiveExample',
  props: {
    /** Percent-encoded HTML. */
    code: { type: String, required: true },
    /** Custom properties for the widget. */
    look: { type: Object as PropType<Readonly<Record<string, string>>>, default: () => ({}) },
  },
  setup(props) {
    const { link } = useExampleLink();
    const stage = ref<HTMLElement>();

    function paint(): void {
      for (const widget of stage.value?.querySelectorAll<HTMLElement>('booking-widget') ?? [])
        for (const [name, value] of Object.entries(props.look)) widget.style.setProperty(name, value);
    }
    function show(): void {
      stage.value?.replaceChildren(
        ...(link.value ? elementsOf(decodeURIComponent(props.code), link.value) : []),
      );
      paint();
    }
    onMounted(() => {
      watch([link, () => props.code], show, { immediate: true, flush: 'post' });
      watch(() => props.look, paint, { deep: true });
    });
    return () =>
      h('div', { class: 'live-example' }, [
        link.value
          ? null
          : h('p', { class: 'live-example-empty' }, [
              'Live here: ',
              h('a', { href: '#example-link' }, 'paste your scheduling link'),
              '.',
            ]),
        h('div', { ref: stage }),
      ]);
  },
});
