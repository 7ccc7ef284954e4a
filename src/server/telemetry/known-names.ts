/**
 * Names that come from outside, as label values: the first so many are taken, the rest are `other`, so that nobody can make
 * time series without end.
 */
export function knownNames(most = 40): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most) return 'other';
    known.add(name);
    return name;
  };
}
