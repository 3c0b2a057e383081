import type { Dialect } from '../../spec/dialect.ts';
import { asksToBind } from '../../spec/expectation.ts';
import { plural } from '../../spec/plural.ts';
import { inert } from '../inert.ts';
import type { CaseRow, Verdict } from '../results.generated.ts';
import { listExpectations } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';

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

/** Why cases were skipped, for one line: `22 states are not supported`; empty if none was. */
export function skippedBecause(
  results: readonly Pick<CaseRow, 'outcome' | 'reason' | 'cause' | 'unsupported' | 'usedUp'>[],
): string {
  const skipped = results.filter(({ outcome }) => outcome === 'skipped');
  const missing = new Set(skipped.flatMap(({ unsupported }) => unsupported ?? [])).size;
  const usedUp = new Set(skipped.flatMap((result) => result.usedUp ?? [])).size;
  const others = skipped.filter((result) => result.unsupported === undefined && result.usedUp === undefined);
  const causes = new Set(others.map(({ cause, reason }) => inert(cause ?? reason ?? '', 100)));
  return [
    ...(missing === 0 ? [] : [`${missing} ${missing === 1 ? 'state is' : 'states are'} not supported`]),
    ...(usedUp === 0 ? [] : [`${usedUp} ${usedUp === 1 ? 'state has' : 'states have'} no device left`]),
    ...[...causes].slice(0, 2),
    ...(causes.size > 2 ? [`${causes.size - 2} other reasons`] : []),
  ].join('; ');
}
