import { expect, test } from 'vitest';
import { bucketCount, bucketIndex, bucketStart } from './histogram.ts';

test('a bucket holds its durations, and is 5 percent wide', () => {
  for (let ms = 0.011; ms < 100_000; ms *= 1.37) {
    const [start, end] = [bucketStart(bucketIndex(ms)), bucketStart(bucketIndex(ms) + 1)];
    expect(start).toBeLessThanOrEqual(ms * 1.000001);
    expect(end).toBeGreaterThan(ms);
    expect(end / start).toBeCloseTo(1.05, 6);
  }
  expect([bucketIndex(0), bucketIndex(1e9)]).toEqual([0, bucketCount - 1]);
});
