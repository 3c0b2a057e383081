import type { CaseResult, Outcome } from './outcome.ts';

/** Results that went wrong in the same way: one cause, one thing to mend. */
export type Cluster = { readonly outcome: Outcome; readonly cause: string; readonly results: readonly CaseResult[] };

const severity: readonly Outcome[] = ['failed', 'error', 'warned', 'skipped', 'passed'];

/** The results that did not pass, by outcome and cause: the gravest first, then the largest. */
export function clustersOf(results: readonly CaseResult[]): readonly Cluster[] {
  const clusters = new Map<string, CaseResult[]>();
  for (const result of results) {
    if (result.outcome === 'passed') continue;
    const key = `${severity.indexOf(result.outcome)}\n${result.cause ?? result.reason ?? ''}`;
    clusters.set(key, [...(clusters.get(key) ?? []), result]);
  }
  return [...clusters.values()]
    .map((members) => ({
      outcome: outcomeOf(members),
      cause: members[0]?.cause ?? members[0]?.reason ?? '',
      results: members,
    }))
    .sort((a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome) || b.results.length - a.results.length);
}

function outcomeOf(members: readonly CaseResult[]): Outcome {
  return members[0]?.outcome ?? 'passed';
}
