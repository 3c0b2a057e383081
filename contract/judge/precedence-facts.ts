import type { CaseResult } from '../run/outcome.ts';

/** Which code came when a request had two faults. */
export type PrecedenceFact = {
  readonly pair: readonly [string, string];
  /** The code that each fault alone would earn, 0 where the document has none. */
  readonly due: readonly [number, number];
  readonly httpStatus: number | null;
  readonly code: number | null;
};

/** The order of checks as data, in the order of the cases; pairs that could not be run are left out. */
export function precedenceFacts(results: readonly CaseResult[]): readonly PrecedenceFact[] {
  return results.flatMap(({ case: tested, attempts: [only] }) => {
    if (tested.pair === undefined || only === undefined) return [];
    const { names, due } = tested.pair;
    const { httpStatus, code } = only.received;
    return [{ pair: names, due, httpStatus, code }];
  });
}
