import type { CaseResult, Outcome } from '../run/outcome.ts';

/** What tells results apart: as the run has them, or as `results.json` does. */
type Ended = { readonly outcome: Outcome; readonly cause?: string; readonly reason?: string };

/** Results that went wrong in the same way: one cause, one thing to mend. */
export type Cluster<Result extends Ended = CaseResult> = {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly results: readonly Result[];
};

const severity: readonly Outcome[] = ['failed', 'error', 'warned', 'skipped', 'passed'];

/** The results that did not pass, by outcome and cause: the gravest first, then the largest. */
export function clustersOf<Result extends Ended>(results: readonly Result[]): readonly Cluster<Result>[] {
  const clusters = new Map<string, Result[]>();
  for (const result of results) {
    if (result.outcome === 'passed') continue;
    const key = `${severity.indexOf(result.outcome)}\n${result.cause ?? result.reason ?? ''}`;
    const members = clusters.get(key);
    if (members === undefined) clusters.set(key, [result]);
    else members.push(result);
  }
  return [...clusters.values()]
    .map((members) => ({
      outcome: outcomeOf(members),
      cause: members[0]?.cause ?? members[0]?.reason ?? '',
      results: members,
    }))
    .sort((a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome) || b.results.length - a.results.length);
}

function outcomeOf(members: readonly Ended[]): Outcome {
  return members[0]?.outcome ?? 'passed';
}
