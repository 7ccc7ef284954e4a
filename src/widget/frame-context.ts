import { OPTION_NAMES, propertyName, type Options } from './options.js';
import { embeddingPage } from './embedding-page.js';
import { forwardedParams } from './forwarded-params.js';
import { answerTexts, type PrefillAnswer } from './providers/answer-texts.js';
import type { FrameContext, Prefill } from './providers/provider.js';
import { resolveColor } from './resolve-color.js';
import type { WidgetState } from './state/state.js';

/** A list as an attribute writes it. */
const words = (list: string): string[] => list.split(/[\s,;]+/).filter(Boolean);

/** Attributes name the usual answers; the property `prefill` overrides and adds. Empty answers are none. */
function allPrefill(options: Options, prefill: Prefill): Prefill {
  const answers: Record<string, PrefillAnswer> = {};
  for (const name of OPTION_NAMES)
    if (/^prefill-/.test(name)) answers[propertyName(name.slice(8))] = String(options[name]);
  Object.assign(answers, { guests: words(options['prefill-guests']) }, prefill);
  for (const name in answers) if (!answerTexts(answers[name]).length) delete answers[name];
  return answers;
}

/** Whatever is no CSS colour is none. */
export const accentOf = ({ accent }: Options): string => (CSS.supports('color', accent) ? accent : '');

/**
 * Puts together all that decides which page is framed.
 *
 * @param host the element: what it inherits decides colours
 */
export function frameContext(
  host: HTMLElement & { readonly prefill: Prefill },
  page: URL,
  { options, chosen, timeZone }: Pick<WidgetState, 'options' | 'chosen' | 'timeZone'>,
  namespace: string,
  stage: FrameContext['stage'],
): FrameContext {
  const { theme } = options;
  const schemes = /^(light|dark)$/.test(theme) ? theme : getComputedStyle(host).colorScheme;
  // A page with both shows the one that the visitor prefers.
  const isLight = /light/.test(schemes);
  const isDark = /dark/.test(schemes) && (!isLight || matchMedia('(prefers-color-scheme:dark)').matches);
  return {
    page,
    host: embeddingPage().host,
    namespace,
    modal: options.mode !== 'inline',
    stage,
    slot: chosen,
    timeZone,
    theme,
    colorScheme: isDark ? 'dark' : isLight ? 'light' : '',
    accent: resolveColor(options.accent, host),
    layout: options.layout,
    hideDetails: options['hide-details'],
    prefill: allPrefill(options, host.prefill),
    params: forwardedParams(words(options['forward-params'])),
  };
}
