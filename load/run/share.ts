import type { Lane, Latency } from '../results.ts';
import type { CountedCode } from './codes.ts';
import type { Quantiles } from './quantiles.ts';
import { mixed } from './quantiles.ts';

/** What one k6 process measured: its share of a run, in numbers that can be added up. Its JSON Schema is `share.schema.json`. */
export type Share = {
  readonly schema: 'bindgate.load-share/1';
  /** The run it is a part of. */
  readonly run: LoadRun;
  /** Counts by metric: `usual_0`, `code_5000`, `bucket_117`, `wrong_0`, `iterations`, … */
  readonly counters: Readonly<Record<string, number>>;
  /** Latencies in milliseconds by metric: `latency_0`, `window_3`, … */
  readonly distributions: Readonly<Record<string, Quantiles>>;
  /** What came of the process; null where nobody watched it. */
  readonly generator?: GeneratorEnd | null;
};

/** How a k6 process ended. */
export type GeneratorEnd = {
  readonly exitCode: number | null;
  /** Seconds from its start to its end. */
  readonly seconds: number;
  /** Cores it kept busy, on average; null where the system does not tell. */
  readonly cpu: number | null;
  /** The last thing it said on standard error, inert. */
  readonly said: string;
};

/** What was asked of a run: the same in each of its shares, and without secrets. */
export type LoadRun = {
  /** Unlike that of any other run. */
  readonly id: string;
  readonly profile: string;
  readonly target: { readonly kind: string; readonly url: string };
  readonly lane: Lane;
  /** How many processes share it. */
  readonly parts: number;
  /** Requests to be started in all. */
  readonly planned: number;
  readonly seconds: number;
  /** Requests started per second: straight lines between these points. */
  readonly curve: readonly { readonly at: number; readonly rate: number }[];
  readonly windowSeconds: number;
  /** Whether windows are kept for each workload apart. */
  readonly windowsByWorkload: boolean;
  readonly workloads: readonly RunWorkload[];
  readonly objectives: readonly string[];
  readonly noiseFloor: Latency | null;
  /** Cores of the machine that made the load; null where it is not known. */
  readonly cores: number | null;
  readonly k6: { readonly version: string; readonly from: string };
  /** What a reader should know of how the run was set up. */
  readonly notes: readonly string[];
};

/** One kind of request in a run. */
export type RunWorkload = {
  readonly name: string;
  readonly title: string;
  readonly weight: number;
  /** Whether it is to bind a device. */
  readonly binds: boolean;
  /** The code that a request sent before the run was answered with, and how it stands. */
  readonly usual: CountedCode;
  readonly usualStands: 'right' | 'open' | 'wrong';
};

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
        mixed(shares.flatMap(({ distributions }) => distributions[name] ?? [])),
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
