/** What one of several tests came to: whether its null hypothesis is rejected, and the level it was held against. */
export type HolmStep = { readonly rejected: boolean; readonly level: number };

/**
 * Holm's step-down correction, in the order the p-values were given: over all tests together, a true null hypothesis is
 * rejected with a probability of at most `level`, however the tests depend on each other.
 * The smallest p-value is held against level/m, the next against level/(m−1), and so on until one is not rejected: that one's
 * level is the level of all that follow. Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(pValues: readonly number[], level: number): readonly HolmStep[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const steps: HolmStep[] = [];
  let stoppedAt: number | undefined;
  for (const [rank, { p, index }] of ascending.entries()) {
    const own = stoppedAt ?? level / (pValues.length - rank);
    const rejected = stoppedAt === undefined && p <= own;
    if (!rejected) stoppedAt ??= own;
    steps[index] = { rejected, level: own };
  }
  return steps;
}
