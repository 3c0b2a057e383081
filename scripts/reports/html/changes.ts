import type { Change, ChangeCluster } from '../../../contract/baseline/compare-behaviour.ts';
import { countChanges } from '../../../contract/baseline/compare-behaviour.ts';
import { firstDifference } from '../../../contract/baseline/difference.ts';
import type { BaselineResult } from '../../../contract/baseline/judge-changes.ts';
import { isTolerated } from '../../../contract/baseline/judge-changes.ts';
import type { CaseRow, Results } from '../../../contract/results.ts';
import { plural } from '../../../spec/plural.ts';
import { goneText, groupByReason } from '../changes-text.ts';
import { countChangesText } from '../words.ts';
import { alsoBlock, caseLink } from './clusters.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';
import { icon, status } from './icons.ts';
import { table } from './table.ts';

/** How many causes are open at first, and how many changes of each show before and now. */
const opened = 8;
const detailed = 5;
/** The length of a fact depends on the server, so it is limited. */
const longest = 600;

/** The differences from a baseline: one block for each cause, then the parts that were not compared. */
export function changesSection(baseline: BaselineResult, { cases }: Pick<Results, 'cases'>): Markup {
  const { before, after, clusters, compared } = baseline;
  const changed = countChanges(baseline);
  const rows = new Map(cases.map((row) => [row.id, row]));
  const catalogues =
    before.catalogue === after.catalogue
      ? ''
      : ` That file has catalogue ${before.catalogue}; this run has catalogue ${after.catalogue}.`;
  return html`<section id="changes" class="clusters changes" aria-labelledby="changes-title">
    <h2 id="changes-title">Changes <span class="tally">${changed} of ${plural(compared, 'fact')}, ${plural(clusters.length, 'cause')}</span></h2>
    <p class="lead">Differences from <code>${before.name}</code>, also those that the contract allows. If a change is intended, record a new baseline with <code>--record</code>.${catalogues}</p>
    ${changed === 0 && html`<p class="as-before">${icon('passed')} No change.</p>`}
    ${clusters.map((cluster, at) => clusterBlock(cluster, at, baseline, rows))}
    ${otherDifferences(baseline, rows)}
  </section>`;
}

type Rows = ReadonlyMap<string, CaseRow>;

function clusterBlock(cluster: ChangeCluster, at: number, { tolerated }: BaselineResult, rows: Rows): Markup {
  const { cause, changes } = cluster;
  const look = isTolerated(cluster, tolerated) ? 'warned' : 'failed';
  return html`<details class="cluster ${look}"${at < opened && html` open`}>
    <summary><h3>${cause}</h3>${status(look, look === 'warned' ? 'tolerated' : 'changed')}<span class="tally">${countChangesText(cluster)}</span></summary>
    ${table({
      caption: 'Before and now',
      look: 'change',
      columns: [changes.every(({ kind }) => kind === 'precedence') ? 'Faults' : 'Case', 'Before', 'Now'],
      rows: changes.slice(0, detailed).map((change) => changeRow(change, rows)),
    })}
    ${alsoBlock(changes.slice(detailed).map(({ id }) => caseLabel(id, rows)))}
  </details>`;
}

function changeRow({ id, before, after }: Change, rows: Rows): readonly Content[] {
  const texts = firstDifference(before, after).map((text) =>
    text.length > longest ? `${text.slice(0, longest)}…` : text,
  );
  return [caseLabel(id, rows), ...texts.map((text) => html`<code>${text}</code>`)];
}

/** A case links to its row; a pair of faults has no row. */
function caseLabel(id: string, rows: Rows): Content {
  const row = rows.get(id);
  return row === undefined ? html`<code>${id}</code>` : caseLink(row);
}

/** Facts that are neither changed nor equal: one line for each kind, with its cases. */
function otherDifferences(
  { before, after, added, gone, notRun, unsteady, tolerated }: BaselineResult,
  rows: Rows,
): Content {
  const newly = before.catalogue < after.catalogue ? `new in catalogue ${after.catalogue}` : 'not in the baseline';
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [newly, added],
    [goneText({ before, after }), gone],
    ...groupByReason(notRun).map(([reason, ids]) => [`not run: ${reason}`, ids] as const),
    ['unsteady: results that vary between runs are ignored', unsteady.map(({ id }) => id)],
    ['tolerated by the policy', tolerated.map(({ id, until, owner }) => `${id} until ${until} (${owner})`)],
  ];
  const present = lines.filter(([, ids]) => ids.length > 0);
  if (present.length === 0) return undefined;
  return html`<div class="reasons">${present.map(
    ([label, ids]) => html`<details>
      <summary><span class="tally">${plural(ids.length, 'fact')}</span><span>${label}</span></summary>
      <ul>${ids.slice(0, 400).map((id) => html`<li>${caseLabel(id, rows)}</li>`)}${ids.length > 400 && html`<li>and ${ids.length - 400} more</li>`}</ul>
    </details>`,
  )}</div>`;
}
