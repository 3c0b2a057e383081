import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distribution } from '../testing/shares.ts';
import { mergeQuantiles, quantile, summaryRanks } from './quantiles.ts';

/** The quantiles of samples, as k6 computes them: linear between neighbours. */
function computeQuantiles(samples: readonly number[]): ReturnType<typeof distribution> {
  const sorted = [...samples].sort((a, b) => a - b);
  return distribution(sorted.length, (rank) => {
    const position = (rank / 100) * (sorted.length - 1);
    const [low = 0, high = 0] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
    return low + (high - low) * (position - Math.floor(position));
  });
}

test('the ranks rise from 0 to 100', () => {
  expect([...summaryRanks].sort((a, b) => a - b)).toEqual(summaryRanks);
  expect([summaryRanks[0], summaryRanks.at(-1)]).toEqual([0, 100]);
  for (const rank of [50, 90, 95, 99, 99.9]) expect(summaryRanks).toContain(rank);
});

test('a quantile between two ranks lies between their values', () => {
  const of = distribution(10, (rank) => rank);
  expect(quantile(of, 0.5)).toBe(50);
  expect(quantile(of, 0.505)).toBeCloseTo(50.5, 9);
  expect(quantile(of, 1)).toBe(100);
  expect(quantile(mergeQuantiles([]), 0.5)).toBe(0);
});

test('a mixture of parts has the percentiles of the whole, to a rank', () => {
  const latencies = fc.array(fc.double({ min: 0.1, max: 5_000, noNaN: true }), { minLength: 200, maxLength: 600 });
  fc.assert(
    fc.property(latencies, fc.integer({ min: 50, max: 150 }), (samples, cut) => {
      const parts = [samples.slice(0, cut), samples.slice(cut)].map(computeQuantiles);
      const [whole, merged] = [computeQuantiles(samples), mergeQuantiles(parts)];
      expect(merged.count).toBe(samples.length);
      for (const share of [0.5, 0.9, 0.95]) {
        const value = quantile(merged, share);
        // One rank, and what the two neighbours of a cut are apart: small parts have few samples between ranks.
        expect(value).toBeGreaterThanOrEqual(quantile(whole, share - 0.025));
        expect(value).toBeLessThanOrEqual(quantile(whole, share + 0.025));
      }
      expect(quantile(merged, 1)).toBe(Math.max(...samples));
    }),
    { numRuns: 100 },
  );
});

test('equal parts make the same distribution', () => {
  const of = distribution(500, (rank) => 1 + rank / 50);
  for (const share of [0.01, 0.5, 0.95, 0.99, 0.999]) {
    expect(quantile(mergeQuantiles([of, of, of]), share)).toBeCloseTo(quantile(of, share), 1);
  }
});
