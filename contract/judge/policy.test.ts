import { expect, test } from 'vitest';
import { documentedCodes } from '../../spec/pure-bt/catalogue.ts';
import { matches } from '../matches.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import type { CaseResult, Outcome } from '../run/outcome.ts';
import type { CodeCoverage } from './coverage.ts';
import { applyPolicy, coverageViolations, type Policy, type Tolerance } from './policy.ts';

function result(id: string, outcome: Outcome): CaseResult {
  const tested = cases.find((known) => known.id === id);
  if (tested === undefined) throw new Error(`no case has the id ${id}`);
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
])('matches pattern "%s" with id %s: %s', (pattern, id, want) => expect(matches(pattern, id)).toBe(want));

test('turns a tolerated failure into a warning', () => {
  const { results, violations, notes } = applyPolicy(run, { tolerate: [dk] }, '2026-11-24');
  expect(results.map(({ outcome }) => outcome)).toEqual(['warned', 'passed', 'failed']);
  expect(results[0]?.reason).toBe('it answered 200; tolerated until 2026-12-31 (devices team: BND-7)');
  expect([violations, notes]).toEqual([[], []]);
});

test('tolerates on the last day, not after it', () => {
  const last = applyPolicy(run, { tolerate: [dk] }, '2026-12-31');
  expect(last.results[0]?.outcome).toBe('warned');
  expect(last.notes).toEqual(['policy: "dk/" is tolerated until today (devices team)']);
  const dayBefore = applyPolicy(run, { tolerate: [dk] }, '2026-12-30');
  expect(dayBefore.notes).toEqual(['policy: "dk/" is tolerated for 1 more day (devices team)']);
  const after = applyPolicy(run, { tolerate: [dk] }, '2027-01-01');
  expect(after.results[0]?.outcome).toBe('failed');
  expect(after.violations).toEqual(['policy: "dk/" was tolerated until 2026-12-31, but it still fails (devices team)']);
});

test('reports an unused tolerance', () => {
  const { notes } = applyPolicy([result('dk/too-long', 'passed')], { tolerate: [dk] }, '2026-11-24');
  expect(notes).toEqual([
    'policy: "dk/" is tolerated until 2026-12-31, but it no longer fails; remove this unused line (devices team)',
  ]);
  expect(applyPolicy([result('dk/too-long', 'skipped')], { tolerate: [dk] }, '2026-11-24').notes).toEqual([]);
});

function coverage(uncovered: readonly number[]): readonly CodeCoverage[] {
  return documentedCodes.map(({ code, meaning }) =>
    uncovered.includes(code)
      ? { code, meaning, status: 'not-tested', reason: 'not seen', cases: [] }
      : { code, meaning, status: 'covered', cases: [] },
  );
}

const whole = { required: false, partial: false };
const gate = { required: true, partial: false };
const tooFew =
  '22 of 24 codes are covered, 24 are required; not covered: 5361, 6040; to require less, set policy.minimumCoverage or policy.mustCover';
const dkCode = 'policy: 5361 (Incorrect DK format) must be covered, but it is not';

test.each<[string, Policy, typeof gate, readonly string[]]>([
  ['a run without a policy', {}, whole, []],
  ['a gate without a policy', {}, gate, [tooFew]],
  ['a minimum that is met', { minimumCoverage: 22 }, gate, []],
  ['a minimum of 0', { minimumCoverage: 0 }, gate, []],
  [
    'a minimum that is missed, in any run',
    { minimumCoverage: 23 },
    whole,
    ['policy: 22 of 24 codes are covered, 23 are required; not covered: 5361, 6040'],
  ],
  ['a required code that is covered', { mustCover: [200] }, gate, []],
  ['a required code that is not covered', { mustCover: [200, 5361] }, gate, [dkCode]],
  [
    'both',
    { minimumCoverage: 24, mustCover: [5361] },
    whole,
    ['policy: 22 of 24 codes are covered, 24 are required; not covered: 5361, 6040', dkCode],
  ],
  ['a part of the cases', { minimumCoverage: 24, mustCover: [5361] }, { required: false, partial: true }, []],
  [
    'a part of the cases in a gate',
    { minimumCoverage: 0 },
    { required: true, partial: true },
    [
      '--only runs a part of the cases, so the coverage is incomplete: 22 of 24 codes; run all cases, or use `bindgate verify --only` without --require-coverage',
    ],
  ],
])('judges two uncovered codes: %s', (_, policy, demand, want) => {
  expect(coverageViolations(coverage([5361, 6040]), policy, demand)).toEqual(want);
});

test('accepts full coverage in every gate', () => {
  expect(coverageViolations(coverage([]), { minimumCoverage: 24, mustCover: [5361] }, gate)).toEqual([]);
  expect(coverageViolations(coverage([]), {}, gate)).toEqual([]);
});
