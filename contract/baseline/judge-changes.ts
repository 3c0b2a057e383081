import type { Policy } from '../judge/policy.ts';
import { matches } from '../matches.ts';
import type { BaselineResult } from '../results.generated.ts';
import type { BehaviourChanges, Change, ChangeCluster } from './compare-behaviour.ts';
import { countChanges } from './compare-behaviour.ts';

export type { BaselineResult } from '../results.generated.ts';

/**
 * Changes with those marked that a policy tolerates: a line for a case, or a group, covers what it answers otherwise as well.
 * @param today as `2026-11-24`.
 */
export function withTolerated(changes: BehaviourChanges, { tolerate = [] }: Policy, today: string): BaselineResult {
  const live = tolerate.filter(({ until }) => until >= today);
  const tolerated = changes.clusters
    .flatMap((cluster) => cluster.changes)
    .flatMap((change) => {
      const line = live.find((tolerance) => matches(tolerance.case, changeId(change)));
      return line === undefined ? [] : [{ id: change.id, until: line.until, owner: line.owner }];
    });
  return { ...changes, tolerated };
}

/** Whether all changes of a cause are tolerated: they close no gate. */
export function isTolerated(
  { changes }: Pick<ChangeCluster, 'changes'>,
  tolerated: readonly { readonly id: string }[] = [],
): boolean {
  return changes.every((change) => tolerated.some(({ id }) => id === change.id));
}

/** The id by which a policy names a change: pairs of faults stand in a group of their own. */
export function changeId({ kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return kind === 'case' ? id : `precedence/${id.replace(' + ', ' and ')}`;
}

/** Why a run that keeps the contract does not pass: one line, or none. */
export function baselineViolations(result: BaselineResult): readonly string[] {
  const count = countChanges(result) - result.tolerated.length;
  if (count === 0) return [];
  const [what, verb] = count === 1 ? ['fact', 'is'] : ['facts', 'are'];
  return [`${count} ${what} ${verb} not what ${result.before.name} has`];
}
