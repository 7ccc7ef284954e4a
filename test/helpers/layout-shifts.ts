import type { Page } from '@playwright/test';

/*
 * Only Chromium measures layout shifts. What the visitor's own input of the last 500 ms has caused is expected and not
 * counted: https://wicg.github.io/layout-instability/#dom-layoutshift-hadrecentinput
 */

/** Records the shifts of the page's documents from before their first script on. */
export const watchShifts = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly {
        readonly node: Node | null;
        readonly previousRect: DOMRectReadOnly;
        readonly currentRect: DOMRectReadOnly;
      }[];
    }
    const nameOf = (node: Node | null): string =>
      node instanceof Element
        ? `<${node.localName} ${node.part.value || node.className}>`
        : `"${node?.textContent?.trim() ?? ''}"`;
    const placeOf = ({ x, y, width, height }: DOMRectReadOnly): string => [x, y, width, height].join(',');
    const record = (entries: PerformanceEntryList): void => {
      for (const { value, hadRecentInput, sources } of entries as Shift[])
        if (!hadRecentInput)
          shifts.push(
            [
              value.toFixed(4),
              ...sources.map(
                ({ node, previousRect, currentRect }) =>
                  `${nameOf(node)} ${placeOf(previousRect)} → ${placeOf(currentRect)}`,
              ),
            ].join(' '),
          );
    };
    const observer = new PerformanceObserver((list) => {
      record(list.getEntries());
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    Object.assign(globalThis, {
      shifts: (): string[] => {
        record(observer.takeRecords());
        return shifts;
      },
    });
  });
};

/** The shifts until now: the score, and what moved from where to where. Entries are written with the frame after next. */
export const shiftsOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    await nextFrame();
    await nextFrame();
    return (globalThis as unknown as { shifts: () => string[] }).shifts();
  });
