import type { Slot } from '../protocol/availability.js';
import { announcement } from './announcements.js';
import { BookingErrorEvent } from './booking-events.js';
import { styles } from './booking-widget.styles.js';
import { adopt } from './css.js';
import { customStates } from './custom-states.js';
import { el } from './dom.js';
import type { BookingDialog } from './dialog/booking-dialog.js';
import { accentOf, frameContext } from './frame-context.js';
import { startFrame, type Frame, type FrameEvent } from './frame/frame-controller.js';
import { reserveHeight, type ReservedHeight } from './frame/reserved-height.js';
import { whenNearViewport } from './frame/when-near-viewport.js';
import { loadPart } from './load-part.js';
import en from './locales/en.js';
import { findStrings } from './locales/find-locale.js';
import type { NativeTimes } from './native-times.js';
import type { OptionElement } from './option-element.js';
import { readSeconds } from './options.js';
import { readAddress } from './page-address.js';
import { findProvider } from './providers/find-provider.js';
import type { FrameContext, Prefill, Provider } from './providers/provider.js';
import { isPassing, retryDelay, retryLater } from './retry-backoff.js';
import type { OwnerView } from './owner-view.js';
import type { PreparationNeeds, Preparations } from './preparations.js';
import { onTimeZone, timeZone } from './time-zone.js';
import { createStage } from './views/stage-view.js';
import { initialState, reduce, type Action, type Failure, type WidgetState } from './widget-state.js';

/** What happened, in what state it left the widget, and when (milliseconds since the page's time origin). */
export type Happening = readonly [action: Action | 'defined' | 'visible', state: WidgetState, at: number];

/** The element as its controller sees it. */
export interface WidgetHost extends OptionElement {
  readonly prefill: Prefill;
  /** Further names for events and fields in the data layer. */
  readonly dataLayerAliases: Readonly<Record<string, string>>;
}

export interface WidgetController {
  readonly bookingId: string;
  connect(): void;
  disconnect(): void;
  /** An option (or `prefill`) has another value. */
  changed(option: string): void;
  open(slot?: Slot): void;
  close(): void;
  retry(): void;
  refresh(): void;
  prefetch(): void;
  grant(): void;
}

/** Options that change only how the widget looks or acts from now on; any other starts it anew. */
const LOOKS = /^(label|slots|debug|prepare|data-layer|retries|timeout)$/;

/** One function, so that the part is known again. */
const importTimes = () => import('./native-times.js');

/** Options that ask for what only the owner's view can tell or do. */
const TOLD = ['metrics-endpoint', 'companion', 'debug', 'data-layer', 'reserve'] as const;

let instances = 0;

/**
 * One widget from its tag to its booking: everything that happens goes through one `dispatch`, changes the state in one
 * place, and is drawn from the state. Lazy parts (provider, native times, dialog, owner's view) are fetched when needed
 * and missed without harm. Written as a closure rather than a class because its names then cost nothing in the bundle.
 */
export function controlWidget(
  host: WidgetHost,
  root: ShadowRoot,
  internals: ElementInternals,
): WidgetController {
  const instance = ++instances;
  const happenings: Happening[] = [];
  /** What has to be called off when another page is loaded or the widget goes. */
  const stops: (() => void)[] = [];
  let state = initialState;
  let strings = en;
  /** The address as it was found the last time, good or bad. */
  let written = '';
  let page: URL | null = null;
  let provider: Provider | undefined;
  let times: NativeTimes | undefined;
  let dialog: BookingDialog | undefined;
  let ownerView: Promise<OwnerView> | undefined;
  let height: ReservedHeight | undefined;
  let frame: Frame | undefined;
  /** What is made ready for the dialog's next opening. */
  let preparations: Preparations | undefined;
  /** The time the frame was last started at; a frame at one time does not show all of them. */
  let framedSlot: Slot | null = null;
  /** Counts the frames that were asked for, so that a part that arrives late does not start an older one. */
  let runs = 0;
  let live = false;
  let begun = false;
  let awaitsTimes = false;
  let granted = false;
  /** The host page took the failure over and shows the widget's own children. */
  let failureTaken = false;
  let openWhenLive: (() => void) | undefined;
  let teardown: ReturnType<typeof setTimeout> | undefined;
  let reload: Promise<void> | undefined;
  let drawing: Promise<void> | undefined;

  const lang = (): string => host.closest<HTMLElement>('[lang]')?.lang || navigator.language;
  /**
   * The link inside is the fallback, the default address and the default label. Of several it is the one that leads to
   * the scheduling page: the others may belong to what an unclosed tag has swallowed.
   */
  const link = (): HTMLAnchorElement | undefined =>
    [...host.querySelectorAll<HTMLAnchorElement>('a[href]')].find(
      (one, _, links) => !page || !links[1] || one.host === page.host,
    );
  const writtenAddress = (): string => host.options.src || link()?.getAttribute('href') || '';
  const label = (): string => host.options.label || link()?.textContent.trim() || strings.book;
  const zone = (): string => timeZone(host.options['time-zone']);
  const isInline = (): boolean => host.options.mode === 'inline';
  const isGranted = (): boolean => granted || host.options.consent === 'granted';

  // ── What happens ──────────────────────────────────────────────────────────────────────────────────────────────

  const dispatch = (action: Action): void => {
    const before = state;
    state = reduce(before, action);
    remember(action);
    if (state === before) return;
    const event = announcement(action, state, provider?.id ?? '');
    // Events are fired when the picture that belongs to them is there.
    const drawn = draw();
    if (event) void drawn.then(() => host.dispatchEvent(event));
    follow(action);
  };

  /** What an action brings about besides the next picture. */
  const follow = (action: Action): void => {
    times?.follow(action);
    switch (action.type) {
      case 'frame-start':
      case 'retry':
        void mount();
        break;
      case 'booked': {
        internals.setFormValue(controller.bookingId || null);
        const { change, start = change === 'cancelled' ? '' : state.chosen?.start } = action.booking;
        if (start) times?.forget(start, change !== 'cancelled');
        break;
      }
      case 'open':
        void showDialog();
        break;
      case 'close':
        // A frame without a box never becomes ready, so a half-loaded one starts again at the next opening.
        if (state.frame.status === 'loading' || state.frame.status === 'slow') dropFrame();
        break;
      default:
    }
  };

  /** Timings are noted at once and worked out later, by a part that is fetched when the visitor has been served. */
  const remember = (action: Action | 'visible' | 'defined'): void => {
    const happening: Happening = [action, state, performance.now()];
    if (ownerView)
      void ownerView.then(
        (view) => {
          view.hear(happening);
        },
        () => undefined,
      );
    else happenings.push(happening);
    const { status } = state.frame;
    if (!/idle|loading|slow/.test(status)) watchForOwner();
  };

  const watchForOwner = (): void => {
    if (ownerView) return;
    ownerView = loadPart(() => import('./owner-view.js')).then((part) =>
      part.ownerView(host, () => provider?.id ?? '', instance, happenings.splice(0), {
        dispatch,
        getProvider,
        about: () => page && { page, api: host.options.api, timeZone: zone(), times },
      }),
    );
    ownerView.catch(() => undefined);
  };

  // ── Loading ───────────────────────────────────────────────────────────────────────────────────────────────────

  const listenOnce = (type: string, call: () => void): void => {
    document.addEventListener(type, call, { once: true });
    stops.push(() => {
      document.removeEventListener(type, call);
    });
  };

  const load = (): void => {
    stopAll();
    live = true;
    begun = awaitsTimes = failureTaken = false;
    provider = undefined;
    dispatch({ type: 'load' });
    const { loading, mode, height: tall } = host.options;
    const accent = accentOf(host.options);
    // Written into a sheet of the widget's own: the page's inline style on the tag still wins.
    ownSheet.replaceSync(
      `:host{${accent && `--booking-accent:${accent};`}${parseInt(tall) ? `--booking-height:${parseInt(tall)}px` : ''}}`,
    );
    dialog?.stop();
    dialog = undefined;
    children.hidden = false;
    // Until the dialog's part is there, a link is just a link.
    root.replaceChildren(...(isInline() ? [stage.element, children] : [children]));
    written = writtenAddress();
    // The parser may not have come to the link inside yet.
    if (!written && document.readyState === 'loading') return listenOnce('DOMContentLoaded', load);
    const address = readAddress(written);
    page = address instanceof URL ? address : null;
    void findStrings(lang()).then((found) => {
      strings = found;
      void draw();
    });
    if (!page) {
      // Whoever put the widget there gets to listen first.
      const { loadId } = state;
      void draw().then(() => {
        if (loadId === state.loadId) fail(address as Failure);
      });
      return;
    }
    const start = (): void => {
      // Whoever wants to be told everything is told from the start.
      if (TOLD.some((name) => host.options[name])) watchForOwner();
      // A page without a box never becomes ready; in a closed dialog or tab it waits until that is opened.
      if (
        mode === 'floating' ||
        (loading === 'eager' && (root.firstElementChild as Element).checkVisibility())
      )
        near();
      stops.push(
        whenNearViewport(host, () => {
          remember('visible');
          near();
        }),
      );
    };
    if ((document as { readonly prerendering?: boolean }).prerendering)
      listenOnce('prerenderingchange', start);
    else start();
    if (state.open) void showDialog();
    openWhenLive?.();
    openWhenLive = undefined;
  };

  const near = (): void => {
    if (isInline()) void begin(true);
    else
      prepare((ready) => {
        ready.near();
      });
  };

  /**
   * The first step that contacts anybody, once the visitor agrees to that: native times, provider and, when it is wanted,
   * the frame. A page that nobody may frame contacts nobody: its link is there without being asked for.
   */
  const begin = async (withFrame?: boolean): Promise<void> => {
    const { options } = host;
    if (!page) return;
    const { id } = findProvider(page, options.provider);
    if (!id) getProvider().catch(() => undefined);
    if (!isGranted()) return;
    // Comes before the frame, which keeps the page busy while the cache is opened. Only Cal.com answers a browser.
    const coming =
      !begun &&
      options.availability !== 'off' &&
      (options.companion || id === 'cal') &&
      loadPart(importTimes);
    if (withFrame && options.loading !== 'interaction' && state.frame.status === 'idle')
      dispatch({ type: 'frame-start' });
    if (begun) return;
    begun = true;
    awaitsTimes = !!coming;
    void draw();
    if (!coming) return;
    const { loadId } = state;
    try {
      const [made, loaded] = await Promise.all([
        coming.then((part) =>
          part.nativeTimes(root, dispatch, {
            onChoose: choose,
            onAll: askCalendar,
            redraw: () => void draw(),
          }),
        ),
        getProvider(),
      ]);
      if (loadId !== state.loadId || loaded.capabilities.availability === 'none') return;
      times = made;
      times.load({ ...options, provider: loaded, page, timeZone: zone() }, loadId, options.preferred);
      stops.push(onTimeZone(rezone));
    } catch {
      // Without native times the calendar itself still comes; if it does not either, its failure says so.
    } finally {
      if (loadId === state.loadId) {
        awaitsTimes = false;
        void draw();
      }
    }
  };

  /** The visitor chose another zone. A calendar that waits behind the times starts anew in it. */
  const rezone = (): void => {
    times?.rezone(zone(), state.loadId);
    preparations?.drop();
    if (state.view !== 'calendar' && state.frame.status !== 'idle') restartFrame();
    void draw();
  };

  const getProvider = async (): Promise<Provider> => {
    const { loadId } = state;
    // Without a page this rejects as without its provider.
    const loaded =
      provider ?? (await loadPart(findProvider(page ?? new URL(''), host.options.provider).load));
    if (loadId === state.loadId) provider = loaded;
    // Nobody may frame it, and nobody has to be contacted to say so.
    if (loaded.capabilities.framing === 'no') dispatch({ type: 'frame-linked', loadId });
    return loaded;
  };

  const stopAll = (): void => {
    runs++;
    frame?.stop();
    preparations?.drop();
    height?.stop();
    times?.stop();
    times = undefined;
    for (const stop of stops.splice(0)) stop();
  };

  // ── The frame ─────────────────────────────────────────────────────────────────────────────────────────────────

  const restartFrame = (): void => {
    dropFrame();
    if (isGranted()) dispatch({ type: 'frame-start' });
  };

  const dropFrame = (): void => {
    runs++;
    frame?.stop();
    dispatch({ type: 'frame-drop' });
  };

  const context = (address: URL, stage: FrameContext['stage'] = ''): FrameContext =>
    frameContext({
      element: host,
      page: address,
      options: host.options,
      prefill: host.prefill,
      namespace: `booking-${instance}`,
      slot: state.chosen,
      timeZone: zone(),
      stage,
    });

  const start = (loaded: Provider, situation: FrameContext, hear: (event: FrameEvent) => void): Frame =>
    startFrame(
      stage.holder,
      {
        provider: loaded,
        context: situation,
        title: label(),
        timeout: readSeconds(host.options.timeout, 20) * 1000,
      },
      hear,
    );

  const mount = async (): Promise<void> => {
    const run = ++runs;
    const { loadId } = state;
    failureTaken = false;
    try {
      const [loaded] = await Promise.all([getProvider(), draw()]);
      if (run !== runs || !page || !host.isConnected || state.frame.status === 'linked') return;
      framedSlot = state.chosen;
      height = isInline() ? reserveHeight(stage.box, host.options.height, loaded.canonical(page)) : undefined;
      frame?.stop();
      const hear = (event: FrameEvent): void => {
        onFrame(event, loaded, loadId);
      };
      // A chosen time has an address of its own.
      if (framedSlot) preparations?.drop();
      frame = preparations?.reveal(context(page, 'revealed'), hear) ?? start(loaded, context(page), hear);
    } catch (cause) {
      if (run === runs)
        fail({ code: navigator.onLine ? 'provider-error' : 'offline', detail: String(cause) });
    }
  };

  const onFrame = (event: FrameEvent, { capabilities, height: bounds }: Provider, loadId: number): void => {
    switch (event.type) {
      case 'load':
        // Where the page never says how tall it is, the provider's file does.
        if (capabilities.height === 'fixed' && bounds.min) height?.request(bounds.min);
        dispatch({ type: 'frame-load', loadId });
        if (capabilities.ready === 'load') dispatch({ type: 'frame-shown', loadId });
        break;
      case 'slow':
      case 'ready':
        dispatch({ type: `frame-${event.type}`, loadId });
        break;
      case 'resize':
        if (event.height >= bounds.min) height?.request(Math.min(event.height, bounds.max));
        break;
      case 'slot-selected':
        if (event.doubtful) dispatch({ type: 'frame-doubt', loadId });
        break;
      case 'booked':
        dispatch({ type: 'booked', booking: event.booking });
        break;
      case 'closed':
        dispatch({ type: 'close' });
        break;
      case 'failed':
        fail(event);
        break;
      default:
    }
  };

  const fail = ({ code, detail }: Failure): void => {
    const { loadId, frame } = state;
    const attempt = frame.status === 'idle' ? 0 : frame.attempt;
    const again = isPassing(code) && attempt <= host.options.retries;
    const delay = retryDelay(attempt);
    failureTaken = !host.dispatchEvent(new BookingErrorEvent(code, detail, attempt, again));
    if (failureTaken) dispatch({ type: 'close' });
    dispatch({
      type: 'frame-fail',
      loadId,
      failure: { code, detail },
      retryAt: again ? Date.now() + delay : null,
    });
    if (again)
      stops.push(
        retryLater(delay, () => {
          retry(true);
        }),
      );
  };

  const retry = (automatic: boolean): void => {
    const { frame } = state;
    if (frame.status !== 'failed') return;
    if (!page) return load();
    dispatch({ type: 'retry', automatic });
    // What failed may have been the times' own part.
    if (!times) begun = false;
    void begin();
    if (!automatic) focus('.stage');
  };

  // ── What the visitor does ─────────────────────────────────────────────────────────────────────────────────────

  const focus = (selector: string): void => {
    void draw().then(() => {
      root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
  };

  const choose = (slot: Slot): void => {
    dispatch({ type: 'choose', slot, held: host.options.reserve });
    restartFrame();
    focus('[part="chosen"]');
  };

  const askCalendar = (): void => {
    dispatch({ type: 'ask-calendar' });
    if (state.frame.status === 'idle' || framedSlot) restartFrame();
    void begin();
    focus('.stage');
  };

  const backToTimes = (): void => {
    dispatch({ type: 'back-to-times' });
    focus('.stage');
  };

  // ── The dialog ────────────────────────────────────────────────────────────────────────────────────────────────

  const getDialog = async (): Promise<void> => {
    const part = await loadPart(() => import('./popup.js'));
    if (dialog || isInline()) return;
    adopt(root, part.dialogStyles);
    preparations = part.preparations(preparationNeeds);
    dialog = part.bookingDialog({
      host,
      slot: children,
      stage: stage.element,
      open: controller.open,
      close: controller.close,
      prepare: preparations.intend,
    });
    root.replaceChildren(...dialog.elements);
    void draw();
  };

  /** What the popup's part needs to make the scheduling page ready before anybody opens it. */
  const preparationNeeds: PreparationNeeds = {
    options: () => host.options,
    begin() {
      if (state.frame.status !== 'failed') void begin();
    },
    async start() {
      const run = runs;
      if (!page || !isGranted()) return;
      const loaded = await getProvider();
      if (run !== runs || state.open || state.frame.status !== 'idle') return;
      const situation = context(page, 'hidden');
      return (hear) => start(loaded, situation, hear);
    },
    redraw: () => void draw(),
  };

  const prepare = (how: (ready: Preparations) => void): void => {
    void getDialog()
      .then(() => preparations && how(preparations))
      .catch(() => undefined);
  };

  const showDialog = async (): Promise<void> => {
    try {
      await getDialog();
      if (state.open) void begin(true);
    } catch {
      // Without a dialog the launcher is what it was in the first place: a link.
      dispatch({ type: 'close' });
      if (page) location.assign(page);
    }
  };

  // ── The picture ───────────────────────────────────────────────────────────────────────────────────────────────

  /** Draws once for everything that changes in one go; resolves when it is drawn. */
  const draw = (): Promise<void> =>
    (drawing ??= Promise.resolve().then(() => {
      drawing = undefined;
      // Without a page to open, the link that stands there is the way out.
      const hasContent = failureTaken || !page || hasMoreThanFallback();
      if (isInline()) {
        stage.element.hidden = failureTaken;
        children.hidden = !hasContent;
      }
      if (!failureTaken) drawStage();
      dialog?.update({
        open: state.open,
        link: link(),
        pageUrl: href(),
        prepares: !!preparations?.has(),
        floating: host.options.mode === 'floating',
        label: label(),
        closeLabel: strings.close,
        hasContent,
      });
      internals.states.clear();
      for (const name of customStates(state, host.options)) internals.states.add(name);
    }));

  /** A tag that was never closed swallows the rest of the page; whatever is not the fallback link stays visible. */
  const hasMoreThanFallback = (): boolean =>
    [...host.childNodes].some((node) =>
      node instanceof Element ? !node.matches('a,br,[role=alert]') : node instanceof Text && node.data.trim(),
    );

  /** Children that arrive later may hold the address or the label. */
  const onChildren = (): void => {
    if (live && !page && writtenAddress() !== written) load();
    void draw();
  };

  /** The scheduling page by itself, at the chosen time. */
  const href = (): string => (page ? (provider ? provider.pageUrl(context(page)) : page).href : '');

  const drawStage = (): void => {
    stage.update({
      state,
      strings,
      label: label(),
      href: href(),
      consentHost: isGranted() || !page ? '' : page.host,
      awaitsTimes: awaitsTimes || state.times.asking === 'pending' || !begun,
      chosen: (state.chosen && times?.words(state.chosen, lang(), zone())) ?? '',
      times:
        times?.draw(state, {
          strings,
          heading: host.options.label,
          lang: lang(),
          timeZone: zone(),
          count: host.options.slots,
          preferred: host.options.preferred,
        }) ?? null,
    });
  };

  const controller: WidgetController = {
    get bookingId() {
      const { booking } = state;
      return booking && booking.change !== 'cancelled' ? booking.id : '';
    },
    connect() {
      clearTimeout(teardown);
      if (!live) load();
      // The element was moved: the browser has thrown the framed page away, so it is started properly.
      else if (state.frame.status !== 'idle') restartFrame();
    },
    disconnect() {
      // A move is a removal and an insertion; only a widget that stays away is taken down.
      teardown = setTimeout(() => {
        if (host.isConnected || !live) return;
        live = false;
        stopAll();
        dialog?.stop();
        dialog = undefined;
        dispatch({ type: 'close' });
        dispatch({ type: 'load' });
      });
    },
    changed(option) {
      if (!live) return;
      if (!LOOKS.test(option))
        // Several options that change in one go start the widget once.
        reload ??= Promise.resolve().then(() => {
          reload = undefined;
          if (live) load();
        });
      void draw();
    },
    open(slot) {
      if (!live) {
        openWhenLive = () => {
          controller.open(slot);
        };
        return;
      }
      if (slot) choose(slot);
      else if (isInline()) askCalendar();
      if (!isInline()) dispatch({ type: 'open' });
    },
    close() {
      openWhenLive = undefined;
      dispatch({ type: 'close' });
    },
    retry() {
      retry(false);
    },
    refresh() {
      times?.refresh();
    },
    prefetch() {
      if (isInline()) preparationNeeds.begin();
      else
        prepare((ready) => {
          ready.prefetch();
        });
    },
    grant() {
      if (granted) return;
      granted = true;
      if (live && (isInline() || state.open)) void begin(true);
      void draw();
    },
  };

  const stage = createStage({
    onShow() {
      granted = true;
      // A time that a script has chosen before is still the one.
      (state.chosen ? restartFrame : askCalendar)();
    },
    onBack: backToTimes,
    onRetry() {
      retry(false);
    },
  });
  const ownSheet = new CSSStyleSheet();
  const children = el('span', {}, el('slot', { slotchange: onChildren }));
  adopt(root, styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ownSheet];
  remember('defined');
  return controller;
}
