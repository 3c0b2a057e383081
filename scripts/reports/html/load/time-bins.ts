import type { CodeCount, SeriesPoint } from '../../../../load/results.ts';

/** What was counted between two moments of a run, in seconds. */
export type TimeBin = Omit<SeriesPoint, 'at'> & { readonly from: number; readonly to: number };

/** A remainder of a second shorter than this gives no rate worth a point. */
const shortest = 0.4;

/** The moments of a series with neighbours together, until there are at most so many. */
export function timeBins(series: readonly SeriesPoint[], most: number): readonly TimeBin[] {
  const every = Math.max(1, Math.ceil(series.length / most));
  const bins: TimeBin[] = [];
  for (const [index, { at, requests, dropped, codes }] of series.entries()) {
    const last = bins.at(-1);
    const point = { from: last?.to ?? 0, to: at, requests, dropped, codes };
    const joins = last !== undefined && (index % every !== 0 || at - last.to < shortest);
    if (joins) bins[bins.length - 1] = together(last, point);
    else bins.push(point);
  }
  return bins.filter(({ from, to }) => to > from);
}

/** How often a code came in a bin. */
export function countCode({ codes }: Pick<TimeBin, 'codes'>, code: CodeCount['code']): number {
  return codes.find((one) => one.code === code)?.count ?? 0;
}

function together(a: TimeBin, b: TimeBin): TimeBin {
  const codes = [...new Set([...a.codes, ...b.codes].map(({ code }) => code))];
  return {
    from: a.from,
    to: b.to,
    requests: a.requests + b.requests,
    dropped: a.dropped + b.dropped,
    codes: codes.map((code) => ({ code, count: countCode(a, code) + countCode(b, code) })),
  };
}
