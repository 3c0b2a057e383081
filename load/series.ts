import { codesOf } from './measured.ts';
import type { SeriesPoint } from './results.ts';
import type { Sample } from './run-k6.ts';
import type { Progress } from './session.ts';
import type { LoadRun, RunWorkload, Share } from './share.ts';
import { mergeShares } from './share.ts';

const pointsAtMost = 300;

/** What was counted between one sample and the next, in at most 300 points. The last sample is what stands in the shares. */
export function seriesOf(
  samples: readonly Sample[],
  { seconds, workloads }: LoadRun,
  shares: readonly Share[],
): readonly SeriesPoint[] {
  const [first, ...others] = shares;
  const end = first === undefined ? [] : [{ seconds, counts: mergeShares([first, ...others]).counters }];
  return pointsOf([...samples.filter((sample) => sample.seconds < seconds), ...end], workloads);
}

function pointsOf(samples: readonly Sample[], workloads: readonly RunWorkload[]): readonly SeriesPoint[] {
  const every = Math.max(1, Math.ceil(samples.length / pointsAtMost));
  const kept = samples.filter((_, index) => (index + 1) % every === 0 || index === samples.length - 1);
  return kept.map((sample, index) => {
    const before = kept[index - 1]?.counts ?? {};
    const since = Object.fromEntries(
      Object.entries(sample.counts).map(([metric, count]) => [metric, count - (before[metric] ?? 0)]),
    );
    return {
      at: Math.round(sample.seconds * 100) / 100,
      requests: since['iterations'] ?? 0,
      dropped: since['dropped_iterations'] ?? 0,
      codes: codesOf(since, workloads),
    };
  });
}

/** A sample for people who watch. */
export function progressOf(
  phase: string,
  { seconds: of, workloads }: LoadRun,
  sample: Sample,
  before: Sample | undefined,
): Progress {
  const { seconds, counts } = sample;
  const requests = counts['iterations'] ?? 0;
  const since = seconds - (before?.seconds ?? 0);
  return {
    phase,
    seconds,
    of,
    requests,
    ratePerSecond: since > 0 ? (requests - (before?.counts['iterations'] ?? 0)) / since : 0,
    codes: codesOf(counts, workloads).map(({ code, count }) => [String(code), count] as const),
  };
}
