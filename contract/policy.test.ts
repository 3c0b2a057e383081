import { expect, test } from 'vitest';
import { documentedCodes } from '../spec/catalogue.ts';
import { cases } from './cases/menu.ts';
import type { CodeCoverage } from './coverage.ts';
import { notSelected } from './coverage.ts';
import type { CaseResult, Outcome } from './outcome.ts';
import type { Tolerance } from './policy.ts';
import { applyPolicy, coverageViolations, matches } from './policy.ts';

function result(id: string, outcome: Outcome): CaseResult {
  const tested = cases.find((known) => known.id === id);
  if (tested === undefined) throw new Error(`no case is called ${id}`);
  return { case: tested, outcome, reason: 'it answered 200', attempts: [], durationMs: 1 };
}

const dk: Tolerance = { case: 'dk/', until: '2026-12-31', owner: 'devices team', reason: 'BND-7' };
const run = [result('dk/too-short', 'failed'), result('dk/too-long', 'passed'), result('pk/absent', 'failed')];

test.each([
  ['dk/too-short', 'dk/too-short', true],
  ['dk', 'dk/too-short', false],
  ['dk/too', 'dk/too-short', false],
  ['dk/', 'dk/too-short', true],
  ['dk/', 'dk', false],
  ['dk/*', 'dk/too-short', true],
  ['dk/too*', 'dk/too-short', true],
  ['*dk-too-long', 'path/multi/dk-too-long', true],
  ['*dk-too-long', 'trace/dk-too-long', true],
  ['*dk-too-long', 'trace/dk-too-longer', false],
  ['*/dk-*', 'trace/dk-too-long', true],
  ['*/dk-*', 'dk/too-long', false],
  ['path/*/dk-too-long', 'path/multi/dk-too-long', true],
  ['path/*/dk-too-long', 'path/dk-too-long', false],
  ['path/*/', 'path/multi/dk-too-long', true],
  ['path/*/', 'path/multi', false],
  ['*', 'dk/too-short', true],
  ['*aba*aba', 'xababa', false],
  ['*aba*aba', 'xabaaba', true],
  ['dk/too.short', 'dk/too-short', false],
  ['', 'dk/too-short', false],
])('the pattern "%s" and the id %s: %s', (pattern, id, want) => expect(matches(pattern, id)).toBe(want));

test('a tolerated failure is a warning that says who and until when', () => {
  const { results, violations, notes } = applyPolicy(run, { tolerate: [dk] }, '2026-11-24');
  expect(results.map(({ outcome }) => outcome)).toEqual(['warned', 'passed', 'failed']);
  expect(results[0]?.reason).toBe('it answered 200; tolerated until 2026-12-31 (devices team: BND-7)');
  expect([violations, notes]).toEqual([[], []]);
});

test('it is tolerated on its last day and not after', () => {
  const last = applyPolicy(run, { tolerate: [dk] }, '2026-12-31');
  expect(last.results[0]?.outcome).toBe('warned');
  expect(last.notes).toEqual(['policy: "dk/" is tolerated for 0 more days (devices team)']);
  const after = applyPolicy(run, { tolerate: [dk] }, '2027-01-01');
  expect(after.results[0]?.outcome).toBe('failed');
  expect(after.violations).toEqual(['policy: "dk/" was tolerated until 2026-12-31, and still fails (devices team)']);
});

test('a tolerance that nothing needs is said', () => {
  const { notes } = applyPolicy([result('dk/too-long', 'passed')], { tolerate: [dk] }, '2026-11-24');
  expect(notes).toEqual([
    'policy: "dk/" is tolerated until 2026-12-31 and no longer fails; take the line out (devices team)',
  ]);
  expect(applyPolicy([result('dk/too-long', 'skipped')], { tolerate: [dk] }, '2026-11-24').notes).toEqual([]);
});

function coverage(uncovered: readonly number[], reason = 'not seen'): readonly CodeCoverage[] {
  return documentedCodes.map(({ code, meaning }) =>
    uncovered.includes(code)
      ? { code, meaning, status: 'not-tested', reason, cases: [] }
      : { code, meaning, status: 'covered', cases: [] },
  );
}

test('a policy asks for so many codes, and for some of them', () => {
  expect(coverageViolations(coverage([]), { minimumCoverage: 24, mustCover: [5361] })).toEqual([]);
  expect(coverageViolations(coverage([5361, 6040]), { minimumCoverage: 23, mustCover: [5361, 5412] })).toEqual([
    'policy: 22 of 24 codes are covered; 23 must be',
    'policy: 5361 (Incorrect DK format) must be covered and is not',
  ]);
});

test('a run of some cases alone is not held to coverage', () => {
  expect(coverageViolations(coverage([5361], notSelected), { minimumCoverage: 24, mustCover: [5361] })).toEqual([]);
});
