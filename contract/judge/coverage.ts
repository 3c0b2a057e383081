import { definedOnly } from '../../spec/defined-only.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { isSuccessCode } from '../../spec/dialect.ts';
import type { CodeCoverage } from '../results.generated.ts';
import { listExpectations } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';

export type { CodeCoverage } from '../results.generated.ts';

/** Why a code was not tested when none of its cases was selected. */
export const notSelected = 'not selected';

/** The coverage of the documented codes. Row 200 is success, whatever the dialect's `successCode`. */
export function coverage(results: readonly CaseResult[], dialect: Dialect): readonly CodeCoverage[] {
  const earned = new Map(results.map((result) => [result, coverableCodes(result, dialect)]));
  return dialect.operation.codes.map(({ code, meaning }) => {
    const about = results.filter((result) => result.case.code === code || earned.get(result)?.has(code) === true);
    // A fault without a documented code is filed under 200, and says nothing of whether that comes where it is due.
    const able = about.filter((result) => earned.get(result)?.has(code) === true);
    const seen = able.some((result) => result.outcome === 'passed' && sawCode(result, code, dialect));
    // A case that allows two codes may cover the second one, and says nothing of it where the first one came.
    const own = able.filter((result) => result.case.code === code);
    const missed = own.some(ranToItsEnd) ? 'not-implemented' : 'not-tested';
    const status = seen ? 'covered' : missed;
    const reason = seen ? undefined : coverageReason(status, own);
    const cases = about.filter((result) => result.case.code === code).map((result) => result.case.id);
    return definedOnly({ code, meaning, status, reason, cases });
  });
}

/** The codes that are not covered. */
export function uncovered(codes: readonly CodeCoverage[]): readonly number[] {
  return codes.filter(({ status }) => status !== 'covered').map(({ code }) => code);
}

/** The codes that a case may see: one that allows two is filed under the first, and may cover either. */
function coverableCodes({ case: tested }: CaseResult, dialect: Dialect): ReadonlySet<number> {
  // What may be accepted or refused proves nothing about success; a code among other refusals is still that code.
  return new Set(
    listExpectations(tested, dialect).flatMap(({ anyRefusal, codes }) =>
      anyRefusal ? codes.filter((code) => code !== 200) : codes,
    ),
  );
}

function sawCode({ attempts }: CaseResult, code: number, dialect: Dialect): boolean {
  return attempts.some(
    ({ verdict }) =>
      verdict.kind === 'right' &&
      verdict.code !== undefined &&
      (verdict.code === code || (code === 200 && isSuccessCode(verdict.code, dialect))),
  );
}

function coverageReason(status: CodeCoverage['status'], able: readonly CaseResult[]): string | undefined {
  const firstReason = (results: readonly CaseResult[]): string | undefined =>
    results.find(({ reason }) => reason !== undefined)?.reason;
  if (status === 'not-tested') return firstReason(able.filter((result) => !ranToItsEnd(result))) ?? notSelected;
  return firstReason(able.filter(ranToItsEnd));
}

function ranToItsEnd({ outcome }: CaseResult): boolean {
  return outcome !== 'skipped' && outcome !== 'error';
}
