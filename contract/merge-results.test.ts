import { expect, test } from 'vitest';
import { mergeResults } from './merge-results.ts';
import type { Results } from './results.generated.ts';

function results(exitCode: 0 | 1 | 3, passed: number, undocumented: Results['undocumented']): Results {
  return {
    interrupted: false,
    verdict: { exitCode, reasons: exitCode === 0 ? [] : ['why'] },
    summary: { passed, failed: 0, warned: 0, skipped: 0, errors: 0, requests: passed, durationMs: 10 },
    codes: [{ code: 200, meaning: 'bound', status: 'covered', cases: ['bind/plain'] }],
    undocumented,
    cases: [{ id: 'bind/plain' }],
  } as unknown as Results;
}

test('joins the results of several operations: the first keeps its ids, and the worst exit code counts', () => {
  const first = results(0, 3, [{ code: 5000, count: 2 }]);
  const second = results(1, 4, [
    { code: 5000, count: 5 },
    { code: 5420, count: 1 },
  ]);
  expect(
    mergeResults([
      { prefix: undefined, results: first },
      { prefix: 'other', results: second },
    ]),
  ).toMatchObject({
    verdict: { exitCode: 1, reasons: ['other: why'] },
    summary: { passed: 7, requests: 7, durationMs: 20 },
    codes: [{ cases: ['bind/plain'] }, { operation: 'other', cases: ['other:bind/plain'] }],
    undocumented: [
      { code: 5000, count: 7 },
      { code: 5420, count: 1 },
    ],
    cases: [{ id: 'bind/plain' }, { id: 'other:bind/plain' }],
  });
});

test('leaves the results of one operation unchanged', () => {
  const only = results(3, 1, []);
  expect(mergeResults([{ prefix: undefined, results: only }])).toBe(only);
});
