import type { GeneratorEnd, Share } from '../share.generated.ts';
import { mergeQuantiles } from './quantiles.ts';

export type { GeneratorEnd, LoadRun, RunWorkload, Share } from '../share.generated.ts';

/** Several shares as one; undefined where there is none. */
export function mergeShares(shares: readonly Share[]): Share | undefined {
  const [first] = shares;
  if (first === undefined) return undefined;
  const names = (of: 'counters' | 'distributions'): readonly string[] => [
    ...new Set(shares.flatMap((share) => Object.keys(share[of]))),
  ];
  return {
    schema: 'bindgate.load-share/1',
    run: first.run,
    counters: Object.fromEntries(
      names('counters').map((name) => [name, shares.reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0)]),
    ),
    distributions: Object.fromEntries(
      names('distributions').map((name) => [
        name,
        mergeQuantiles(shares.flatMap(({ distributions }) => distributions[name] ?? [])),
      ]),
    ),
    generator: mergedEnd(shares.map(({ generator }) => generator ?? null)),
  };
}

/** A share of a later leg of a run: its windows come after so many others. */
export function afterWindows(share: Share, windows: number): Share {
  const distributions = Object.entries(share.distributions).map(([name, latencies]) => {
    const index = /^window_(\d+)$/.exec(name)?.[1];
    return [index === undefined ? name : `window_${Number(index) + windows}`, latencies] as const;
  });
  return { ...share, distributions: Object.fromEntries(distributions) };
}

/** The first process that went wrong stands for all; the cores add up. */
function mergedEnd(ends: readonly (GeneratorEnd | null)[]): GeneratorEnd | null {
  const known = ends.filter((end) => end !== null);
  const [first] = known;
  if (first === undefined) return null;
  const seconds = Math.max(...known.map((end) => end.seconds));
  const { exitCode, said } = known.find((end) => end.exitCode !== 0) ?? first;
  const cpus = known.flatMap(({ cpu }) => cpu ?? []);
  const cpu = cpus.length === known.length ? cpus.reduce((sum, cores) => sum + cores, 0) : null;
  return { exitCode, said, seconds, cpu };
}
