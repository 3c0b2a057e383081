import type { PrecedenceFact } from '../results.generated.ts';
import type { CaseResult } from '../run/outcome.ts';

export type { PrecedenceFact } from '../results.generated.ts';

/** The order of checks as data, in the order of the cases; pairs that could not be run are left out. */
export function precedenceFacts(results: readonly CaseResult[]): readonly PrecedenceFact[] {
  return results.flatMap(({ case: tested, attempts: [only] }) => {
    if (tested.pair === undefined || only === undefined) return [];
    const { names, due } = tested.pair;
    const { httpStatus, code } = only.received;
    return [{ pair: names, due, httpStatus, code }];
  });
}
