import { describe, expect, test } from 'vitest';
import { loadExitCode } from '../results.ts';
import type { GeneratorEnd, Share } from '../run/share.ts';
import { syntheticShare } from '../testing/shares.ts';
import { judgeRun } from './judge-run.ts';

const green: GeneratorEnd = { exitCode: 0, seconds: 2, cpu: 0.5, said: '' };

function shareWith(counters: Record<string, number>, end: Partial<GeneratorEnd> = {}): Share {
  const share = syntheticShare();
  return { ...share, counters: { ...share.counters, ...counters }, generator: { ...green, ...end } };
}

test('reads a share', () => {
  const results = judgeRun([shareWith({ code_5420: 3, code_none: 1, iterations: 104, http_reqs: 104, wrong_0: 4 })]);
  expect(results).toMatchObject({
    valid: true,
    codes: [
      { code: 200, count: 100 },
      { code: 5420, count: 3 },
      { code: 'none', count: 1 },
    ],
    histogram: [[90, 100]],
    workloads: [{ name: 'plain', requests: 104, right: 100, usual: 200 }],
    objectives: [{ name: 'bound correctly 100 %', kept: false, detail: '100 of 104; not plain' }],
  });
  expect(loadExitCode(results)).toBe(1);
});

test('accepts a complete run and its objectives', () => {
  const results = judgeRun([shareWith({})]);
  expect(results.reasons).toEqual([]);
  expect(loadExitCode(results)).toBe(0);
});

describe('rejects a k6 run that ended well but measured nothing', () => {
  const nothing = { iterations: 0, http_reqs: 0, usual_0: 0 };
  test.each<[string, Partial<GeneratorEnd>, Record<string, number>, RegExp]>([
    ['k6 failed', { exitCode: 107, said: 'boom' }, {}, /exit code 107: boom/],
    ['a wrong --k6-out', { exitCode: 255, said: "invalid output type 'x'" }, {}, /output type 'x'; correct --k6-out$/],
    ['k6 was never started', { exitCode: null }, {}, /exit code none/],
    ['no iteration', {}, nothing, /no iteration ended/],
    ['every iteration threw', {}, { http_reqs: 0, usual_0: 0 }, /100 iterations sent 0 requests/],
    ['counted without sending', {}, { data_sent: 0 }, /no data was sent/],
    [
      'nothing answered',
      { said: 'refused' },
      { unanswered: 40, usual_0: 60 },
      /40 of 100 requests got no answer: refused/,
    ],
    ['answers not judged', {}, { usual_0: 99 }, /99 of 100 iterations were judged/],
    ['a slow server', {}, { dropped_iterations: 2 }, /2 iterations .* the server does not keep up/],
    ['a slow generator', { cpu: 1.9 }, { dropped_iterations: 2 }, /2 iterations .* larger generator/],
    ['half the run', {}, { iterations: 50, http_reqs: 50, usual_0: 50 }, /50 of 100 planned iterations ended/],
    ['a busy generator', { cpu: 1.9 }, {}, /1.9 of 2 cores/],
  ])('%s', (_, end, counters, reason) => {
    const results = judgeRun([shareWith(counters, end)]);
    expect(results.reasons.join('; ')).toMatch(reason);
    expect(results.objectives).toEqual([]);
    expect(loadExitCode(results)).toBe(3);
  });

  test('rejects a run in which a process wrote nothing', () => {
    const share = shareWith({});
    const results = judgeRun([{ ...share, run: { ...share.run, parts: 2 } }]);
    expect(results.reasons).toContain('1 of 2 processes wrote their share');
  });
});

test('fails a run in which the usual answer is wrong', () => {
  const { run } = syntheticShare();
  const workloads = run.workloads.map((one) => ({ ...one, usual: 5420, usualStands: 'wrong' as const }));
  const results = judgeRun([{ ...shareWith({}), run: { ...run, workloads } }]);
  expect(results).toMatchObject({ valid: true, codes: [{ code: 5420, count: 100 }] });
  expect(loadExitCode(results)).toBe(1);
});

test('gives an interrupted run its own exit code', () => {
  expect(loadExitCode(judgeRun([shareWith({})], { reasons: ['interrupted'] }))).toBe(130);
});
