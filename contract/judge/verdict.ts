import type { Dialect } from '../../spec/dialect.ts';
import { asksToBind } from '../../spec/expectation.ts';
import { plural } from '../../spec/plural.ts';
import type { Verdict } from '../results.generated.ts';
import { listExpectations } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { skippedBecause } from '../run/skipped.ts';

export type { Verdict } from '../results.generated.ts';

/**
 * Makes the verdict on the results of a run.
 * @param violations of a policy: they fail a run in which no case failed.
 * @param cutShort why some cases did not run: such a run can fail, but it cannot pass.
 */
export function decideVerdict(
  results: readonly CaseResult[],
  dialect: Dialect,
  interrupted: boolean,
  violations: readonly string[] = [],
  cutShort?: string,
): Verdict {
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  const errors = results.filter(({ outcome }) => outcome === 'error').length;
  const ran = results.some(({ outcome }) => outcome !== 'skipped');
  const vacuous = cutShort === undefined && isVacuous(results, dialect);
  const reasons = [
    ...(interrupted ? ['interrupted before all cases had run'] : []),
    ...(failed > 0 ? [`${plural(failed, 'case')} failed`] : []),
    ...(cutShort === undefined ? [] : [cutShort]),
    ...(vacuous ? ['no device was ever bound, so no other result means anything'] : []),
    ...(errors > 0 ? [`${plural(errors, 'case')} ended in an error of the target or its states`] : []),
    ...(ran || interrupted || cutShort !== undefined ? [] : [noCaseRan(results)]),
    ...violations,
  ];
  if (interrupted) return { exitCode: 130, reasons };
  if (failed > 0 || violations.length > 0 || vacuous) return { exitCode: 1, reasons };
  return { exitCode: errors > 0 || !ran || cutShort !== undefined ? 3 : 0, reasons };
}

/** Why there is nothing to judge: the chosen cases were skipped. */
function noCaseRan(results: readonly CaseResult[]): string {
  const why = skippedBecause(results);
  if (why === '') return 'no case ran';
  const [only, ...others] = results;
  return others.length > 0 || only === undefined ? `no case ran: ${why}` : `${only.case.id} was skipped: ${why}`;
}

/** A server that refuses every request also refuses every fault. Without one bind, no refusal means anything. */
function isVacuous(results: readonly CaseResult[], dialect: Dialect): boolean {
  const expected = results.filter(
    (result) =>
      (result.outcome === 'passed' || result.outcome === 'failed' || result.outcome === 'warned') &&
      listExpectations(result.case, dialect).some(asksToBind),
  );
  return expected.length > 0 && !results.some(({ attempts }) => attempts.some(({ bound }) => bound));
}
