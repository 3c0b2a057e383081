import type { CodeCount, SeriesPoint } from '../../../../load/results.ts';

/** The counts between two moments of a run, in seconds; a code may be in it several times. */
export type TimeBin = Omit<SeriesPoint, 'at'> & { readonly from: number; readonly to: number };

/** A shorter rest of a second gives no useful rate. */
const shortest = 0.4;

/** Merges neighbouring points of a series until there are few enough. */
export function timeBins(series: readonly SeriesPoint[], most: number): readonly TimeBin[] {
  const every = Math.max(1, Math.ceil(series.length / most));
  const bins: TimeBin[] = [];
  for (const [index, { at, requests, dropped, codes }] of series.entries()) {
    const last = bins.at(-1);
    if (last !== undefined && (index % every !== 0 || at - last.to < shortest)) {
      const sums = { requests: last.requests + requests, dropped: last.dropped + dropped };
      bins[bins.length - 1] = { from: last.from, to: at, ...sums, codes: [...last.codes, ...codes] };
    } else bins.push({ from: last?.to ?? 0, to: at, requests, dropped, codes });
  }
  return bins.filter(({ from, to }) => to > from);
}

/** How often a code was received in a bin. */
export function countCode({ codes }: Pick<TimeBin, 'codes'>, code: CodeCount['code']): number {
  return codes.reduce((sum, one) => (one.code === code ? sum + one.count : sum), 0);
}
