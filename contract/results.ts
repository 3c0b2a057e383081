import type { Dialect, SettingLines } from '../spec/dialect.ts';
import { isSuccessCode, settingLines, valuesOf } from '../spec/dialect.ts';
import type { Expectation } from '../spec/expectation.ts';
import { documentedCode, isSiblingCode } from '../spec/operation.ts';
import type { Basis } from '../spec/rule.ts';
import { factOf } from './baseline/behaviour.ts';
import type { BaselineResult } from './baseline/judge-changes.ts';
import { baselineViolations } from './baseline/judge-changes.ts';
import type { CurlPlace } from './curl.ts';
import { curlCommand } from './curl.ts';
import type { CodeCoverage } from './judge/coverage.ts';
import { coverage } from './judge/coverage.ts';
import { describeExpected } from './judge/judge.ts';
import type { PolicyOutcome } from './judge/policy.ts';
import type { PrecedenceFact } from './judge/precedence-facts.ts';
import type { Verdict } from './judge/verdict.ts';
import { verdictOf } from './judge/verdict.ts';
import { expectationsOf, hasDocumentedCode } from './run/case.ts';
import type { Attempt, CaseResult, Outcome, Received, ShownRequest } from './run/outcome.ts';
import { decisive } from './run/outcome.ts';
import type { Run } from './run/run.ts';
import type { Target } from './targets/target.ts';

/** The file `results.json`; its JSON Schema is `results.schema.json`. Times are in milliseconds. */
export type Results = {
  readonly schema: 'bindgate.results/1';
  readonly tool: { readonly name: 'bindgate'; readonly version: string; readonly catalogue: number };
  readonly target: { readonly kind: Target['kind']; readonly url: string };
  /** Every setting and its value. */
  readonly dialect: Readonly<Record<string, string | number>> & Pick<Dialect, 'successCode'>;
  /** Settings of the dialect that were given: they are the user's contract, and what differs from them fails. */
  readonly declared?: readonly string[];
  readonly seed: number;
  /** When the run started, in ISO 8601. */
  readonly startedAt?: string;
  /** The command that repeats the run; `--only` and `--seed` are added to it. */
  readonly replay?: string;
  /** Present where secrets stand as they are, by `--show-secrets`. */
  readonly secretsShown?: true;
  readonly interrupted: boolean;
  readonly verdict: Verdict;
  /** What the configuration's policy asks for and is missing, and what its owners should know. */
  readonly policy?: { readonly violations: readonly string[]; readonly notes: readonly string[] };
  /** Valid requests did not bind, and do under these settings of the dialect: the reading the server seems to follow. */
  readonly seemsToFollow?: Readonly<Record<string, string | number>>;
  readonly summary: {
    readonly passed: number;
    readonly failed: number;
    readonly warned: number;
    readonly skipped: number;
    readonly errors: number;
    readonly requests: number;
    /** Answers 429 that were waited out. */
    readonly backedOff: number;
    readonly durationMs: number;
    /** Time spent waiting for the states endpoint and for the target: sums over what was under way at once. */
    readonly statesMs?: number;
    readonly targetMs?: number;
  };
  readonly codes: readonly CodeCoverage[];
  /** Codes of answers that the document does not have; `sibling` tells whether a page of its family does. */
  readonly undocumented: readonly { readonly code: number; readonly count: number; readonly sibling: boolean }[];
  readonly cases: readonly CaseRow[];
  /** The server's order of checks, where it was recorded. */
  readonly precedence?: readonly PrecedenceFact[];
  /** What the server does otherwise than in a baseline, where the run was held against one. */
  readonly baseline?: BaselineResult;
};

/** One case of a run. */
export type CaseRow = {
  readonly id: string;
  readonly code: number;
  /** The case is about a fault for which the document has no code, and is filed under 200. */
  readonly noDocumentedCode?: true;
  readonly title: string;
  /** What the claim rests on; see docs/operation.md for the rule. */
  readonly basis: Basis;
  readonly given: string;
  /** Where the claim is said. */
  readonly clause?: string;
  /** The rule that it rests on or, where it did not pass, that was broken or read in another way. */
  readonly rule?: string;
  readonly outcome: Outcome;
  /** `text` says it for people, where codes alone do not: `a refusal`, or `exactly one success` of several answers. */
  readonly expected: { readonly codes: readonly number[]; readonly text?: string };
  readonly received: readonly { readonly httpStatus: number | null; readonly code: number | null }[];
  /** What came back as a baseline keeps it; absent for a case that did not run, or is no fact. */
  readonly fact?: string;
  readonly reason?: string;
  /** The same for cases that ended in the same way. */
  readonly cause?: string;
  /** What to write after `--dialect`, where a setting decides whether it is right. */
  readonly dialect?: SettingLines;
  /** Flags beside `--only` and `--seed` that lead to this very failure. */
  readonly replay?: string;
  /** The request that decided it, where it did not pass. */
  readonly decisive?: DecisiveRequest;
  /** The deciding request as a command; empty where there is none to show. */
  readonly curl: string;
  /** A command that sets the case's state up again, for the token that `curl` uses. */
  readonly setUp?: string;
  /** What curl cannot do here, and what to fill in. */
  readonly curlNote?: string;
  readonly durationMs: number;
};

/** A request as it was sent (masked), expected and answered. */
export type DecisiveRequest = {
  readonly what: string;
  /** Which of the case's requests it was, from 1. */
  readonly at: number;
  readonly request: ShownRequest;
  readonly expected: Expectation;
  readonly received: Received;
};

/** What a run was made with. */
export type RunFacts = {
  readonly version: string;
  readonly catalogue: number;
  readonly target: Pick<Target, 'kind' | 'url'>;
  readonly dialect: Dialect;
  readonly seed: number;
  /** What a policy has found, where there is one. */
  readonly policy?: Pick<PolicyOutcome, 'violations' | 'notes'> | undefined;
  readonly seemsToFollow?: Readonly<Record<string, string | number>> | undefined;
  readonly precedence?: readonly PrecedenceFact[] | undefined;
  readonly baseline?: BaselineResult | undefined;
  readonly startedAt?: string;
  readonly replay?: string;
  readonly showSecrets?: boolean;
  readonly curl?: Omit<CurlPlace, 'url'> | undefined;
};

/** The results of a run, ready to be written. */
export function resultsOf(run: Run, facts: RunFacts): Results {
  const { results } = run;
  const { policy, precedence, baseline } = facts;
  const violations = [...(policy?.violations ?? []), ...(baseline === undefined ? [] : baselineViolations(baseline))];
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    schema: 'bindgate.results/1',
    tool: { name: 'bindgate', version: facts.version, catalogue: facts.catalogue },
    target: { kind: facts.target.kind, url: facts.target.url },
    dialect: { ...valuesOf(facts.dialect), successCode: facts.dialect.successCode },
    ...(facts.dialect.declared.length === 0 ? {} : { declared: facts.dialect.declared }),
    seed: facts.seed,
    ...(facts.startedAt === undefined ? {} : { startedAt: facts.startedAt }),
    ...(facts.replay === undefined ? {} : { replay: facts.replay }),
    ...(facts.showSecrets === true ? { secretsShown: true as const } : {}),
    interrupted: run.interrupted,
    verdict: verdictOf(results, facts.dialect, run.interrupted, violations, run.cutShort),
    ...(policy === undefined ? {} : { policy }),
    ...(facts.seemsToFollow === undefined ? {} : { seemsToFollow: facts.seemsToFollow }),
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
    ...(precedence === undefined ? {} : { precedence }),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

/** Under `--strict` a warning is a failure. */
export function strictly(result: CaseResult): CaseResult {
  return result.outcome === 'warned' ? { ...result, outcome: 'failed' } : result;
}

/** Where the commands of a run's cases lead. */
export function curlPlace({ target, curl = { bodies: 'bodies' } }: Pick<RunFacts, 'target' | 'curl'>): CurlPlace {
  return { ...curl, url: target.url };
}

/** A case that names no rule of its operation cannot be reported. */
function unknownRule(id: string): never {
  throw new Error(`no rule is called "${id}"`);
}

function caseRow(result: CaseResult, facts: RunFacts): CaseRow {
  const { dialect } = facts;
  const { id, code, title, given } = result.case;
  const { outcome, attempts, reason, cause, replay } = result;
  const rule = result.rule ?? result.case.rule;
  const { basis, source: clause, dialect: key } = dialect.operation.rules[rule] ?? unknownRule(rule);
  const shown = decisive(attempts);
  const fact = factOf(result);
  const { line = '', setUp, note } = curlCommand(result, curlPlace(facts)) ?? {};
  return {
    id,
    code,
    ...(hasDocumentedCode(result.case, dialect) ? {} : { noDocumentedCode: true as const }),
    title,
    basis,
    given,
    clause,
    rule,
    outcome,
    expected: expectedOf(result, dialect),
    received: attempts.map(({ received }) => ({ httpStatus: received.httpStatus, code: received.code })),
    ...(fact === undefined ? {} : { fact }),
    ...(reason === undefined ? {} : { reason }),
    ...(cause === undefined ? {} : { cause }),
    ...(replay === undefined ? {} : { replay }),
    ...(key === undefined || outcome === 'passed' || outcome === 'skipped'
      ? {}
      : { dialect: settingLines(key, dialect) }),
    ...(shown === undefined || outcome === 'passed' ? {} : { decisive: decisiveRequest(shown, attempts) }),
    curl: line,
    ...(setUp === undefined ? {} : { setUp }),
    ...(note === undefined ? {} : { curlNote: note }),
    durationMs: Math.round(result.durationMs * 10) / 10,
  };
}

function expectedOf({ case: tested, expectedTogether }: CaseResult, dialect: Dialect): CaseRow['expected'] {
  const expectations = expectationsOf(tested, dialect);
  const text = expectedTogether ?? [...new Set(expectations.map(describeExpected))].join(', then ');
  return { codes: [...new Set(expectations.flatMap(({ codes }) => codes))], ...(text === '' ? {} : { text }) };
}

function decisiveRequest(shown: Attempt, attempts: readonly Attempt[]): DecisiveRequest {
  const { what, request, expected, received } = shown;
  return { what, at: attempts.indexOf(shown) + 1, request, expected, received };
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
