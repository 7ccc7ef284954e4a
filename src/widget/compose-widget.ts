import { html, nothing, type TemplateResult } from 'lit';
import { importDialog, importForm, importSlots } from './chunks.js';
import type { WidgetController, WidgetHost } from './controllers/controller.js';
import { dialogHeightController } from './controllers/dialog-height-controller.js';
import { formBoxController } from './controllers/form-box-controller.js';
import { formPrefetchController } from './controllers/form-prefetch-controller.js';
import { frameController } from './controllers/frame-controller.js';
import { heightController } from './controllers/height-controller.js';
import { lazyController } from './controllers/lazy-controller.js';
import { localeController } from './controllers/locale-controller.js';
import { recentInput } from './controllers/recent-input.js';
import { retryController } from './controllers/retry-controller.js';
import { sourceController } from './controllers/source-controller.js';
import { visibilityController } from './controllers/visibility-controller.js';
import type { Effect } from './state/effects.js';
import { hasSlots, isInline, isTakenOver, pageOf } from './state/selectors.js';
import type { BrokenView } from './state/state.js';
import { stageView } from './views/stage-view.js';
import type { WidgetActions } from './widget-actions.js';

/** Puts one widget together: its controllers, which meet in the store alone, and what is rendered of state and chunks. */
export function composeWidget(host: WidgetHost, actions: WidgetActions) {
  const { store } = host;

  const label = (): string => {
    const { options, fallback, language } = store.state;
    return options.label || fallback.text || language.strings.book;
  };

  /** The scheduling page by itself, at the chosen slot. */
  const href = (): string => {
    const { provider } = store.state;
    const context = provider && frames.context();
    return (context ? provider.pageUrl(context) : pageOf(store.state))?.href ?? '';
  };

  /** Without a dialog the launcher is what it was in the first place: a link. */
  const followLink = (): void => {
    if (store.state.dialog === 'closed') return;
    store.send({ type: 'close' });
    const page = pageOf(store.state);
    if (page) location.assign(page);
  };

  const source = sourceController(host);
  const onSlotChange = (): void => source.childrenChanged();
  const slots = lazyController(host, {
    trigger: 'load-slots-chunk',
    load: importSlots,
    create: (chunk) => [chunk.slotsController(host), chunk.slotsStyles],
    onLoaded: () => store.send({ type: 'slots-chunk-loaded' }),
    // Without slots the calendar itself still comes; if it does not either, its failure says so.
    onFailed: (cause) => store.send({ type: 'slots-failed', detail: String(cause), chunk: true }),
  });
  const dialog = lazyController(host, {
    trigger: 'load-dialog',
    load: importDialog,
    create: (chunk) => [
      chunk.dialogController(host, { frames, stage, label, href, onSlotChange }),
      chunk.dialogStyles,
    ],
    onLoaded: () => store.send({ type: 'dialog-loaded' }),
    onFailed() {
      store.send({ type: 'preparation-failed' });
      followLink();
    },
  });
  const form = lazyController(host, {
    trigger: 'check-form',
    load: importForm,
    create: (chunk) => [
      chunk.formController(host, {
        context: () => frames.context(),
        href,
        words: (slot) => slots.loaded?.words(slot) ?? '',
        back: actions.back,
      }),
      chunk.formStyles,
    ],
    onLoaded: () => void form.loaded?.check(),
    onFailed: (cause) => store.send({ type: 'form-declined', detail: String(cause) }),
  });
  const frames = frameController(host, {
    label,
    prepared: () => dialog.loaded,
    // What was typed goes to the provider's page once that has taken the form's place, and nowhere else.
    typed: () => (store.state.form === 'no' && form.loaded?.typed()) || {},
  });
  const input = recentInput(host);
  const controllers: readonly WidgetController[] = [
    localeController(host),
    source,
    visibilityController(host),
    input,
    heightController(host, input),
    dialogHeightController(host, input),
    formBoxController(host, input),
    frames,
    retryController(host),
    slots,
    form,
    formPrefetchController(host),
    dialog,
  ];
  for (const controller of controllers) host.addController(controller);

  const viewFailed = (view: BrokenView, cause: unknown): void =>
    // After the update that it happened in.
    queueMicrotask(() => store.send({ type: 'view-failed', view, detail: String(cause), cause }));
  store.subscribe((_, { broken, dialog }) => {
    if (dialog !== 'closed' && broken.includes('stage')) queueMicrotask(followLink);
  });

  /** Leaves out a part that cannot be rendered, so that the rest can. */
  const guard = <T>(part: BrokenView, instead: T, view: () => T): T => {
    if (store.state.broken.includes(part)) return instead;
    try {
      return view();
    } catch (cause) {
      viewFailed(part, cause);
      return instead;
    }
  };

  const stage = (): TemplateResult => {
    const { state } = store;
    const { chosen } = state;
    const { loaded } = slots;
    return stageView(
      {
        state,
        label: label(),
        href: href(),
        chosen: guard('slots', '', () => (chosen && loaded?.words(chosen)) ?? ''),
        form: guard('form', null, () => form.loaded?.view() ?? null),
        slots: guard(
          'slots',
          nothing,
          () => (hasSlots(state) && loaded?.view(actions.choose, actions.showCalendar)) || nothing,
        ),
        isHidden: isTakenOver(state),
      },
      actions,
    );
  };

  return {
    perform(effect: Effect): void {
      for (const controller of controllers) controller.perform?.(effect);
    },
    slots,
    viewFailed,
    view(): TemplateResult {
      const { state } = store;
      if (isInline(state)) {
        const hasContent = isTakenOver(state) || !pageOf(state) || state.fallback.hasContent;
        return html`${stage()}<span ?hidden=${!hasContent}><slot @slotchange=${onSlotChange}></slot></span>`;
      }
      // The children alone before the dialog is there, and where it cannot be rendered: then the launcher is a link.
      if (dialog.loaded && !state.broken.includes('stage')) return dialog.loaded.view();
      return html`<span><slot @slotchange=${onSlotChange}></slot></span>`;
    },
  };
}
