import { describe, expect, test } from 'vitest';
import { bucketCount, bucketOf, middleOf, percentile } from './histogram.ts';
import { invalidity, measure } from './judge.ts';
import type { K6Run, K6Summary } from './run-k6.ts';

const profile = { name: 'smoke', about: '', rate: 50, seconds: 2 };
const green: K6Run = { exitCode: 0, summary: undefined, cpu: 0.5, said: '', interrupted: false };

function summary(change: Record<string, Record<string, number>> = {}): K6Summary {
  const metrics = {
    iterations: { count: 100 },
    http_reqs: { count: 100 },
    data_sent: { count: 60_000 },
    code_200: { count: 100 },
    bucket_90: { count: 100 },
    http_req_duration: { 'p(50)': 0.81234, 'p(99.9)': 2, max: 3 },
    ...change,
  };
  return { metrics: Object.fromEntries(Object.entries(metrics).map(([name, values]) => [name, { values }])) };
}

test('a summary is read', () => {
  expect(measure(summary({ code_5420: { count: 3 }, code_none: { count: 1 }, code_5049: { count: 0 } }))).toMatchObject(
    {
      iterations: 100,
      judged: 104,
      codes: [
        { code: 200, count: 100 },
        { code: 5420, count: 3 },
        { code: 'none', count: 1 },
      ],
      latency: { p50: 0.812, p999: 2, max: 3 },
      histogram: [[90, 100]],
    },
  );
});

test('a whole run is valid', () => expect(invalidity(green, measure(summary()), profile, 2)).toEqual([]));

describe('a green run that measured nothing is not valid', () => {
  test.each<[string, Partial<K6Run>, Record<string, Record<string, number>> | undefined, RegExp]>([
    ['k6 failed', { exitCode: 107, said: 'boom' }, {}, /exit code 107: boom/],
    ['k6 was never started', { exitCode: null }, {}, /exit code none/],
    ['no summary', {}, undefined, /no summary/],
    [
      'no iteration',
      {},
      { iterations: { count: 0 }, http_reqs: { count: 0 }, code_200: { count: 0 } },
      /no iteration ended/,
    ],
    [
      'every iteration threw',
      {},
      { http_reqs: { count: 0 }, code_200: { count: 0 } },
      /100 iterations sent 0 requests/,
    ],
    ['counted without sending', {}, { data_sent: { count: 0 } }, /no byte was sent/],
    [
      'nothing answered',
      {},
      { unanswered: { count: 40 }, code_200: { count: 60 } },
      /40 of 100 requests got no answer/,
    ],
    ['answers not judged', {}, { code_200: { count: 99 } }, /99 of 100 iterations came to a judgement/],
    ['iterations dropped', {}, { dropped_iterations: { count: 2 } }, /2 iterations could not be started/],
    [
      'half the run',
      {},
      { iterations: { count: 50 }, http_reqs: { count: 50 }, code_200: { count: 50 } },
      /50 iterations ended of 100 planned/,
    ],
    ['a busy generator', { cpu: 1.9 }, {}, /1.9 of 2 cores/],
    ['interrupted', { interrupted: true, exitCode: null }, undefined, /interrupted/],
  ])('%s', (_, run, change, reason) => {
    const measured = change === undefined ? undefined : measure(summary(change));
    expect(invalidity({ ...green, ...run }, measured, profile, 2).join('; ')).toMatch(reason);
  });
});

test('a bucket holds its middle, and is at most 2.5 percent off', () => {
  for (let ms = 0.011; ms < 100_000; ms *= 1.37) {
    expect(Math.abs(middleOf(bucketOf(ms)) / ms - 1)).toBeLessThan(0.026);
  }
  expect([bucketOf(0), bucketOf(1e9)]).toEqual([0, bucketCount - 1]);
});

test('a percentile of a histogram', () => {
  const histogram = [
    [bucketOf(1), 98],
    [bucketOf(100), 2],
  ] as const;
  expect(percentile(histogram, 0.5)).toBeCloseTo(1, 1);
  expect(percentile(histogram, 0.99) / 100).toBeCloseTo(1, 1);
  expect(percentile([], 0.5)).toBe(0);
});
