import { seededRandom } from '../../generators/random.ts';
import { type Estimate, roundResult } from '../results.ts';

/** An effect: its estimate, and the resampled estimates in ascending order. */
export type Resampled = { readonly estimate: number; readonly sorted: Float64Array };

/** The share of values that a trimmed mean drops at each end. */
const trimmedShare = 0.2;

/**
 * Resamples the blocks of a session with replacement, all metrics together, and takes the 20 % trimmed mean each time.
 *
 * Why a trimmed mean, and why its plain percentiles: a disturbance of the machine affects single windows, and a mean follows it. With ten
 * blocks, percentile intervals of a mean miss the true value in 9–12 % of sessions where 5 % are expected, and those of the trimmed
 * mean in 5.5–6.6 %, for normal, skewed, heavy-tailed and disturbed windows (simulated; docs/compare.md). Studentised
 * intervals of the mean miss it in 5–8 %; those of the trimmed mean are several times as wide. Source: R. Wilcox, "Introduction to Robust Estimation and
 * Hypothesis Testing", on percentile intervals of trimmed means; T. Hesterberg, arXiv:1411.5279, on small samples.
 */
export function resampleBlocks(
  effects: readonly (readonly number[])[],
  resamples: number,
  seed: number,
): readonly Resampled[] {
  const blocks = effects[0]?.length ?? 0;
  const random = seededRandom(seed, 'compare');
  const sorted = effects.map(() => new Float64Array(resamples));
  const chosen = new Uint32Array(blocks);
  const drawn = new Float64Array(blocks);
  for (let resample = 0; resample < resamples; resample += 1) {
    for (let place = 0; place < blocks; place += 1) chosen[place] = random.number.int({ max: blocks - 1 });
    for (const [metric, values] of effects.entries()) {
      for (let place = 0; place < blocks; place += 1) drawn[place] = values[chosen[place] ?? 0] ?? 0;
      const target = sorted[metric];
      if (target !== undefined) target[resample] = trimmedMean(drawn);
    }
  }
  return effects.map((values, metric) => ({
    estimate: trimmedMean(Float64Array.from(values)),
    sorted: (sorted[metric] ?? new Float64Array()).sort(),
  }));
}

/** The two-sided percentile interval at a confidence such as 0.95; it is above 0 exactly where `pValueAbove` allows it. */
export function percentileInterval({ sorted }: Resampled, confidence: number): readonly [low: number, high: number] {
  const outside = Math.max(0, Math.floor(((1 - confidence) / 2) * (sorted.length + 1)) - 1);
  return [sorted[outside] ?? Number.NaN, sorted.at(-1 - outside) ?? Number.NaN];
}

/**
 * The smallest 1 − confidence at which the whole interval is above 0; 1 if it never is.
 * Never 0, because no number of resamples proves anything.
 */
export function pValueAbove({ sorted }: Resampled): number {
  let notAbove = 0;
  while (notAbove < sorted.length && (sorted[notAbove] ?? 0) <= 0) notAbove += 1;
  return Math.min(1, (2 * (notAbove + 1)) / (sorted.length + 1));
}

/** The mean of the middle 60 %; sorts its argument in place. */
export function trimmedMean(values: Float64Array): number {
  values.sort();
  const cut = Math.floor(values.length * trimmedShare);
  let sum = 0;
  for (let index = cut; index < values.length - cut; index += 1) sum += values[index] ?? 0;
  return sum / (values.length - 2 * cut);
}

const estimateResamples = 4_000;
/** Confidence of all intervals of a list together, which makes each single interval wider. */
const estimateConfidence = 0.95;

/**
 * The trimmed mean of each list of paired values, with intervals that are all correct at once in 95 % of
 * cases (Bonferroni): without it, one of seven stages would differ by chance in every third run.
 * @param show makes the numbers of the result.
 */
export function estimateAll(
  lists: readonly (readonly number[])[],
  show: (value: number) => number = roundResult,
): readonly Estimate[] {
  return resampleBlocks(lists, estimateResamples, 1).map((resampled) => {
    const [low, high] = percentileInterval(resampled, 1 - (1 - estimateConfidence) / lists.length);
    return { value: show(resampled.estimate), low: show(low), high: show(high) };
  });
}
