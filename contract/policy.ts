import { documentedCode } from '../spec/catalogue.ts';
import type { CodeCoverage } from './coverage.ts';
import { notSelected } from './coverage.ts';
import type { CaseResult } from './outcome.ts';

/** What a team asks of its gate beyond the contract, and what it lives with for a while. */
export type Policy = {
  /** Fewest of the documented codes that must be covered. */
  readonly minimumCoverage?: number;
  /** A warning is a failure. */
  readonly strict?: boolean;
  /** Codes that must be covered. */
  readonly mustCover?: readonly number[];
  readonly tolerate?: readonly Tolerance[];
};

/** A known deviation that does not close the gate until a date. */
export type Tolerance = {
  /** The id of a case, or a pattern: `dk/` is a group, `*` is any text (`*dk-too-long`). */
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
 * Whether a pattern matches an id. `*` matches any text, also `/`; a pattern that ends in `/` matches the whole group:
 * `dk/`, `dk/too*`, `*dk-too-long`.
 */
export function matches(pattern: string, id: string): boolean {
  const [start = '', ...pieces] = (pattern.endsWith('/') ? `${pattern}*` : pattern).split('*');
  const end = pieces.pop();
  if (end === undefined) return id === start;
  if (!id.startsWith(start)) return false;
  // The first place of each piece is enough, and no pattern can make it slow as a regular expression would be.
  let at = start.length;
  for (const piece of pieces) {
    const found = id.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return id.length - end.length >= at && id.endsWith(end);
}

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
      judged = judged.map((result) => (failing.includes(result) ? tolerated(result, tolerance) : result));
    }
  }
  return { results: judged, violations, notes };
}

/** What of the coverage a policy asks for is missing. Codes of which no case was selected are not counted against it. */
export function coverageViolations(
  codes: readonly CodeCoverage[],
  { minimumCoverage, mustCover = [] }: Policy,
): readonly string[] {
  if (isPartial(codes)) return [];
  const covered = codes.filter(({ status }) => status === 'covered').map(({ code }) => code);
  const missing = mustCover.filter((code) => !covered.includes(code));
  return [
    ...(minimumCoverage !== undefined && covered.length < minimumCoverage
      ? [`policy: ${covered.length} of ${codes.length} codes are covered; ${minimumCoverage} must be`]
      : []),
    ...missing.map((code) => `policy: ${code} (${documentedCode(code)?.meaning ?? ''}) must be covered and is not`),
  ];
}

/** Whether cases were left out, so that coverage says nothing of the server. */
export function isPartial(codes: readonly CodeCoverage[]): boolean {
  return codes.some(({ reason }) => reason === notSelected);
}

function tolerated(result: CaseResult, { until, owner, reason }: Tolerance): CaseResult {
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
