import type { SeriesPoint } from '../results.ts';
import type { Plan } from '../run/draft-plan.ts';
import type { Measurement, Progress, Sample } from '../run/measure.ts';
import type { RunWorkload, Share } from '../run/share.ts';
import { countCodes } from './measured.ts';

const pointsAtMost = 300;

/**
 * The counts between one sample and the next, in at most 300 points. The last sample is the complete share.
 * During the run, codes outside the document are counted together. If there was only one, it is named; several are `other`.
 */
export function toSeries(
  { plan, samples }: Pick<Measurement, 'samples'> & { plan: { run: Plan['run']; k6: Pick<Plan['k6'], 'codes'> } },
  whole: Share | undefined,
): readonly SeriesPoint[] {
  const { seconds, workloads } = plan.run;
  const before = samples.filter((sample) => sample.seconds < seconds);
  if (whole === undefined) return toPoints(before, workloads);
  const { counters } = whole;
  const listed = new Set([...plan.k6.codes, 'none'].map((code) => `code_${code}`));
  const unlisted = Object.keys(counters).filter((name) => name.startsWith('code_') && !listed.has(name));
  const name = unlisted.length === 1 ? String(unlisted[0]) : 'code_other';
  const points = before.map(({ counts, ...sample }) => ({ ...sample, counts: together(counts, ['code_other'], name) }));
  return toPoints([...points, { seconds, counts: together(counters, unlisted, name) }], workloads);
}

/** The counters, with some of them added up under one name. */
function together(counts: Sample['counts'], names: readonly string[], as: string): Sample['counts'] {
  const sum = names.reduce((total, name) => total + (counts[name] ?? 0), 0);
  const others = Object.entries(counts).filter(([name]) => !names.includes(name));
  return sum === 0 ? counts : { ...Object.fromEntries(others), [as]: sum };
}

function toPoints(samples: readonly Sample[], workloads: readonly RunWorkload[]): readonly SeriesPoint[] {
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
      codes: countCodes(since, workloads),
    };
  });
}

/** A sample as a progress line shows it. */
export function toProgress({ phase, run }: Plan, { seconds, counts }: Sample, before: Sample | undefined): Progress {
  const requests = counts['iterations'] ?? 0;
  const since = seconds - (before?.seconds ?? 0);
  return {
    phase,
    seconds,
    of: run.seconds,
    requests,
    ratePerSecond: since > 0 ? (requests - (before?.counts['iterations'] ?? 0)) / since : 0,
    codes: countCodes(counts, run.workloads).map(({ code, count }) => [String(code), count] as const),
  };
}
