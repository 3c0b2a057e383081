import { expect, test } from 'vitest';
import { refusedWith } from '../../spec/expectation.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import type { Attempt, CaseResult, Outcome } from '../run/outcome.ts';
import { coverage, notSelected } from './coverage.ts';

/** The result of a case with one answer. */
function ended(id: string, outcome: Outcome, code: number): CaseResult {
  const tested = cases.find((known) => known.id === id);
  if (tested === undefined) throw new Error(`no case has the id ${id}`);
  const attempt: Attempt = {
    what: 'a request',
    step: 0,
    request: { method: 'POST', path: '/', headers: [], body: '{}' },
    expected: refusedWith(code),
    received: { httpStatus: 200, code, preview: '', shape: '' },
    verdict: outcome === 'passed' ? { kind: 'right', code } : { kind: 'wrong', code, cause: 'no', reason: 'no' },
    bound: false,
    backedOff: 0,
    durationMs: 1,
  };
  return { case: tested, outcome, reason: `it answered ${code}`, attempts: [attempt], durationMs: 1 };
}

function coverageStatus(results: readonly CaseResult[], code: number): string {
  const row = coverage(results, defaultDialect).find((one) => one.code === code);
  return row?.reason === undefined ? String(row?.status) : `${row.status}: ${row.reason}`;
}

test.each<[string, CaseResult, number, string]>([
  ['a case that passed', ended('dk/too-short', 'passed', 5361), 5361, 'covered'],
  ['a case that failed', ended('dk/too-short', 'failed', 200), 5361, 'not-implemented: it answered 200'],
  ['a case that was skipped', ended('dk/too-short', 'skipped', 0), 5361, 'not-tested: it answered 0'],
  ['a case about another code', ended('dk/too-short', 'failed', 200), 5032, 'not-tested: not selected'],
  // Bearer with nothing after it may get 5106 or 5032. The case is about 5106.
  ['a case that got its own code', ended('token/bearer-only', 'passed', 5106), 5032, 'not-tested: not selected'],
  [
    'a failed case that allows a second code',
    ended('token/bearer-only', 'failed', 200),
    5032,
    'not-tested: not selected',
  ],
  ['a case that got its second code', ended('token/bearer-only', 'passed', 5032), 5032, 'covered'],
])('covers a code: %s', (_, result, code, want) => expect(coverageStatus([result], code)).toBe(want));

test('shows every code as missing if its cases fail', () => {
  const failed = cases.map((tested): CaseResult => ({ case: tested, outcome: 'failed', attempts: [], durationMs: 1 }));
  const codes = coverage(failed, defaultDialect);
  expect(codes.filter(({ status }) => status !== 'not-implemented')).toEqual([]);
  expect(coverage([], defaultDialect).every(({ reason }) => reason === notSelected)).toBe(true);
});
