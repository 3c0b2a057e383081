import { thisRun } from '../../contract/baseline/behaviour.ts';
import { type BehaviourChanges, type ChangeCluster, countChanges } from '../../contract/baseline/compare-behaviour.ts';
import { type BaselineResult, isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import { firstItems } from '../../spec/first-items.ts';
import { plural } from '../../spec/plural.ts';
import type { Terminal } from '../terminal.ts';
import { countChangesText, firstChange, goneText, listIds, newText } from './words.ts';

const mostIds = 12;

/** The changes of a server as text: one block for each cause, with one case in full; then the parts that were not compared. */
export function changesText(
  changes: BehaviourChanges & Partial<Pick<BaselineResult, 'tolerated'>>,
  style: Terminal['style'],
): readonly string[] {
  const { before, after, clusters, added, gone, notRun, unsteady, tolerated = [] } = changes;
  const remarks = [
    ...(before.detail === 'answers' && after.detail === 'answers'
      ? []
      : [row('codes only', 'a results.json of an older bindgate contains no more of an answer')]),
    ...factsRow(added, style('cyan', newText(changes))),
    ...factsRow(gone, style('yellow', goneText(changes))),
    ...[...Map.groupBy(notRun, ({ reason }) => reason)].map(([reason, facts]) =>
      row('not run', `${plural(facts.length, 'fact')}: ${inert(reason, 160)}`),
    ),
    ...factsRow(listIds(unsteady), style('yellow', 'unsteady, ignored')),
    ...tolerated.map(({ id, until, owner }) =>
      row('tolerated', `${inert(id, 80)} until ${until} (${inert(owner, 60)})`),
    ),
  ];
  return [
    ...clusters.map((cluster) => clusterText(cluster, !isTolerated(cluster, tolerated), style)),
    [headline(changes, style), ...remarks].join('\n'),
  ];
}

function headline(changes: BehaviourChanges, style: Terminal['style']): string {
  const { before, after, compared } = changes;
  const changed = countChanges(changes);
  const word = style('bold', 'baseline');
  if (changed === 0)
    return `${word}  ${style('green', 'no change')}: ${plural(compared, 'fact')} as in ${inert(before.name)}`;
  const lost = style(['red', 'bold'], `${changed} of ${plural(compared, 'fact')} changed`);
  const next =
    after.name === thisRun ? '; if this is intended, record a new baseline with --record' : ` in ${inert(after.name)}`;
  return `${word}  ${lost} since ${inert(before.name)}${next}`;
}

function clusterText({ cause, changes }: ChangeCluster, open: boolean, style: Terminal['style']): string {
  const [first, ...others] = listIds(changes);
  const title = style([open ? 'red' : 'yellow', 'bold'], `${open ? 'CHANGED' : 'TOLERATED'}  ${inert(cause, 200)}`);
  const [before, now] = firstChange({ changes });
  return [
    `${title} · ${countChangesText({ changes })}`,
    `  ${first}`,
    `    before  ${inert(before, 500)}`,
    `    now     ${inert(now, 500)}`,
    ...(others.length === 0 ? [] : [`  also  ${shownIds(others)}`]),
  ].join('\n');
}

function factsRow(ids: readonly string[], label: string): readonly string[] {
  return ids.length === 0 ? [] : [row(label, `${plural(ids.length, 'fact')}: ${shownIds(ids)}`)];
}

function shownIds(ids: readonly string[]): string {
  return firstItems(
    ids.map((id) => inert(id, 100)),
    mostIds,
  );
}

function row(label: string, text: string): string {
  return `  ${label}  ${text}`;
}
