import { matches } from '../matches.ts';
import type { CaseResult } from '../run/outcome.ts';
import type { CodeCoverage } from './coverage.ts';
import { uncovered } from './coverage.ts';

/** What a team asks of its gate beyond the contract, and what it lives with for a while. */
export type Policy = {
  /** Fewest of the documented codes that must be covered; a gate asks for all of them where nothing is said. */
  readonly minimumCoverage?: number;
  /** A warning is a failure. */
  readonly strict?: boolean;
  /** Codes that must be covered. */
  readonly mustCover?: readonly number[];
  readonly tolerate?: readonly Tolerance[];
};

/** A known deviation that does not close the gate until a date. */
export type Tolerance = {
  /** The id of a case, or a pattern: `name/` is a group, `*` is any text (`*name-too-long`). */
  readonly case: string;
  /** The last day on which it is tolerated: `2027-03-31`. */
  readonly until: string;
  /** Who mends it. */
  readonly owner: string;
  readonly reason: string;
};

/** What a policy has made of a run. */
export type PolicyOutcome = {
  readonly results: readonly CaseResult[];
  /** Why the gate is closed although the contract is kept; empty where it is not. */
  readonly violations: readonly string[];
  /** What a team should know: what ends soon, what is no longer needed. */
  readonly notes: readonly string[];
};

const soonDays = 14;

/**
 * The results with tolerated failures turned into warnings. A tolerance that has expired, or never matched a failure, changes
 * nothing and is said.
 * @param today as `2026-11-24`, so that a test can choose it.
 * @param changed cases that answer otherwise than in a baseline: a line that names one is needed, though nothing fails.
 */
export function applyPolicy(
  results: readonly CaseResult[],
  { tolerate = [] }: Policy,
  today: string,
  changed: readonly string[] = [],
): PolicyOutcome {
  const notes: string[] = [];
  const violations: string[] = [];
  let judged = results;
  for (const tolerance of tolerate) {
    const { case: id, until, owner } = tolerance;
    const failing = judged.filter((result) => matches(id, result.case.id) && result.outcome === 'failed');
    if (failing.length === 0) {
      const ran = judged.some(({ case: tested, outcome }) => matches(id, tested.id) && outcome === 'passed');
      if (ran && !changed.some((tested) => matches(id, tested)))
        notes.push(`policy: "${id}" is tolerated until ${until} and no longer fails; take the line out (${owner})`);
    } else if (until < today) {
      violations.push(
        `policy: "${id}" was tolerated until ${until}, and ${failing.length === 1 ? 'still fails' : `${failing.length} cases still fail`} (${owner})`,
      );
    } else {
      const left = daysBetween(today, until);
      if (left <= soonDays) notes.push(`policy: "${id}" is tolerated for ${left} more days (${owner})`);
      judged = judged.map((result) => (failing.includes(result) ? asTolerated(result, tolerance) : result));
    }
  }
  return { results: judged, violations, notes };
}

/** What coverage is judged by, beside the policy. */
export type CoverageDemand = {
  /** Full coverage is the default: of a gate, and under `--require-coverage`. */
  readonly required: boolean;
  /** Cases were left out (`--only`), so that coverage says nothing about the server. */
  readonly partial: boolean;
};

/**
 * Why the coverage is not enough; empty where it is.
 * A part of the cases never meets a required coverage, whatever the policy asks for.
 */
export function coverageViolations(
  codes: readonly CodeCoverage[],
  policy: Policy,
  { required, partial }: CoverageDemand,
): readonly string[] {
  const missing = uncovered(codes);
  const covered = codes.length - missing.length;
  if (partial) {
    if (!required) return [];
    const tested = `${covered} of ${codes.length} codes are covered${missing.length === 0 ? '' : `; not covered: ${missing.join(', ')}`}`;
    return [
      `a part of the cases (--only) is no full gate: ${tested}; run all cases, or \`bindgate verify --only\` for a part`,
    ];
  }
  const { minimumCoverage, mustCover = [] } = policy;
  const all = required && policy.mustCover === undefined ? codes.length : 0;
  const minimum = minimumCoverage ?? all;
  const start = minimumCoverage === undefined ? '' : 'policy: ';
  const hint = minimumCoverage === undefined ? ', unless policy.minimumCoverage or policy.mustCover asks for less' : '';
  const short = `${start}${covered} of ${codes.length} codes are covered; ${minimum} must be${hint}; not covered: ${missing.join(', ')}`;
  return [
    ...(covered < minimum ? [short] : []),
    ...codes
      .filter(({ code }) => mustCover.includes(code) && missing.includes(code))
      .map(({ code, meaning }) => `policy: ${code} (${meaning}) must be covered and is not`),
  ];
}

function asTolerated(result: CaseResult, { until, owner, reason }: Tolerance): CaseResult {
  return {
    ...result,
    outcome: 'warned',
    reason: `${result.reason ?? ''}; tolerated until ${until} (${owner}: ${reason})`,
    cause: `tolerated until ${until}`,
  };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
