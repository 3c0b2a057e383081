import { definedOnly } from '../../spec/defined-only.ts';
import { type Dialect, isSuccessCode } from '../../spec/dialect.ts';
import type { CodeCoverage } from '../results.generated.ts';
import { listExpectations } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';

export type { CodeCoverage } from '../results.generated.ts';

/** The reason for a code that was not tested because none of its cases was selected. */
export const notSelected = 'not selected';

/** The coverage of the documented codes. Row 200 means success under any `successCode` of the dialect. */
export function coverage(results: readonly CaseResult[], dialect: Dialect): readonly CodeCoverage[] {
  const coverable = new Map(results.map((result) => [result, coverableCodes(result, dialect)]));
  return dialect.operation.codes.map(({ code, meaning }) => {
    const about = results.filter((result) => result.case.code === code || coverable.get(result)?.has(code) === true);
    // A case of a fault without a documented code is listed under 200, but it does not test success.
    const able = about.filter((result) => coverable.get(result)?.has(code) === true);
    const covered = able.some((result) => result.outcome === 'passed' && sawCode(result, code, dialect));
    // A case that allows two codes is listed under the first. It may cover the second, but it cannot show that the second is missing.
    const own = able.filter((result) => result.case.code === code);
    const missing = own.some(ranToItsEnd) ? 'not-implemented' : 'not-tested';
    const status = covered ? 'covered' : missing;
    const reason = covered ? undefined : coverageReason(status, own);
    const cases = about.filter((result) => result.case.code === code).map((result) => result.case.id);
    return definedOnly({ code, meaning, status, reason, cases });
  });
}

/** The codes that are not covered. */
export function uncovered(codes: readonly CodeCoverage[]): readonly number[] {
  return codes.filter(({ status }) => status !== 'covered').map(({ code }) => code);
}

/** The codes that a case may cover. A case that allows two codes may cover either. */
function coverableCodes({ case: tested }: CaseResult, dialect: Dialect): ReadonlySet<number> {
  // If a request may be accepted or refused, a success proves nothing. A documented refusal still proves its code.
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
