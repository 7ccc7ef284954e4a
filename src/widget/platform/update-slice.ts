/** Milliseconds of one task that the widgets of a page may spend on updates together. */
const SLICE_MS = 12;

let began = 0;
/** Whose update was the first of this task; undefined before it. */
let first: object | undefined;

/**
 * Whether widgets before this one have used up what updates may take of this task: fifty that are defined, or get their slots, at
 * once would block input for as long as all of them take. One widget by itself never waits.
 */
export function isSliceOver(widget: object): boolean {
  const now = performance.now();
  if (first) return first !== widget && now - began > SLICE_MS;
  [first, began] = [widget, now];
  setTimeout(() => {
    first = undefined;
  });
  return false;
}
