import { expect, test } from 'vitest';
import { amountScale, countScale, durationScale, linearScale, logScale, timeScale } from './scale.ts';

test.each([
  [0, 10, [0, 2, 4, 6, 8, 10]],
  [-0.03, 0.31, [0, 0.1, 0.2, 0.3]],
  [0.95, 1.13, [0.95, 1, 1.05, 1.1]],
])('chooses round ticks from %d to %d', (low, high, ticks) => {
  expect(linearScale(low, high).ticks).toEqual(ticks);
});

test.each([0.3, 1, 7, 217, 1_000, 98_765])('scales an amount of %d from 0 to a tick above it', (most) => {
  const { low, high, ticks, share } = amountScale(most);
  expect([low, ticks[0], ticks.at(-1), share(high / 2)]).toEqual([0, 0, high, 0.5]);
  expect(high).toBeGreaterThanOrEqual(most);
  expect(high).toBeLessThan(most * 1.7);
  expect(ticks.length).toBeLessThanOrEqual(7);
});

test('puts no tick between 0 and 1 for a count', () => {
  expect([0, 1, 3].map((most) => countScale(most).ticks)).toEqual([
    [0, 1],
    [0, 1],
    [0, 1, 2, 3],
  ]);
});

test('draws equal factors equally long', () => {
  const { share, ticks } = logScale(0.1, 1_000);
  expect(ticks).toEqual([0.1, 1, 10, 100, 1_000]);
  expect(ticks.map(share)).toEqual([0, 0.25, 0.5, 0.75, 1].map((one) => expect.closeTo(one)));
});

test.each([
  [0.05, 60_000],
  [0.01, 120_000],
  [0.4, 4],
  [2.1, 2.2],
  [3, 3],
  [0, 0],
  [0, 5e8],
])('chooses two to seven ticks by factors from %d to %d', (low, high) => {
  const scale = logScale(low, high);
  expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
  expect(scale.ticks.length).toBeLessThanOrEqual(7);
  for (const tick of scale.ticks) {
    expect(tick).toBeGreaterThanOrEqual(scale.low * 0.999);
    expect(tick).toBeLessThanOrEqual(scale.high * 1.001);
  }
});

test('uses factors for durations that differ much', () => {
  expect([0.7, 5, 0].map((low) => durationScale(low, 60).byFactors)).toEqual([true, false, false]);
  expect(durationScale(5, 60).low).toBe(0);
});

test.each([
  [4, [0, 1, 2, 3, 4]],
  [20, [0, 5, 10, 15, 20]],
  [60, [0, 10, 20, 30, 40, 50, 60]],
  [1_800, [0, 300, 600, 900, 1_200, 1_500, 1_800]],
  [7_200, [0, 1_200, 2_400, 3_600, 4_800, 6_000, 7_200]],
])('chooses usual moments for ticks over %d seconds', (seconds, ticks) => {
  expect(timeScale(seconds).ticks).toEqual(ticks);
});

test('gives values beyond an end, and NaN, a position', () => {
  for (const scale of [linearScale(0, 1), logScale(1, 10), amountScale(Number.NaN), linearScale(5, 5), timeScale(0)]) {
    for (const value of [-1e300, 1e300, Number.NaN, 0]) {
      expect(scale.share(value)).toBeGreaterThanOrEqual(0);
      expect(scale.share(value)).toBeLessThanOrEqual(1);
    }
  }
  expect(linearScale(0, Number.POSITIVE_INFINITY).share(0.5)).toBe(0.5);
});
