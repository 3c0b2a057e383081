import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { type CompareResults, defaultSettings, type Settings } from './results.ts';
import { simulatedSession, type Truth } from './testing/simulated.ts';
import type { Session } from './validity.ts';

/** Fewer resamples than a real comparison, because a hundred sessions are judged here. */
const quick: Settings = { ...defaultSettings, resamples: 500 };

function verdicts(truth: Truth, sessions = 100, settings = quick): Record<string, number> {
  const counts: Record<string, number> = { PASS: 0, FAIL: 0, INCONCLUSIVE: 0 };
  for (let seed = 1; seed <= sessions; seed += 1) {
    const { verdict } = decide(simulatedSession({ ...truth, seed }, {}, settings), settings);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

describe('over a hundred sessions', () => {
  test.each<[string, Truth, Partial<Record<CompareResults['verdict'], readonly [least: number, most: number]>>]>([
    ['equal servers on a quiet machine', {}, { FAIL: [0, 5], PASS: [95, 100] }],
    ['equal servers on a noisy machine', { noise: 0.08 }, { FAIL: [0, 5] }],
    ['equal servers that drift by a third', { drift: 0.33 }, { FAIL: [0, 5] }],
    ['equal servers with one window in ten disturbed', { disturbed: 0.1 }, { FAIL: [0, 5] }],
    ['a server that is 10 % slower', { slower: 0.1 }, { FAIL: [95, 100] }],
    [
      'a server that is 10 % slower, with disturbances',
      { slower: 0.1, disturbed: 0.05 },
      { PASS: [0, 0], FAIL: [21, 100], INCONCLUSIVE: [1, 100] },
    ],
  ])('decides on %s', (_, truth, want) => {
    const counted = verdicts(truth);
    for (const [verdict, [least, most]] of Object.entries(want)) {
      expect(counted[verdict], verdict).toBeGreaterThanOrEqual(least);
      expect(counted[verdict], verdict).toBeLessThanOrEqual(most);
    }
  });

  test('fails equal servers as often as the confidence says if there is no minimum effect', () => {
    const limit = { minimumEffect: 0, tolerance: 0.05 };
    const settings = { ...quick, limits: { p50: limit, p95: limit, p99: limit, rate: limit } };
    const failed = verdicts({}, 200, settings)['FAIL'] ?? 0;
    // 5 % two-sided over all metrics, and only one side counts as worse: 5 of 200 are expected. Percentile intervals of ten blocks give up to twice that.
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThanOrEqual(14);
  });
});

describe('one session', () => {
  test('decides the same from the same numbers', () => {
    const session = simulatedSession({ slower: 0.04 });
    expect(decide(session, quick)).toEqual(decide(session, quick));
  });

  test('gives a ratio and an interval around the true value', () => {
    const { metrics } = decide(simulatedSession({ slower: 0.1 }), quick);
    const p50 = metrics.find(({ name }) => name === 'p50');
    expect(p50?.low).toBeLessThan(1.1);
    expect(p50?.high).toBeGreaterThan(1.1);
    expect(p50?.ratio).toBeCloseTo(1.1, 1);
    expect(p50?.corrected?.low).toBeLessThanOrEqual(p50?.low ?? 0);
    expect(p50?.corrected?.high).toBeGreaterThanOrEqual(p50?.high ?? 0);
  });

  test.each<[string, Truth, string]>([
    ['much slower', { slower: 0.2 }, 'FAIL'],
    ['much faster', { slower: -0.2 }, 'PASS'],
    ['slower by less than the minimum effect', { slower: 0.02, noise: 0.001 }, 'PASS'],
    ['equal, but measured with much noise', { noise: 0.3 }, 'INCONCLUSIVE'],
  ])('B is %s: %s', (_, truth, verdict) => {
    const decision = decide(simulatedSession(truth), quick);
    expect(decision).toMatchObject({ verdict, valid: true });
    expect(decision.reasons.length === 0).toBe(verdict === 'PASS');
  });

  test('treats a lower rate of answers as worse', () => {
    const session = simulatedSession();
    const windows = session.windows.map((window) =>
      window.side === 1 ? { ...window, rate: window.rate * 0.9 } : window,
    );
    const { verdict, metrics, reasons } = decide({ ...session, windows }, quick);
    expect(verdict).toBe('FAIL');
    expect(metrics.find(({ name }) => name === 'rate')).toMatchObject({
      verdict: 'FAIL',
      ratio: expect.closeTo(0.9, 2),
    });
    expect(reasons.join()).toMatch(/^rate: B is 11.* % worse .*: certainly worse, by more than 2 %$/);
  });

  test('says how many windows would decide an INCONCLUSIVE', () => {
    const { reasons } = decide(simulatedSession({ noise: 0.12 }), quick);
    expect(reasons.join()).toMatch(/about \d+ windows in total should decide it/);
  });

  test('decides with the number of windows that it asked for', () => {
    const first = decide(simulatedSession({ noise: 0.12, seed: 3 }), quick);
    const asked = [...first.reasons.join().matchAll(/--windows (\d+)/g)].map(([, windows]) => Number(windows));
    const more: Settings = { ...quick, windows: Math.max(...asked) * 2 };
    expect(decide(simulatedSession({ noise: 0.12, seed: 4 }, {}, more), more).verdict).toBe('PASS');
  });
});

describe('the noise floor', () => {
  const floor = { side: 2, answers: 360, p50: 3, p95: 5, p99: 6, rate: 200 };

  test('does not judge a percentile near it', () => {
    const { verdict, valid, metrics, reasons } = decide(simulatedSession({}, { floor }), quick);
    expect({ verdict, valid }).toEqual({ verdict: 'INCONCLUSIVE', valid: true });
    expect(metrics.map((metric) => metric.verdict)).toEqual(['INCONCLUSIVE', 'INCONCLUSIVE', 'INCONCLUSIVE', 'PASS']);
    expect(reasons[0]).toMatch(/^p50: .* less than 2 times the noise floor \(3 ms/);
  });

  test('judges a B far above it', () => {
    expect(decide(simulatedSession({ slower: 2 }, { floor }), quick).verdict).toBe('FAIL');
  });

  test('judges no percentile without it', () => {
    expect(decide(simulatedSession({}, { floor: undefined }), quick).reasons[0]).toMatch(/noise floor is unknown/);
  });
});

describe('gives no verdict on numbers that cannot be trusted', () => {
  const ok = simulatedSession({ slower: 0.5 });
  const total = 8_000;
  const unsteady = ok.windows.map((window, index) => {
    // One of A's two windows in each block, alternating: the two halves that A is split into.
    const first =
      ok.windows.findIndex(({ side }, at) => Math.floor(at / 4) === Math.floor(index / 4) && side === 0) === index;
    const slowed = window.side === 0 && first === (Math.floor(index / 4) % 2 === 0);
    return slowed ? { ...window, p50: window.p50 * 1.3 } : window;
  });
  const fewAnswers = ok.windows.map((window, index) => (index === 3 ? { ...window, answers: 12 } : window));

  test.each<[string, Partial<Session>, RegExp]>([
    ['interrupted', { interrupted: true }, /^interrupted$/],
    ['k6 broke', { exitCode: 107, said: 'boom' }, /k6 ended with exit code 107: boom/],
    ['k6 did not start', { exitCode: null }, /exit code none: no message/],
    ['no request', { requests: 0 }, /sent no request|sent 0 requests/],
    ['a script that throws', { requests: total, iterations: total * 2 }, /script threw/],
    [
      'no answer',
      { outcomes: [{ 200: total }, { 200: total - 5, unanswered: 5 }] },
      /5 of 8000 requests got no answer from B/,
    ],
    ['drops', { dropped: 3 }, /3 requests could not be started on time/],
    ['a busy generator', { generatorCpu: 1.9 }, /used 1\.9 of 2 cores/],
    ['a short window', { windows: fewAnswers }, /1 of 40 windows have too few answers \(for example 12 in one of ./],
    ['missing windows', { windows: ok.windows.slice(0, 36) }, /36 of 40 windows were measured/],
    [
      'nothing bound',
      { outcomes: [{ 5420: total }, { 5420: total }] },
      /A bound nothing \(5420 ×8000\).*B bound nothing/,
    ],
    ['another mix of codes', { outcomes: [{ 200: total }, { 200: total - 40, 5420: 40 }] }, /different codes/],
    ['an unsteady machine', { windows: unsteady }, /A differs from itself: the p50/],
  ])('%s', (_, change, reason) => {
    const { verdict, valid, metrics, reasons } = decide({ ...ok, ...change }, quick);
    expect({ verdict, valid }).toEqual({ verdict: 'INCONCLUSIVE', valid: false });
    expect(metrics.every((metric) => metric.verdict === 'INCONCLUSIVE')).toBe(true);
    expect(reasons.join('; ')).toMatch(reason);
  });

  test.each<[string, Readonly<Record<string, number>>]>([
    ['an odd refusal on one side', { 200: total - 1, 5420: 1 }],
    ['idle connections that one side closed', { 200: total - 50, stale: 50 }],
  ])('accepts %s as the same mix of codes', (_, ofB) => {
    const outcomes = [{ 200: total }, ofB] as const;
    expect(decide({ ...simulatedSession(), outcomes }, quick)).toMatchObject({ verdict: 'PASS', valid: true });
  });

  test('gives no verdict on a session without windows', () => {
    expect(decide({ ...ok, windows: [] }, quick)).toMatchObject({ verdict: 'INCONCLUSIVE', valid: false, metrics: [] });
  });
});
