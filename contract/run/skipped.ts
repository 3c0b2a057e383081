import { inert } from '../inert.ts';
import type { CaseRow } from '../results.generated.ts';

/** The part of a result that says why a case was skipped. */
type Skipped = Pick<CaseRow, 'outcome' | 'reason' | 'cause' | 'unsupported' | 'usedUp'>;

/** Why cases were skipped, for one line: `22 states are not supported`; empty if none was. */
export function skippedBecause(results: readonly Skipped[]): string {
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
