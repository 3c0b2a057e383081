import { countedCode } from './codes.ts';
import type { SeriesPoint } from './results.ts';
import type { Sample } from './run-k6.ts';
import type { Progress } from './session.ts';
import type { Share } from './share.ts';
import { mergeShares } from './share.ts';

const pointsAtMost = 300;

/** What was counted between one sample and the next, in at most 300 points. The last sample is what stands in the shares. */
export function seriesOf(
  samples: readonly Sample[],
  seconds: number,
  shares: readonly Share[],
): readonly SeriesPoint[] {
  const [first, ...others] = shares;
  const end = first === undefined ? [] : [{ seconds, counts: mergeShares([first, ...others]).counters }];
  return pointsOf([...samples.filter((sample) => sample.seconds < seconds), ...end]);
}

function pointsOf(samples: readonly Sample[]): readonly SeriesPoint[] {
  const every = Math.max(1, Math.ceil(samples.length / pointsAtMost));
  const kept = samples.filter((_, index) => (index + 1) % every === 0 || index === samples.length - 1);
  return kept.map((sample, index) => {
    const since = (metric: string): number => (sample.counts[metric] ?? 0) - (kept[index - 1]?.counts[metric] ?? 0);
    return {
      at: Math.round(sample.seconds * 100) / 100,
      requests: since('iterations'),
      dropped: since('dropped_iterations'),
      codes: codeMetrics(sample).flatMap((metric) => {
        const count = since(metric);
        return count > 0 ? [{ code: countedCode(metric.slice('code_'.length)), count }] : [];
      }),
    };
  });
}

/** A sample for people who watch. */
export function progressOf(phase: string, of: number, sample: Sample, before: Sample | undefined): Progress {
  const { seconds, counts } = sample;
  const requests = counts['iterations'] ?? 0;
  const since = seconds - (before?.seconds ?? 0);
  return {
    phase,
    seconds,
    of,
    requests,
    ratePerSecond: since > 0 ? (requests - (before?.counts['iterations'] ?? 0)) / since : 0,
    codes: codeMetrics(sample).flatMap((metric) => {
      const count = counts[metric] ?? 0;
      return count > 0 ? [[metric.slice('code_'.length), count] as const] : [];
    }),
  };
}

function codeMetrics({ counts }: Sample): readonly string[] {
  return Object.keys(counts).filter((metric) => metric.startsWith('code_'));
}
