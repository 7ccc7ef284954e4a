/**
 * Names that come from outside, as label values: the first so many are taken, the rest are `other`, so that nobody can make
 * time series without end. Names of `always` are taken whenever they come.
 */
export function knownNames(always: readonly string[] = [], max = 40): (name: string) => string {
  const known = new Set(always);
  const others = new Set<string>();
  return (name) => {
    if (known.has(name) || others.has(name)) return name;
    if (others.size >= max) return 'other';
    others.add(name);
    return name;
  };
}
