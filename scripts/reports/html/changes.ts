import { type Change, type ChangeCluster, countChanges } from '../../../contract/baseline/compare-behaviour.ts';
import { firstDifference } from '../../../contract/baseline/difference.ts';
import { type BaselineResult, isTolerated } from '../../../contract/baseline/judge-changes.ts';
import type { Results } from '../../../contract/results.ts';
import { plural } from '../../../spec/plural.ts';
import { countChangesText, goneText, listIds, newText } from '../words.ts';
import { alsoBlock, reasonsBlock } from './clusters.ts';
import { caseLink, icon, type Section, section, status, table } from './elements.ts';
import { type Content, html, type Markup } from './html.ts';

type Label = (id: string) => Content;

/** How many causes are open at first, and how many changes of each show before and now. */
const opened = 8;
const detailed = 5;
/** The length of a fact depends on the server, so it is limited. */
const longest = 600;
const mostFacts = 400;

/** The differences from a baseline: one block for each cause, then the parts that were not compared. */
export function changesSection(baseline: BaselineResult, { cases }: Pick<Results, 'cases'>): Section {
  const { before, after, clusters, compared } = baseline;
  const count = countChanges(baseline);
  const tally = `${count} of ${plural(compared, 'fact')}, ${plural(clusters.length, 'cause')}`;
  const known = new Set(listIds(cases));
  // A pair of faults has no row to link to.
  const label: Label = (id) => (known.has(id) ? caseLink({ id }) : html`<code>${id}</code>`);
  const catalogues =
    before.catalogue === after.catalogue
      ? ''
      : ` That file has catalogue ${before.catalogue}; this run has catalogue ${after.catalogue}.`;
  return section(
    { id: 'changes', title: 'Changes', count, tally, look: 'clusters changes' },
    html`<p class="lead">Differences from <code>${before.name}</code>, also those that the contract allows. If a change is intended, record a new baseline with <code>--record</code>.${catalogues}</p>
    ${count === 0 && html`<p class="as-before">${icon('passed')} No change.</p>`}
    ${clusters.map((cluster, at) => clusterBlock(cluster, at, isTolerated(cluster, baseline.tolerated), label))}
    ${otherDifferences(baseline, label)}`,
  );
}

function clusterBlock(cluster: ChangeCluster, at: number, tolerated: boolean, label: Label): Markup {
  const { cause, changes } = cluster;
  const look = tolerated ? 'warned' : 'failed';
  return html`<details class="cluster ${look}"${at < opened && html` open`}>
    <summary><h3>${cause}</h3>${status(look, tolerated ? 'tolerated' : 'changed')}<span class="tally">${countChangesText(cluster)}</span></summary>
    ${table({
      caption: 'Before and now',
      look: 'change',
      columns: [changes.every(({ kind }) => kind === 'precedence') ? 'Faults' : 'Case', 'Before', 'Now'],
      rows: changes.slice(0, detailed).map((change) => [label(change.id), ...differentParts(change)]),
    })}
    ${alsoBlock(changes.slice(detailed).map(({ id }) => label(id)))}
  </details>`;
}

function differentParts({ before, after }: Change): readonly Markup[] {
  return firstDifference(before, after).map(
    (text) => html`<code>${text.length > longest ? `${text.slice(0, longest)}…` : text}</code>`,
  );
}

/** Facts that are neither changed nor equal: one line for each kind, with its cases. */
function otherDifferences(baseline: BaselineResult, label: Label): Content {
  const { added, gone, notRun, unsteady, tolerated } = baseline;
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [newText(baseline), added],
    [goneText(baseline), gone],
    ...[...Map.groupBy(notRun, ({ reason }) => `not run: ${reason}`)].map(
      ([reason, facts]) => [reason, listIds(facts)] as const,
    ),
    ['unsteady: results that vary between runs are ignored', listIds(unsteady)],
    ['tolerated by the policy', tolerated.map(({ id, until, owner }) => `${id} until ${until} (${owner})`)],
  ];
  const present = lines.filter(([, ids]) => ids.length > 0).map(([reason, ids]) => [reason, ids.map(label)] as const);
  return present.length > 0 && reasonsBlock('fact', present, mostFacts);
}
