import { expect, test } from 'vitest';
import { amountScale, countScale, durationScale, linearScale, logScale, timeScale } from './scale.ts';

test.each([
  [0, 10, [0, 2, 4, 6, 8, 10]],
  [-0.03, 0.31, [0, 0.1, 0.2, 0.3]],
  [0.95, 1.13, [0.95, 1, 1.05, 1.1]],
])('ticks from %d to %d are round', (low, high, ticks) => {
  expect(linearScale(low, high).ticks).toEqual(ticks);
});

test('an amount starts at 0 and ends at a tick that holds it', () => {
  for (const most of [0.3, 1, 7, 217, 1_000, 98_765]) {
    const { low, high, ticks } = amountScale(most);
    expect([low, ticks[0], ticks.at(-1)]).toEqual([0, 0, high]);
    expect(high).toBeGreaterThanOrEqual(most);
    expect(high).toBeLessThan(most * 1.7);
    expect(ticks.length).toBeLessThanOrEqual(7);
  }
  expect(amountScale(0.3).share(0.15)).toBeCloseTo(0.5);
});

test('a count has no tick between 0 and 1', () => {
  expect(countScale(1).ticks).toEqual([0, 1]);
  expect(countScale(0).ticks).toEqual([0, 1]);
  expect(countScale(3).ticks).toEqual([0, 1, 2, 3]);
});

test('by factors, equal factors are equally long', () => {
  const { share, ticks } = logScale(0.1, 1_000);
  expect([0.1, 1, 10, 100, 1_000].map(share)).toEqual([0, 0.25, 0.5, 0.75, 1].map((one) => expect.closeTo(one)));
  expect(ticks).toEqual([0.1, 1, 10, 100, 1_000]);
});

test.each([
  [0.05, 60_000],
  [0.01, 120_000],
  [0.4, 4],
  [2.1, 2.2],
  [3, 3],
  [0, 0],
  [0, 5e8],
])('by factors from %d to %d there are two to seven ticks within', (low, high) => {
  const scale = logScale(low, high);
  expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
  expect(scale.ticks.length).toBeLessThanOrEqual(7);
  for (const tick of scale.ticks) {
    expect(tick).toBeGreaterThanOrEqual(scale.low * 0.999);
    expect(tick).toBeLessThanOrEqual(scale.high * 1.001);
  }
});

test('durations far apart are drawn by factors, others from 0', () => {
  expect(durationScale(0.7, 60).byFactors).toBe(true);
  expect(durationScale(5, 60).byFactors).toBe(false);
  expect(durationScale(5, 60).low).toBe(0);
  expect(durationScale(0, 60).byFactors).toBe(false);
});

test.each([
  [4, [0, 1, 2, 3, 4]],
  [20, [0, 5, 10, 15, 20]],
  [60, [0, 10, 20, 30, 40, 50, 60]],
  [1_800, [0, 300, 600, 900, 1_200, 1_500, 1_800]],
  [7_200, [0, 1_200, 2_400, 3_600, 4_800, 6_000, 7_200]],
])('%d seconds have ticks at moments people name', (seconds, ticks) => {
  expect(timeScale(seconds).ticks).toEqual(ticks);
});

test('what lies beyond an end, or is no number, has a place all the same', () => {
  for (const scale of [linearScale(0, 1), logScale(1, 10), amountScale(Number.NaN), linearScale(5, 5), timeScale(0)]) {
    for (const value of [-1e300, 1e300, Number.NaN, 0]) {
      expect(scale.share(value)).toBeGreaterThanOrEqual(0);
      expect(scale.share(value)).toBeLessThanOrEqual(1);
    }
  }
  expect(linearScale(0, Number.POSITIVE_INFINITY).share(0.5)).toBe(0.5);
});
