import { documentedCode, isSiblingCode } from '../spec/catalogue.ts';
import type { Dialect } from '../spec/dialect.ts';
import { isSuccessCode } from '../spec/dialect.ts';
import { expectationsOf } from './case.ts';
import type { CodeCoverage } from './coverage.ts';
import { coverage } from './coverage.ts';
import type { CaseResult, Outcome } from './outcome.ts';
import { decisive } from './outcome.ts';
import type { Run } from './run.ts';
import { curlOf } from './show.ts';
import type { Target } from './targets/target.ts';
import type { Verdict } from './verdict.ts';
import { verdictOf } from './verdict.ts';

/** The file `results.json`; its JSON Schema is `results.schema.json`. Times are in milliseconds. */
export type Results = {
  readonly schema: 'bindgate.results/1';
  readonly tool: { readonly name: 'bindgate'; readonly version: string; readonly catalogue: number };
  readonly target: { readonly kind: Target['kind']; readonly url: string };
  readonly dialect: Dialect;
  readonly seed: number;
  readonly interrupted: boolean;
  readonly verdict: Verdict;
  /** Valid requests did not bind, and do under these settings of the dialect: the reading the server seems to follow. */
  readonly seemsToFollow?: Partial<Dialect>;
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
  };
  readonly codes: readonly CodeCoverage[];
  /** Codes of answers that the document does not have; `sibling` tells whether a page of its family does. */
  readonly undocumented: readonly { readonly code: number; readonly count: number; readonly sibling: boolean }[];
  readonly cases: readonly {
    readonly id: string;
    readonly code: number;
    readonly title: string;
    readonly basis: string;
    readonly given: string;
    readonly outcome: Outcome;
    readonly expected: { readonly codes: readonly number[] };
    readonly received: readonly { readonly httpStatus: number | null; readonly code: number | null }[];
    readonly reason?: string;
    readonly curl: string;
    readonly durationMs: number;
  }[];
};

/** What a run was made with. */
export type RunFacts = {
  readonly version: string;
  readonly catalogue: number;
  readonly target: Pick<Target, 'kind' | 'url'>;
  readonly dialect: Dialect;
  readonly seed: number;
  readonly strict: boolean;
  readonly seemsToFollow?: Partial<Dialect> | undefined;
};

/** The results of a run, ready to be written. */
export function resultsOf(run: Run, facts: RunFacts): Results {
  const results = facts.strict ? run.results.map(strictly) : run.results;
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return {
    schema: 'bindgate.results/1',
    tool: { name: 'bindgate', version: facts.version, catalogue: facts.catalogue },
    target: { kind: facts.target.kind, url: facts.target.url },
    dialect: facts.dialect,
    seed: facts.seed,
    interrupted: run.interrupted,
    verdict: verdictOf(results, facts.dialect, run.interrupted),
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
    },
    codes: coverage(results, facts.dialect),
    undocumented: undocumentedCodes(results, facts.dialect),
    cases: results.map((result) => caseRow(result, facts)),
  };
}

/** Under `--strict` a warning is a failure. */
export function strictly(result: CaseResult): CaseResult {
  return result.outcome === 'warned' ? { ...result, outcome: 'failed' } : result;
}

function caseRow(result: CaseResult, { dialect, target }: RunFacts): Results['cases'][number] {
  const { id, code, title, basis, given } = result.case;
  const shown = decisive(result.attempts);
  return {
    id,
    code,
    title,
    basis,
    given,
    outcome: result.outcome,
    expected: { codes: [...new Set(expectationsOf(result.case, dialect).flatMap(({ codes }) => codes))] },
    received: result.attempts.map(({ received }) => ({ httpStatus: received.httpStatus, code: received.code })),
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    curl: shown === undefined ? '' : curlOf(shown.request, target.url),
    durationMs: Math.round(result.durationMs * 10) / 10,
  };
}

function undocumentedCodes(results: readonly CaseResult[], dialect: Dialect): Results['undocumented'] {
  const counts = new Map<number, number>();
  for (const { code } of results.flatMap(({ attempts }) => attempts.map(({ received }) => received))) {
    if (code === null || documentedCode(code) !== undefined || isSuccessCode(code, dialect)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([code, count]) => ({ code, count, sibling: isSiblingCode(code) }));
}
