import { html, nothing, type TemplateResult } from 'lit';

/**
 * The fallback link: the scheduling page in a tab of its own, which has no opener by itself in every engine that runs
 * this. Nothing where there is no safe address.
 */
export const openLink = (text: string, href: string, isPrimary = false): TemplateResult | typeof nothing =>
  href
    ? html`<a part="open-link" class=${isPrimary ? 'primary' : nothing} href=${href} target="_blank"
        >${text}</a
      >`
    : nothing;
