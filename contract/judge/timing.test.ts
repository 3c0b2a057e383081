import { describe, expect, test } from 'vitest';
import { noises, simulateComparison } from '../testing/simulated-times.ts';
import { intervalOfMedian, judgePairs, looks, median, smallestVisible } from './timing.ts';

test.each([
  [[], 0],
  [[3], 3],
  [[3, 1], 2],
  [[9, 1, 5], 5],
])('calculates the median of %j: %d', (values, want) => expect(median(values)).toBe(want));

describe('the exact interval of the median', () => {
  const ten = [3, 1, 4, 10, 5, 9, 2, 6, 8, 7];

  // With ten values, the probability of none below the median is 1/1024, of at most one 11/1024, of at most two 56/1024.
  test.each([
    [2 / 1024, 1, 10],
    [22 / 1024, 2, 9],
    [111 / 1024, 2, 9],
    [112 / 1024, 3, 8],
  ])('of 1 to 10 with an error of %d is %d to %d', (error, fromMs, toMs) => {
    expect(intervalOfMedian(ten, error)).toEqual({ pairs: 10, effectMs: 5.5, fromMs, toMs });
  });

  test('is infinite with too few values', () => {
    expect(intervalOfMedian(ten, 1 / 1024)).toMatchObject({
      fromMs: Number.NEGATIVE_INFINITY,
      toMs: Number.POSITIVE_INFINITY,
    });
  });
});

test.each([
  [{ kind: 'same', effectMs: 0.1, fromMs: -0.2, toMs: 0.2 }, 0.3],
  [{ kind: 'not-decided', effectMs: 0, fromMs: -0.2, toMs: 4 }, 4],
  [{ kind: 'different', effectMs: 0.5, fromMs: 0.4, toMs: 4 }, 0.1],
  [{ kind: 'different', effectMs: -0.5, fromMs: -4, toMs: -0.4 }, 0.1],
  [
    { kind: 'not-decided', effectMs: 0, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY },
    Number.POSITIVE_INFINITY,
  ],
] as const)('%j could see %d ms', (verdict, want) => {
  expect(smallestVisible({ pairs: 18, ...verdict })).toBeCloseTo(want, 10);
});

describe('a comparison', () => {
  const alternating = (effect: number, by: number, pairs: number): readonly number[] =>
    Array.from({ length: pairs }, (_, at) => effect + (at % 2 === 0 ? by : -by));

  test.each([
    ['excludes a difference', 0, 0.4, 'same'],
    ['excludes a difference that is smaller than the limit', 0.3, 0.1, 'same'],
    ['finds one above the limit', 0.8, 0.2, 'different'],
    ['finds one of the other sign', -0.8, 0.2, 'different'],
    ['finds one of the limit', 0.5, 0.1, 'different'],
    ['continues if both are possible', 0.3, 0.4, undefined],
  ])('%s at the first look: %d ± %d ms', (_, effect, by, want) => {
    expect(judgePairs(alternating(effect, by, looks[0] ?? 0), 0.5)?.kind).toBe(want);
  });

  test('looks at fixed numbers of pairs only, so that its error rate holds', () => {
    expect(judgePairs(alternating(9, 0, 17), 0.5)).toBeUndefined();
    expect(judgePairs(alternating(9, 0, 19), 0.5)).toBeUndefined();
  });

  test('decides nothing if it ends too early or too noisy', () => {
    expect(judgePairs(alternating(9, 0, 10), 0.5, true)?.kind).toBe('not-decided');
    expect(judgePairs(alternating(0, 1, 576), 0.5)?.kind).toBe('not-decided');
  });
});

const seeds = Array.from({ length: 300 }, (_, seed) => seed);

/** How many simulated comparisons end in each way. */
function count(name: keyof typeof noises, delayMs: number): Readonly<Record<string, number>> {
  const kinds = seeds.map((seed) => simulateComparison(noises[name], seed, delayMs).kind);
  return Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
}

// The seeds are fixed, so the counts are too; `npm run calibrate -- timing` runs more of them.
describe.each(['loopback', 'busy', 'bursts', 'drift', 'cold first'] as const)('on a simulated server: %s', (name) => {
  test.each([
    [0, { same: 300 }],
    [0.5, { different: 300 }],
    [-0.5, { different: 300 }],
  ])('a delay of %d ms', (delayMs, want) => expect(count(name, delayMs)).toEqual(want));
});

test('decides nothing on a server that is too slow and noisy', () => {
  expect([count('slow', 0), count('slow', 0.5)]).toEqual([{ 'not-decided': 300 }, { 'not-decided': 300 }]);
});
