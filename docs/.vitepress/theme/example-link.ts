import { computed, ref } from 'vue';

/** What the pages of the docs write; the reader's own link replaces it in live examples. */
export const WRITTEN = 'https://cal.com/acme/30min';

const STORED = 'docs-example-link';

const isAddress = (text: string): boolean => /^https?:\/\/\S/.test(text) && URL.canParse(text);

/** The reader's text. Kept in the tab: what is live on one page is live on the next. */
const text = ref('');
const link = computed(() => (isAddress(text.value) ? text.value : ''));

/** Takes the link from the address (`?link=`) or from an earlier page; browsers only. */
function restore(): void {
  const given = new URLSearchParams(location.search).get('link');
  try {
    text.value = given ?? sessionStorage.getItem(STORED) ?? text.value;
  } catch {
    text.value = given ?? text.value;
  }
}

function keep(wanted: string): void {
  text.value = wanted.trim();
  try {
    sessionStorage.setItem(STORED, text.value);
  } catch {
    // Without storage the link is valid for this page.
  }
}

/** The scheduling link of live examples: `link` is empty until the reader gives one, and nobody is contacted before. */
export const useExampleLink = () => ({ text, link, restore, keep });
