import type { Acceptance } from '../../spec/diff/accepted-changes.generated.ts';
import { plural } from '../../spec/plural.ts';
import { matches } from '../matches.ts';
import type { CaseResult } from '../run/outcome.ts';
import { type CodeCoverage, uncovered } from './coverage.ts';

/** What a team demands beyond the contract, and which failures it tolerates until a date. */
export type Policy = {
  /** How many documented codes must be covered. By default, a gate demands all of them. */
  readonly minimumCoverage?: number;
  /** A warning is a failure. */
  readonly strict?: boolean;
  /** Codes that must be covered. */
  readonly mustCover?: readonly number[];
  readonly tolerate?: readonly Tolerance[];
};

/** A known failure that does not fail the gate until a date. */
export type Tolerance = Pick<Acceptance, 'until' | 'owner' | 'reason'> & {
  /** The id of a case, or a pattern: `name/` is a group, `*` is any text (`*name-too-long`). */
  readonly case: string;
};

/**
 * Turns tolerated failures into warnings. A tolerance that has expired or is unused changes nothing and gives a violation
 * or a note.
 * @param today as `2026-11-24`, so that a test can choose it.
 * @param changed tolerated cases that differ from the baseline: a tolerance for one of them is used, although the case passes.
 */
export function applyPolicy(
  results: readonly CaseResult[],
  { tolerate = [] }: Policy,
  today: string,
  changed: readonly string[] = [],
): {
  readonly results: readonly CaseResult[];
  /** They fail a run even if no case failed. */
  readonly violations: readonly string[];
  /** Tolerances that end soon or are unused. */
  readonly notes: readonly string[];
} {
  const notes: string[] = [];
  const violations: string[] = [];
  let judged = results;
  for (const tolerance of tolerate) {
    const { case: id, until, owner } = tolerance;
    const failing = judged.filter((result) => matches(id, result.case.id) && result.outcome === 'failed');
    if (failing.length === 0) {
      const ran = judged.some(({ case: tested, outcome }) => matches(id, tested.id) && outcome === 'passed');
      if (ran && !changed.some((tested) => matches(id, tested)))
        notes.push(
          `policy: "${id}" is tolerated until ${until}, but it no longer fails; remove this unused line (${owner})`,
        );
    } else if (until < today) {
      violations.push(
        `policy: "${id}" was tolerated until ${until}, but ${failing.length === 1 ? 'it still fails' : `${failing.length} cases still fail`} (${owner})`,
      );
    } else {
      const soon = endsSoon(today, until);
      if (soon !== undefined) notes.push(`policy: "${id}" is tolerated ${soon} (${owner})`);
      judged = judged.map((result) => (failing.includes(result) ? asTolerated(result, tolerance) : result));
    }
  }
  return { results: judged, violations, notes };
}

/**
 * Says why the coverage is not enough; empty if it is.
 * A run of some cases never meets a required coverage, even if the policy demands less.
 * @param demand `required`: full coverage is demanded by default: in a gate, and with `--require-coverage`. `partial`: only some
 * cases ran (`--only`), so the coverage says nothing about the server.
 */
export function coverageViolations(
  codes: readonly CodeCoverage[],
  policy: Policy,
  { required, partial }: { readonly required: boolean; readonly partial: boolean },
): readonly string[] {
  const missing = uncovered(codes);
  const covered = codes.length - missing.length;
  if (partial) {
    if (!required) return [];
    return [
      `--only runs a part of the cases, so the coverage is incomplete: ${covered} of ${codes.length} codes; run all cases, or use \`bindgate verify --only\` without --require-coverage`,
    ];
  }
  const { minimumCoverage, mustCover = [] } = policy;
  const byDefault = required && policy.mustCover === undefined ? codes.length : 0;
  const minimum = minimumCoverage ?? byDefault;
  const start = minimumCoverage === undefined ? '' : 'policy: ';
  const hint = minimumCoverage === undefined ? '; to require less, set policy.minimumCoverage or policy.mustCover' : '';
  const tooFew = `${start}${covered} of ${codes.length} codes are covered, ${minimum} are required; not covered: ${missing.join(', ')}${hint}`;
  return [
    ...(covered < minimum ? [tooFew] : []),
    ...codes
      .filter(({ code }) => mustCover.includes(code) && missing.includes(code))
      .map(({ code, meaning }) => `policy: ${code} (${meaning}) must be covered, but it is not`),
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

/** How long something is still accepted: `until today`, `for 1 more day`; undefined if that is more than two weeks. */
export function endsSoon(today: string, until: string): string | undefined {
  const days = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000);
  if (days > 14) return undefined;
  return days === 0 ? 'until today' : `for ${plural(days, 'more day')}`;
}
