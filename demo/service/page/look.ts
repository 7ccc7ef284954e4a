import type { Layout, Settings, Theme } from './settings.js';

/** The settings of the page's appearance that can change while it is open. */
export interface LookChanges {
  readonly theme?: Theme;
  readonly layout?: Layout;
  readonly hideDetails?: boolean;
  readonly colorScheme?: string;
  readonly accent?: string;
}

const root = document.documentElement;

/** Applies the appearance to the document; calls `onLayout` when slots have to be laid out again. */
export class Look {
  layout: Layout = 'month_view';
  onLayout: () => void = () => undefined;

  read({ theme, layout, hideDetails, colorScheme, colors }: Settings): void {
    this.change({
      ...(theme && { theme }),
      ...(layout && { layout }),
      ...(hideDetails && { hideDetails }),
      ...(colorScheme && { colorScheme }),
      ...(colors.accent && { accent: colors.accent }),
    });
    if (colors.background) root.style.setProperty('--surface', colors.background);
    if (colors.text) root.style.setProperty('--text', colors.text);
  }

  change({ theme, layout, hideDetails, colorScheme, accent }: LookChanges): void {
    if (theme) root.dataset['theme'] = theme;
    if (hideDetails !== undefined) root.toggleAttribute('data-hide-details', hideDetails);
    if (colorScheme) root.style.colorScheme = colorScheme;
    if (accent) root.style.setProperty('--accent', accent);
    if (layout && layout !== this.layout) {
      this.layout = layout;
      root.dataset['layout'] = layout;
      this.onLayout();
    }
  }
}
