import { definedOnly } from '../spec/defined-only.ts';
import { type Dialect, isSuccessCode, settingLines, settingValues } from '../spec/dialect.ts';
import { documentedCode, isSiblingCode } from '../spec/operation.ts';
import { toFact } from './baseline/behaviour.ts';
import { baselineViolations } from './baseline/judge-changes.ts';
import { type CurlPlace, curlCommand } from './curl.ts';
import { coverage } from './judge/coverage.ts';
import { describeExpected } from './judge/judge.ts';
import { decideVerdict } from './judge/verdict.ts';
import type { CaseRow, DecisiveRequest, Results } from './results.generated.ts';
import { hasDocumentedCode, listExpectations } from './run/case.ts';
import { type Attempt, type CaseResult, decisive, type Outcome } from './run/outcome.ts';
import type { Run } from './run/run-contract.ts';
import type { Target } from './targets/target.ts';

export type { CaseRow, DecisiveRequest, PrecedenceFact, Results } from './results.generated.ts';

/** The same members, each of which may be left out or undefined. */
export type OrUndefined<Members> = { readonly [Key in keyof Members]?: Members[Key] | undefined };

/** Facts about a run that its results include. */
export type RunFacts = {
  readonly version: string;
  readonly catalogue: number;
  readonly target: Pick<Target, 'kind' | 'url'>;
  readonly dialect: Dialect;
  readonly seed: number;
} & OrUndefined<
  Pick<Results, 'policy' | 'seemsToFollow' | 'precedence' | 'baseline' | 'startedAt' | 'replay'> & {
    /** Settings that the run follows although no one has declared them. */
    readonly assumed: Readonly<Record<string, string | number>>;
    readonly showSecrets: boolean;
    readonly curl: CurlPlace;
  }
>;

/** Makes the results of a run, ready to be written. */
export function toResults(run: Run, facts: RunFacts): Results {
  const { results } = run;
  const { policy, precedence, baseline } = facts;
  const violations = [...(policy?.violations ?? []), ...(baseline === undefined ? [] : baselineViolations(baseline))];
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    schema: 'bindgate.results/1',
    tool: { name: 'bindgate', version: facts.version, catalogue: facts.catalogue },
    target: { kind: facts.target.kind, url: facts.target.url },
    dialect: { ...settingValues(facts.dialect), successCode: facts.dialect.successCode },
    seed: facts.seed,
    ...definedOnly({
      declared: facts.dialect.declared.length === 0 ? undefined : facts.dialect.declared,
      startedAt: facts.startedAt,
      replay: facts.replay,
      secretsShown: facts.showSecrets === true ? (true as const) : undefined,
      policy,
      seemsToFollow: facts.seemsToFollow,
      precedence,
      baseline,
    }),
    interrupted: run.interrupted,
    verdict: decideVerdict(results, facts.dialect, run.interrupted, violations, run.cutShort),
    summary: {
      passed: count('passed'),
      failed: count('failed'),
      warned: count('warned'),
      skipped: count('skipped'),
      errors: count('error'),
      requests: results.reduce((sum, { attempts }) => sum + attempts.length, 0),
      backedOff: results.flatMap(({ attempts }) => attempts).reduce((sum, { backedOff }) => sum + backedOff, 0),
      durationMs: Math.round(run.durationMs),
      statesMs: Math.round(run.statesMs),
      targetMs: Math.round(run.targetMs),
    },
    codes: coverage(results, facts.dialect),
    undocumented: undocumentedCodes(results, facts.dialect),
    cases: results.map((result) => caseRow(result, facts)),
  };
}

/** Turns a warning into a failure, for `--strict`. */
export function failWarned(result: CaseResult): CaseResult {
  return result.outcome === 'warned' ? { ...result, outcome: 'failed' } : result;
}

function unknownRule(id: string): never {
  throw new Error(`no rule has the id "${id}"`);
}

function caseRow(result: CaseResult, facts: RunFacts): CaseRow {
  const { dialect, target, curl: place = { bodies: 'bodies' } } = facts;
  const { id, code, title, given } = result.case;
  const { outcome, attempts, reason, cause, unsupported, usedUp, replay, timing } = result;
  const rule = result.rule ?? result.case.rule;
  const { basis, source: clause, dialect: key } = dialect.operation.rules[rule] ?? unknownRule(rule);
  const { line: curl = '', setUp, note: curlNote } = curlCommand(result, target.url, place) ?? {};
  const isDecided = key !== undefined && outcome !== 'passed' && outcome !== 'skipped';
  return {
    id,
    code,
    title,
    basis,
    given,
    clause,
    rule,
    outcome,
    expected: describeExpectations(result, dialect),
    received: attempts.map(toReceived),
    ...definedOnly({
      noDocumentedCode: hasDocumentedCode(result.case, dialect) ? undefined : (true as const),
      fact: toFact(result),
      reason,
      cause,
      unsupported,
      usedUp,
      replay,
      timing,
      dialect: isDecided ? linesFor(key, facts) : undefined,
      decisive: outcome === 'passed' ? undefined : decisiveRequest(result),
      setUp,
      curlNote,
    }),
    curl,
    durationMs: Math.round(result.durationMs * 10) / 10,
  };
}

/** What to write after --dialect; undefined if there is nothing to choose. */
function linesFor(key: string, { dialect, assumed = {} }: RunFacts): CaseRow['dialect'] {
  const value = assumed[key];
  // The run has only assumed this value: the user chooses between it and the default.
  if (value !== undefined) {
    return { accept: `${key}=${value}`, require: `${key}=${dialect.operation.settings[key]?.default}` };
  }
  const lines = settingLines(key, dialect);
  return Object.keys(lines).length === 0 ? undefined : lines;
}

function describeExpectations({ case: tested, expectedTogether }: CaseResult, dialect: Dialect): CaseRow['expected'] {
  const expectations = listExpectations(tested, dialect);
  const text =
    expectedTogether ??
    [...new Set(expectations.map((expected) => describeExpected(expected, dialect)))].join(', then ');
  return { codes: [...new Set(expectations.flatMap(({ codes }) => codes))], ...(text !== '' && { text }) };
}

function decisiveRequest({ attempts, expectedTogether }: CaseResult): DecisiveRequest | undefined {
  const shown = decisive(attempts);
  if (shown === undefined) return undefined;
  const { what, request, expected, received, step } = shown;
  const together = attempts.filter((attempt) => attempt.step === step).map(toReceived);
  const at = attempts.indexOf(shown) + 1;
  return { what, at, request, expected, received, ...(expectedTogether !== undefined && { together }) };
}

function toReceived({ received: { httpStatus, code } }: Attempt): CaseRow['received'][number] {
  return { httpStatus, code };
}

function undocumentedCodes(results: readonly CaseResult[], dialect: Dialect): Results['undocumented'] {
  const counts = new Map<number, number>();
  for (const { code } of results.flatMap(({ attempts }) => attempts.map(({ received }) => received))) {
    if (code === null || documentedCode(code, dialect.operation) !== undefined || isSuccessCode(code, dialect))
      continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => ({ code, count, sibling: isSiblingCode(code, dialect.operation) }));
}
