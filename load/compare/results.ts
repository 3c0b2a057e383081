import type { CompareResults } from './compare.generated.ts';

/** The file `compare.json`; `compare.schema.json` describes its fields. */
export type { ComparedMetric, ComparedSide, CompareResults, Verdict } from './compare.generated.ts';

/**
 * The exit code of a comparison: 0 PASS, 1 FAIL, 3 INCONCLUSIVE or not valid, 130 interrupted.
 * With `inconclusivePasses`, INCONCLUSIVE is 0 if the numbers are valid.
 */
export function compareExitCode(
  { verdict, valid, interrupted }: CompareResults,
  inconclusivePasses: boolean,
): 0 | 1 | 3 | 130 {
  if (interrupted) return 130;
  if (verdict === 'PASS') return 0;
  if (verdict === 'FAIL') return 1;
  return valid && inconclusivePasses ? 0 : 3;
}
