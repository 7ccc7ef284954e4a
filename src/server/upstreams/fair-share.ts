/** The calls of the last minute of one account, counted by who asked. */
export interface Counted {
  readonly who: string;
  readonly calls: number;
}

/** Background work leaves this share of the budget alone. */
const FOREGROUND = 0.5;

/** Until so much of the budget is used nobody is held back. */
const PLENTY = 0.5;

/** Nobody gets more than this, so that whoever comes next finds something left. */
const MOST = 0.75;

/**
 * Whether somebody may make one more call. While there is plenty, everybody may; then nobody gets more than an equal
 * share among those who asked in the last minute.
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
  return mine < Math.max(1, Math.floor(Math.min(budget / (others + 1), budget * MOST)));
}
