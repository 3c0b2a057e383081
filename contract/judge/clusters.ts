import type { CaseRow, Outcome } from '../results.generated.ts';

/** What tells results apart: as the run has them, or as `results.json` does. */
type Ended = Pick<CaseRow, 'outcome' | 'cause' | 'reason'>;

/** Results that went wrong in the same way: one cause, one thing to fix. */
export type Cluster<Result extends Ended = CaseRow> = {
  readonly outcome: Outcome;
  readonly cause: string;
  readonly results: readonly [Result, ...Result[]];
};

const severity: readonly Outcome[] = ['failed', 'error', 'warned', 'skipped', 'passed'];

/** The results that did not pass, by outcome and cause: the gravest first, then the largest. */
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
