/** The calls of the last minute of one account, counted by caller. */
export interface Counted {
  readonly who: string;
  readonly calls: number;
}

/** Background work leaves this share of the budget alone. */
const FOREGROUND = 0.5;

/** Up to this share of the budget no caller is held back. */
const PLENTY = 0.5;

/** Maximum share of one caller, so that something is left for the next one. */
const MAX_SHARE = 0.75;

/**
 * Whether a caller may make one more call. While there is plenty, every caller may; then none gets more than an equal
 * share among those that called in the last minute.
 */
export function mayCall(
  counted: readonly Counted[],
  { who, background = false }: { readonly who: string; readonly background?: boolean },
  budget: number,
): boolean {
  const used = counted.reduce((sum, { calls }) => sum + calls, 0);
  if (used >= budget) return false;
  if (background) return used < budget * FOREGROUND;
  if (used < budget * PLENTY) return true;
  const mine = counted.find((one) => one.who === who)?.calls ?? 0;
  const others = counted.filter((one) => one.who !== who && one.calls > 0).length;
  return mine < Math.max(1, Math.floor(Math.min(budget / (others + 1), budget * MAX_SHARE)));
}
