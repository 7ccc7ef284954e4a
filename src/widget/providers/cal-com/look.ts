import type { FrameContext } from '../provider.js';

/** The look in the page's own words. */
export interface CalLook {
  readonly theme?: 'light' | 'dark' | 'auto';
  readonly layout?: 'month_view' | 'week_view' | 'column_view';
  readonly colorScheme?: string;
  readonly hideEventTypeDetails?: true;
  readonly cssVarsPerTheme?: Readonly<Record<'light' | 'dark', Record<string, string>>>;
}

/** The layout where it is one of the page's own, or empty. */
export const layoutOf = (layout: string): string => /^(month|week|column)_view$/.exec(layout)?.[0] ?? '';

/** The look in the page's own words; what the site owner did not decide is left to it. */
export function lookOf({ theme, layout, colorScheme, hideDetails, accent }: FrameContext): CalLook {
  const colors = {
    'cal-brand': accent,
    // The page's own text on buttons is meant for its own colours: white on what is dark, black on what is light.
    'cal-brand-text': `oklch(from ${accent} calc((.65 - l) * 999) 0 0)`,
  };
  const look = {
    theme,
    layout: layoutOf(layout),
    colorScheme,
    hideEventTypeDetails: hideDetails,
    cssVarsPerTheme: accent && { light: colors, dark: colors },
  };
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value));
}
