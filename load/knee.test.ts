import { describe, expect, test } from 'vitest';
import { judgeRun } from './judge/judge-run.ts';
import { judgeAtRates, searchKnee } from './knee.ts';
import type { LoadOutcome } from './load.ts';
import { syntheticShare } from './testing/shares.ts';

/** A trial that meets its objectives, misses them, or is not valid. */
function outcome(how: 'kept' | 'broken' | 'dropped' | 'busy'): LoadOutcome {
  const share = syntheticShare();
  const counters = {
    kept: {},
    broken: { wrong_0: 5, code_5000: 5, iterations: 105, http_reqs: 105 },
    dropped: { dropped_iterations: 3 },
    busy: {},
  }[how];
  const generator = { exitCode: 0, seconds: 2, cpu: how === 'busy' ? 1_000 : 0.1, said: '' };
  const changed = { ...share, counters: { ...share.counters, ...counters }, generator };
  return { results: judgeRun([changed]), shares: [changed] };
}

describe('the search for the knee', () => {
  test.each([
    ['the start is far below', 50, 1_000],
    ['the start is far above', 5_000, 37],
    ['the start is the knee', 100, 100],
    ['the knee is one a second', 64, 1],
  ])('finds it to 10 percent if %s', async (_, start, truth) => {
    const { knee } = await searchKnee(async (rate) => outcome(rate <= truth ? 'kept' : 'broken'), start, 5);
    expect(knee.keptAt).toBeLessThanOrEqual(truth);
    expect(knee.brokenAt).toBeGreaterThan(truth);
    expect((knee.brokenAt ?? 0) / (knee.keptAt ?? 1)).toBeLessThanOrEqual(truth === 1 ? 2 : 1.15);
    expect(knee.trials.filter(({ rate }) => rate === knee.keptAt)).toHaveLength(3);
    expect(knee.certainty).toMatch(/^met in 3 of 3 trials of 5 s at \d+\/s; missed in 1 of 1/);
  });

  test('counts a rate as missed if the server falls behind', async () => {
    const { knee } = await searchKnee(async (rate) => outcome(rate <= 300 ? 'kept' : 'dropped'), 100, 5);
    expect(knee.brokenAt).toBeGreaterThan(300);
    expect(knee.trials.some(({ why }) => /does not keep up/.test(why))).toBe(true);
  });

  test('reports that the generator reached its limit first', async () => {
    const { knee } = await searchKnee(async (rate) => outcome(rate <= 400 ? 'kept' : 'busy'), 100, 5);
    expect(knee).toMatchObject({ keptAt: 400, brokenAt: null });
    expect(knee.certainty).toMatch(/the generator reached its limit first/);
  });

  test('finds no knee if the objectives are never met', async () => {
    const { knee, shown } = await searchKnee(async () => outcome('broken'), 16, 5);
    expect(knee).toMatchObject({ keptAt: null, brokenAt: 1 });
    expect(shown.results.objectives.some(({ kept }) => !kept)).toBe(true);
  });

  test('rejects a rate that meets the objectives by chance', async () => {
    let tries = 0;
    const { knee } = await searchKnee(
      async (rate) => {
        if (rate > 300) return outcome('broken');
        if (rate <= 200) return outcome('kept');
        tries += 1;
        return outcome(tries % 2 === 1 ? 'kept' : 'broken');
      },
      100,
      5,
    );
    expect(knee.keptAt).toBeLessThanOrEqual(200);
    expect(knee.keptAt).toBeGreaterThan(150);
  });
});

test.each([
  [
    300,
    [
      ['p50 < 30 ms at 20/s', true],
      ['p99 < 1 s at 301/s', false],
    ],
  ],
  [null, []],
] as const)('judges objectives at a rate by a knee of %s', (keptAt, judged) => {
  const objectives = ['bound correctly 100 %', 'p50 < 30 ms at 20/s', 'p99 < 1 s', 'p99 < 1 s at 301/s'];
  expect(judgeAtRates(objectives, { keptAt }).map(({ name, kept }) => [name, kept])).toEqual(judged);
});
