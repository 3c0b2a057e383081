import { seededRandom } from '../../generators/random.ts';
import { judgePairs, type TimingVerdict } from '../judge/timing.ts';

/** The noise of a simulated server, in milliseconds. */
export type Noise = {
  /** The median of the answers without a disturbance, and the standard deviation of their logarithm. */
  readonly typicalMs: number;
  readonly sigma: number;
  /** The standard deviation of a slow wander of the logarithm, and how much of it the next answer keeps. */
  readonly wander?: number;
  readonly keeps?: number;
  /** The share of answers with a Pareto tail (shape 1.5) of at least this many milliseconds. */
  readonly tailShare?: number;
  readonly tailMs?: number;
  /** The probabilities that a burst of other work begins and ends with an answer, and what it adds on average. */
  readonly burstBegins?: number;
  readonly burstEnds?: number;
  readonly burstMs?: number;
  /** What the times grow by with each answer. */
  readonly driftMs?: number;
  /** What the first answer of each pair takes longer. */
  readonly firstMs?: number;
};

/** Servers from quiet to busy; the numbers of `loopback` and `busy` are like those of the embedded server on two cores. */
export const noises: Readonly<Record<'loopback' | 'busy' | 'bursts' | 'drift' | 'cold first' | 'slow', Noise>> = {
  loopback: { typicalMs: 0.18, sigma: 0.15, tailShare: 0.03, tailMs: 0.2 },
  busy: { typicalMs: 0.3, sigma: 0.3, wander: 0.2, keeps: 0.95, tailShare: 0.2, tailMs: 0.5 },
  bursts: { typicalMs: 0.3, sigma: 0.2, burstBegins: 0.01, burstEnds: 0.03, burstMs: 3, tailShare: 0.05, tailMs: 1 },
  drift: { typicalMs: 0.4, sigma: 0.15, wander: 0.1, keeps: 0.99, driftMs: 0.01 },
  'cold first': { typicalMs: 0.3, sigma: 0.2, firstMs: 0.1, tailShare: 0.05, tailMs: 0.5 },
  slow: { typicalMs: 40, sigma: 0.3, wander: 0.2, keeps: 0.9 },
};

/** Compares two kinds of request on a simulated server; the other kind takes `delayMs` longer. */
export function simulateComparison(noise: Noise, seed: number, delayMs = 0, limitMs = 0.5): TimingVerdict {
  const random = seededRandom(seed, 'times');
  const uniform = (): number => random.number.float({ min: 1e-12, max: 1 });
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const { wander = 0, keeps = 0, tailShare = 0, tailMs = 0, burstBegins = 0, burstEnds = 1, burstMs = 0 } = noise;
  let [count, level, isBurst] = [0, 0, false];
  const answer = (): number => {
    count += 1;
    level = keeps * level + Math.sqrt(1 - keeps ** 2) * wander * normal();
    isBurst = uniform() < (isBurst ? 1 - burstEnds : burstBegins);
    const tail = uniform() < tailShare ? tailMs * uniform() ** (-1 / 1.5) : 0;
    const burst = isBurst ? -burstMs * Math.log(uniform()) : 0;
    return noise.typicalMs * Math.exp(level + noise.sigma * normal()) + tail + burst + count * (noise.driftMs ?? 0);
  };
  const differences: number[] = [];
  for (;;) {
    const isOtherFirst = random.datatype.boolean();
    answer();
    const [first, second] = [answer() + (noise.firstMs ?? 0), answer()];
    differences.push((isOtherFirst ? first - second : second - first) + delayMs);
    const verdict = judgePairs(differences, limitMs);
    if (verdict !== undefined) return verdict;
  }
}
