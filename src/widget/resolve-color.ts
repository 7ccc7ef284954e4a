const byte = (share: number): string =>
  Math.round(Math.min(Math.max(share, 0), 1) * 255)
    .toString(16)
    .padStart(2, '0');

/**
 * A CSS colour in whatever notation (`var()`, `currentColor` and wide-gamut ones included) as `#rrggbb`, as it comes out
 * inside `element`; empty for what is no colour there, is fully transparent, or where `element` is not rendered. The
 * opacity is dropped: providers take opaque colours only.
 */
export function resolveColor(color: string, element: Element): string {
  if (!color) return '';
  const probe = document.createElement('span');
  // A missing `var()` makes a background transparent, whereas `color` would be inherited. Mixed with itself every colour
  // is serialised as `color(srgb …)`: https://drafts.csswg.org/css-color-5/#resolving-mix
  probe.style.backgroundColor = `color-mix(in srgb,${color},${color})`;
  if (!probe.style.backgroundColor) return '';
  // The shadow root is out of sight of the page's own mutation observers.
  (element.shadowRoot ?? element).append(probe);
  const { backgroundColor } = getComputedStyle(probe);
  probe.remove();
  const [, red, green, blue, alpha = '1'] =
    /^color\(srgb (\S+) (\S+) (\S+?)(?: \/ (\S+))?\)$/.exec(backgroundColor) ?? [];
  return blue && Number(alpha) ? `#${[red, green, blue].map((share) => byte(Number(share))).join('')}` : '';
}
