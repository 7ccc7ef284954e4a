/** What moved, as the Layout Instability API says it. `node` is withheld for what lies in a shadow tree. */
export interface ShiftSource {
  readonly node?: Node | null;
  readonly previousRect: DOMRectReadOnly;
  readonly currentRect: DOMRectReadOnly;
}

/**
 * Whether a widget is seen to be the cause of a layout shift. The at most five sources of a shift are what moved, not
 * what moved them, so the cause is read off the geometry:
 *
 * - A widget that was itself moved is a victim: something else made it move.
 * - What moved within a widget that stayed, or over ground that it covers now or covered before, was moved by it.
 *
 * When in doubt it is the widget's: the whole shift counts even where only one of its sources does.
 *
 * @param box where the widget is on the screen
 * @param height the greater of the heights that it has and had
 */
export const isWidgetShift = (
  sources: readonly ShiftSource[],
  host: Element,
  { top, left, right }: DOMRectReadOnly,
  height: number,
): boolean =>
  !sources.some(({ node }) => node?.contains(host)) &&
  sources.some(({ previousRect, currentRect }) => {
    // A place outside the viewport is reported as a rectangle of no size.
    const places = [previousRect, currentRect].filter((place) => place.height);
    const tops = places.map((place) => place.top);
    return (
      places.some((place) => place.left < right && place.right > left) &&
      Math.min(...tops) < top + height - 1 &&
      Math.max(...tops) > top - 1
    );
  });
