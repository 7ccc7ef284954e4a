import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** One item of a list, made at once: what a page has broken in `Intl` is to fail here, not while Lit writes. */
export interface KeyedItem {
  readonly key: unknown;
  readonly content: TemplateResult;
}

/** A list whose items keep their elements, and so their focus, when others come or go. */
export const keyedItems = (list: readonly KeyedItem[]): unknown =>
  repeat(
    list,
    ({ key }) => key,
    ({ content }) => content,
  );
