/** `taken`: somebody else has the time. `none`: it cannot be held; the scheduling page decides as ever. */
export type Hold = { readonly is: 'held'; readonly release: () => void } | { readonly is: 'taken' | 'none' };
