import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../generators/random.ts';
import { percentileInterval, pValueAbove, resampleBlocks, trimmedMean } from './bootstrap.ts';
import { standardNormal as normal } from './testing/simulated.ts';

const random = seededRandom(42, 'bootstrap');

const standardNormal = (): number => normal(random);

/** Effects of blocks, each the mean of two windows less the mean of two others. */
function blocksAround(mean: number, deviation: number, count = 10, window = standardNormal): readonly number[] {
  return Array.from({ length: count }, () => mean + (deviation * (window() + window() - window() - window())) / 2);
}

test('trims a fifth at each end', () => {
  expect(trimmedMean(Float64Array.from([9, 1, 2, 3, -50, 4, 5, 6, 700, 8]))).toBe((2 + 3 + 4 + 5 + 6 + 8) / 6);
  expect(trimmedMean(Float64Array.from([1, 2, 9]))).toBe(4);
});

describe('the interval', () => {
  test.each<[string, () => number]>([
    ['normal', standardNormal],
    ['skewed', () => Math.exp(0.8 * standardNormal())],
    [
      'heavy-tailed',
      () => standardNormal() / Math.sqrt((standardNormal() ** 2 + standardNormal() ** 2 + standardNormal() ** 2) / 3),
    ],
    ['disturbed', () => standardNormal() + (random.number.float() < 0.1 ? 8 : 0)],
  ])('covers the true value at the stated rate: ten blocks, %s windows', (_, window) => {
    const sessions = Array.from({ length: 300 }, () => blocksAround(0.1, 0.05, 10, window));
    const held = sessions.filter((session) => {
      const [resampled] = resampleBlocks([session], 400, 1);
      const [low, high] = resampled === undefined ? [1, 0] : percentileInterval(resampled, 0.95);
      return low <= 0.1 && high >= 0.1;
    }).length;
    expect(held / sessions.length).toBeGreaterThan(0.9);
    expect(held / sessions.length).toBeLessThan(0.985);
  });

  test('is wider at a higher confidence and contains the estimate', () => {
    const [resampled] = resampleBlocks([blocksAround(0, 1)], 2_000, 1);
    if (resampled === undefined) throw new Error('nothing was resampled');
    const [low, high] = percentileInterval(resampled, 0.95);
    const [lower, higher] = percentileInterval(resampled, 0.99);
    expect([lower, low, resampled.estimate, high, higher]).toEqual(
      [lower, low, resampled.estimate, high, higher].sort((a, b) => a - b),
    );
    expect(lower).toBeLessThan(low);
  });

  test('is above 0 exactly where the p-value allows it', () => {
    for (let session = 0; session < 60; session += 1) {
      const [resampled] = resampleBlocks([blocksAround(0.03, 0.05)], 400, session);
      if (resampled === undefined) throw new Error('nothing was resampled');
      const level = random.number.float({ min: 0.01, max: 0.3 });
      expect(percentileInterval(resampled, 1 - level)[0] > 0).toBe(pValueAbove(resampled) <= level);
    }
  });
});

test('resamples all metrics together', () => {
  const one = blocksAround(0, 1);
  const [first, second] = resampleBlocks([one, one], 200, 7);
  expect(first?.sorted).toEqual(second?.sorted);
});

test('a p-value is never 0 and never above 1', () => {
  const [above, below] = resampleBlocks(
    [
      [1, 1, 1],
      [-1, -1, -1],
    ],
    99,
    1,
  ).map(pValueAbove);
  expect(above).toBe(0.02);
  expect(below).toBe(1);
});
