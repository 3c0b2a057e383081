import type { Results } from './results.generated.ts';

/** The results of one operation of a run; `prefix` is its id if it is not the first one. */
export type OperationResults = { readonly prefix: string | undefined; readonly results: Results };

/** The most important exit code first: an interruption, a finding, an error. */
const exitCodes = [130, 1, 3] as const;

/** The id of a case of a further operation in the results of a run: the id of the operation, a colon and its own id. */
export function prefixed(operation: string, id: string): string {
  return `${operation}:${id}`;
}

/**
 * The results of several operations on one server as those of one run. The first operation keeps its ids; the cases of
 * each further one have its id before theirs, and its codes name it.
 */
export function mergeResults(all: readonly [OperationResults, ...OperationResults[]]): Results {
  const [first, ...further] = all.map(withPrefix);
  if (first === undefined || further.length === 0) return first ?? all[0].results;
  const merged = [first, ...further];
  const sum = (of: keyof Results['summary']): number =>
    merged.reduce((total, { summary }) => total + (summary[of] ?? 0), 0);
  const exits = merged.map(({ verdict }) => verdict.exitCode);
  const undocumented = merged.flatMap((results) => results.undocumented);
  return {
    ...first,
    interrupted: merged.some(({ interrupted }) => interrupted),
    verdict: {
      exitCode: exitCodes.find((code) => exits.includes(code)) ?? 0,
      reasons: merged.flatMap(({ verdict }) => verdict.reasons),
    },
    summary: {
      passed: sum('passed'),
      failed: sum('failed'),
      warned: sum('warned'),
      skipped: sum('skipped'),
      errors: sum('errors'),
      requests: sum('requests'),
      backedOff: sum('backedOff'),
      durationMs: sum('durationMs'),
      statesMs: sum('statesMs'),
      targetMs: sum('targetMs'),
    },
    codes: merged.flatMap(({ codes }) => codes),
    undocumented: [...Map.groupBy(undocumented, ({ code }) => code).values()].flatMap(([one, ...others]) =>
      one === undefined ? [] : [{ ...one, count: others.reduce((total, { count }) => total + count, one.count) }],
    ),
    cases: merged.flatMap(({ cases }) => cases),
  };
}

function withPrefix({ prefix, results }: OperationResults): Results {
  if (prefix === undefined) return results;
  const name = (id: string): string => prefixed(prefix, id);
  return {
    ...results,
    verdict: { ...results.verdict, reasons: results.verdict.reasons.map((reason) => `${prefix}: ${reason}`) },
    codes: results.codes.map((code) => ({ ...code, operation: prefix, cases: code.cases.map(name) })),
    cases: results.cases.map((row) => ({ ...row, id: name(row.id) })),
  };
}
