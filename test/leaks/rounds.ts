import type { Page } from '@playwright/test';

/** How far a widget gets before it is removed. `settled`: slots are there, or its dialog was opened and closed. */
const MOMENTS = ['at once', 'next frame', 'opening', 'settled', 'ready'] as const;

export interface Plan {
  readonly mode: 'inline' | 'popup' | 'floating';
  readonly loading: 'lazy' | 'eager' | 'interaction';
  readonly moment: (typeof MOMENTS)[number];
}

/** Every mode with every loading and every moment. */
export const PLANS: readonly Plan[] = (['inline', 'popup', 'floating'] as const).flatMap((mode) =>
  (['lazy', 'eager', 'interaction'] as const).flatMap((loading) =>
    MOMENTS.map((moment) => ({ mode, loading, moment })),
  ),
);

/**
 * Mounts and removes one widget after the other in `#app`.
 *
 * @param cal origin of the scheduling service, @param host a host of it
 */
export const mountAndRemove = (
  page: Page,
  cal: string,
  host: string,
  plans: readonly Plan[],
): Promise<void> =>
  page.evaluate(
    async ([origin, name, list]) => {
      type Widget = HTMLElement & { open?: () => void; close?: () => void };
      const app = document.querySelector('#app') as HTMLElement;
      const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
      const fired = (widget: Widget, type: string): Promise<unknown> =>
        new Promise((resolve) => {
          widget.addEventListener(type, resolve, { once: true });
        });
      /** The moment at which the widget is removed. */
      const reach = async (widget: Widget, { mode, loading, moment }: Plan, round: number): Promise<void> => {
        if (moment === 'next frame') await nextFrame();
        else if (moment === 'opening') {
          widget.open?.();
          // Up to 50 ms: chunks, slots and the frame arrive while the dialog opens.
          for (let frames = round % 4; frames > 0; frames--) await nextFrame();
        } else if (moment === 'ready') {
          const ready = fired(widget, 'booking-ready');
          const slots = loading === 'interaction' ? fired(widget, 'booking-availability') : null;
          if (mode !== 'inline') widget.open?.();
          await slots;
          if (slots) widget.shadowRoot?.querySelector<HTMLElement>('[part~=slot]')?.click();
          await ready;
        } else if (moment === 'settled' && mode === 'inline') await fired(widget, 'booking-availability');
        else if (moment === 'settled') {
          const opened = fired(widget, 'booking-open');
          widget.open?.();
          await opened;
          const closed = fired(widget, 'booking-close');
          widget.close?.();
          await closed;
        }
      };
      for (const [round, plan] of list.entries()) {
        const { mode, loading } = plan;
        const src = `${origin}/${name}/30min`;
        // A scheduling page that is to become ready is what these rounds wait for.
        const options = { mode, loading, provider: 'cal', api: origin, src, booking: 'frame' };
        const widget: Widget = document.createElement('booking-widget');
        for (const [option, value] of Object.entries(options)) widget.setAttribute(option, value);
        app.replaceChildren(widget);
        await reach(widget, plan, round);
        app.replaceChildren();
      }
    },
    [cal, host, plans] as const,
  );
