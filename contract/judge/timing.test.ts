import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../generators/random.ts';
import type { Samples } from './timing.ts';
import { compareTimes, median, rankSumP } from './timing.ts';

test.each([
  [[], 0],
  [[3], 3],
  [[3, 1], 2],
  [[9, 1, 5], 5],
])('calculates the median of %j: %d', (values, want) => expect(median(values)).toBe(want));

describe('the exact rank-sum test', () => {
  // Counted by hand: there are C(4,2) = 6 ways to choose two ranks of four. One on each side is as extreme.
  test.each<[readonly number[], readonly number[], number]>([
    [[1, 2], [3, 4], 2 / 6],
    [[1, 4], [2, 3], 1],
    [[1, 2, 3], [4, 5, 6], 2 / 20],
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 2 / 252],
    [[1, 1, 1], [1, 1, 1], 1],
  ])('compares %j and %j', (left, right, want) => expect(rankSumP(left, right)).toBeCloseTo(want, 10));

  test('is symmetric', () => {
    expect(rankSumP([1, 5, 3, 9], [2, 8, 7])).toBeCloseTo(rankSumP([2, 8, 7], [1, 5, 3, 9]), 10);
  });
});

/** Log-normal service times around a median, with a delay for the other kind. */
function samples(seed: number, { typicalMs = 3, sigma = 0.3, delayMs = 0, halfMs = 0 } = {}): Samples {
  const random = seededRandom(seed, 'times');
  const time = (): number => {
    const [u, v] = [random.number.float({ min: 1e-9, max: 1 }), random.number.float()];
    return typicalMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
  };
  const draw = (extra: number): number[] => Array.from({ length: 10 }, () => time() + extra);
  return { one: [draw(0), draw(halfMs)], other: draw(delayMs) };
}

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

function count(kind: string, options: Parameters<typeof samples>[1]): number {
  return seeds.filter((seed) => compareTimes(samples(seed, options)).kind === kind).length;
}

test.each([
  ['fast and steady', { typicalMs: 0.4 }],
  ['ordinary', { typicalMs: 5 }],
  ['slow', { typicalMs: 80 }],
  ['slow and noisy', { typicalMs: 80, sigma: 1 }],
])('finds no difference in a %s server', (_, options) => expect(count('different', options)).toBe(0));

test('finds a delay of 8 ms and ignores one of 2 ms', () => {
  expect(count('different', { typicalMs: 1, delayMs: 8 })).toBe(seeds.length);
  expect(count('different', { typicalMs: 20, sigma: 0.02, delayMs: -8 })).toBe(seeds.length);
  expect(count('different', { typicalMs: 1, delayMs: 2 })).toBe(0);
});

test('decides nothing if the times are unstable', () => {
  expect(count('not-decided', { typicalMs: 1, halfMs: 20, delayMs: 8 })).toBe(seeds.length);
});
