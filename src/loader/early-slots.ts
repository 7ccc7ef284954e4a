import { dayOf, spanOf } from '../scheduling/local-days.js';
import { withMargin } from '../widget/availability/stale-while-revalidate.js';
import { windowOf } from '../widget/availability/week-pages.js';
import { companionSlotsUrl } from '../widget/availability/companion-slots-url.js';
import { MARGINS } from '../widget/frame/when-near-viewport.js';
import { localStore } from '../widget/platform/safe-storage.js';
import { COMMON_PROVIDERS } from '../widget/providers/common-hosts.js';
import { EARLY_REQUESTS } from '../widget/providers/early-requests.js';
import type { SlotsRequest } from '../widget/providers/provider.js';
import { timeZone } from '../widget/time-zone.js';
import { MARK } from '../widget/version-mark.js';
import { VERSION } from '../version.js';
import { guessProvider } from './guess-provider.js';
import type { EarlyResponse, PageRegistry } from './page-registry.js';
import { addressOf, BOX, isTag, modeOf, TAG, writtenOption } from './placeholder.js';

/** More widgets than a visitor has in view at once would use up the budget of requests before they are seen. */
const MAX_EARLY = 2;

/** Options that decide about the request, as properties. */
const PROPERTIES = 'src provider api mode consent availability companion preferred timeZone'.split(' ');

/** Options with which slots wait for the visitor, are not wanted, or begin on another day. */
const isLater = (placeholder: Element): boolean =>
  // A script of the page may set properties before the element is there, which only the element can read with certainty.
  PROPERTIES.some((name) => name in placeholder) ||
  // What a box has around it may set options as well.
  (!isTag(placeholder) && !!placeholder.parentElement?.closest('.booking-widget')) ||
  modeOf(placeholder) !== 'inline' ||
  !/^(granted)?$/i.test(writtenOption(placeholder, 'consent')) ||
  /off/i.test(writtenOption(placeholder, 'availability')) ||
  !!writtenOption(placeholder, 'preferred');

/** The request that a placeholder's widget will send first on this visit; null where that is not plain. */
function firstRequest(placeholder: Element): SlotsRequest | null {
  const page = addressOf(placeholder);
  const named = writtenOption(placeholder, 'provider');
  const { id } =
    (page && (named ? COMMON_PROVIDERS.find((each) => each.id === named) : guessProvider(page))) ?? {};
  if (!page || !id || isLater(placeholder)) return null;
  const { openingDay, canonical, request } = EARLY_REQUESTS[id];
  if (openingDay(page)) return null;
  const zone = timeZone(writtenOption(placeholder, 'time-zone'));
  const now = Date.now();
  const { from, to } = withMargin(spanOf(windowOf(null, dayOf(now, zone)), zone), now);
  const days = { start: new Date(from).toISOString(), end: new Date(to).toISOString(), timeZone: zone };
  const companion = writtenOption(placeholder, 'companion');
  if (companion) return { url: companionSlotsUrl(companion, { src: canonical(page), ...days }), headers: {} };
  return request?.({ page, api: writtenOption(placeholder, 'api'), ...days }) ?? null;
}

function send({ url, headers }: SlotsRequest): EarlyResponse {
  const abort = new AbortController();
  const { signal } = abort;
  const response = fetch(url, { headers, signal, credentials: 'omit', cache: 'no-store' });
  // The widget that takes the response gets the failure with it.
  response.catch(() => undefined);
  return { response, at: performance.now(), abort };
}

/**
 * Requests the slots of widgets that are near the viewport while the element's code is on its way, which takes a round trip
 * and its evaluation. The widget takes the response in place of a request of its own, by its URL. Only on a first visit: later
 * ones know slots already. Ends when the element is there.
 */
export function requestSlotsEarly(page: PageRegistry): void {
  const isPrerendered = (document as { readonly prerendering?: boolean }).prerendering;
  if (isPrerendered || customElements.get(TAG) || localStore.get(MARK) === VERSION) return;
  const responses = (page.early ??= new Map<string, EarlyResponse>());
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || responses.size >= MAX_EARLY) continue;
        observer.unobserve(target);
        try {
          const request = firstRequest(target);
          if (request && !responses.has(request.url)) responses.set(request.url, send(request));
        } catch {
          // What a page's polyfill breaks is broken for the element as well, which says so.
        }
      }
    },
    { rootMargin: MARGINS.near },
  );
  for (const placeholder of document.querySelectorAll(`${TAG},${BOX}`)) observer.observe(placeholder);
  void customElements.whenDefined(TAG).then(() => observer.disconnect());
}
