import type { CaseRow, Outcome } from '../results.generated.ts';

/** The part of a result that decides its cluster. A run and `results.json` both have it. */
type Ended = Pick<CaseRow, 'outcome' | 'cause' | 'reason'>;

/** Results that went wrong in the same way: they have one cause, so there is one thing to fix. */
export type Cluster<Result extends Ended = CaseRow> = {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly results: readonly [Result, ...Result[]];
};

/** Outcomes, the most serious first. */
export const severity: readonly Outcome[] = ['failed', 'error', 'warned', 'skipped', 'passed'];

/** The results that did not pass, grouped by outcome and cause. The most serious outcome comes first, then the largest cluster. */
export function clusterResults<Result extends Ended>(results: readonly Result[]): readonly Cluster<Result>[] {
  const unpassed = results.filter(({ outcome }) => outcome !== 'passed');
  return [...Map.groupBy(unpassed, (result) => `${result.outcome}\n${findCause(result)}`).values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ outcome: first.outcome, cause: findCause(first), results: [first, ...others] as const }],
    )
    .sort((a, b) => severity.indexOf(a.outcome) - severity.indexOf(b.outcome) || b.results.length - a.results.length);
}

function findCause({ cause, reason = '' }: Ended): string {
  return cause ?? reason;
}
