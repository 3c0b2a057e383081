import type { Policy } from '../judge/policy.ts';
import { matches } from '../matches.ts';
import type { BaselineResult } from '../results.generated.ts';
import { type BehaviourChanges, type Change, type ChangeCluster, countChanges } from './compare-behaviour.ts';

export type { BaselineResult } from '../results.generated.ts';

/** Marks the changes that a policy tolerates on a day (`2026-11-24`). A line for a case or a group is one for its changes too. */
export function withTolerated(changes: BehaviourChanges, { tolerate = [] }: Policy, today: string): BaselineResult {
  const valid = tolerate.filter(({ until }) => until >= today);
  const tolerated = changes.clusters
    .flatMap((cluster) => cluster.changes)
    .flatMap((change) => {
      const line = valid.find((tolerance) => matches(tolerance.case, changeId(change)));
      return line === undefined ? [] : [{ id: change.id, until: line.until, owner: line.owner }];
    });
  return { ...changes, tolerated };
}

/** Whether all changes of a cause are tolerated, so that they do not fail the gate. */
export function isTolerated(
  { changes }: Pick<ChangeCluster, 'changes'>,
  tolerated: readonly { readonly id: string }[] = [],
): boolean {
  return changes.every((change) => tolerated.some(({ id }) => id === change.id));
}

/** The id of a change in a policy. Pairs of faults have their own group. */
export function changeId({ kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return kind === 'case' ? id : `precedence/${id.replace(' + ', ' and ')}`;
}

/** One line if untolerated changes fail the run; else none. */
export function baselineViolations(result: BaselineResult): readonly string[] {
  const count = countChanges(result) - result.tolerated.length;
  if (count === 0) return [];
  const [what, verb] = count === 1 ? ['result', 'differs'] : ['results', 'differ'];
  return [`${count} ${what} ${verb} from ${result.before.name}`];
}
