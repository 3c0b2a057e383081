import type { Cluster } from '../../../contract/judge/clusters.ts';
import type { CaseRow } from '../../../contract/results.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import { plural } from '../../../spec/plural.ts';
import type { RunSettings } from './case-details.ts';
import { fullDetails } from './case-details.ts';
import { caseAnchor } from './cell-text.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';
import { status } from './icons.ts';

/** So many causes are open when the page opens; the rest are a click away. */
const opened = 8;
/** So many show a case in full; a server with more of them has one trouble, and the table has every case. */
const detailed = 40;
const namedOthers = 40;

const words: Readonly<Partial<Record<Outcome, { readonly title: string; readonly lead: string }>>> = {
  failed: { title: 'Failures', lead: 'One block for each cause, with a case in full.' },
  error: { title: 'Errors', lead: 'The target or a state broke: no verdict on the contract.' },
  warned: {
    title: 'Warnings',
    lead: 'The document leaves these open and the server differs from the best-supported reading, or the policy tolerates them for a while.',
  },
};

/** The cases of an outcome by cause, each cause with one case in full. */
export function clusterSection(
  outcome: 'failed' | 'error' | 'warned',
  clusters: readonly Cluster[],
  run: RunSettings,
): Markup {
  const { title = '', lead = '' } = words[outcome] ?? {};
  const count = clusters.reduce((sum, { results }) => sum + results.length, 0);
  return html`<section id="${outcome}" class="clusters" aria-labelledby="${outcome}-title">
    <h2 id="${outcome}-title">${title} <span class="tally">${plural(count, 'case')}, ${plural(clusters.length, 'cause')}</span></h2>
    <p class="lead">${lead}</p>
    ${clusters.map((cluster, at) => clusterBlock(cluster, at, run))}
  </section>`;
}

function clusterBlock({ outcome, cause, results: [first, ...others] }: Cluster, at: number, run: RunSettings): Markup {
  return html`<details class="cluster ${outcome}"${at < opened && html` open`}>
    <summary><h3>${cause}</h3>${status(outcome)}<span class="tally">${plural(others.length + 1, 'case')}</span></summary>
    <p class="example">${caseLink(first)} ${first.title}</p>
    ${at < detailed && fullDetails(first, run)}
    ${alsoBlock(others.map(caseLink))}
  </details>`;
}

/** The rest of a cluster: so many by name, and how many more there are. */
export function alsoBlock(links: readonly Content[]): Content {
  const more = links.length - namedOthers;
  return (
    links.length > 0 &&
    html`<div class="also">
    <h4>Also</h4>
    <ul>${links.slice(0, namedOthers).map((link) => html`<li>${link}</li>`)}${more > 0 && html`<li>and ${more} more</li>`}</ul>
  </div>`
  );
}

/** A link to a case's row. */
export function caseLink({ id }: Pick<CaseRow, 'id'>): Markup {
  return html`<a class="id" href="#${caseAnchor(id)}">${id}</a>`;
}

/** What could not be run, a line for each reason: no finding, and it must not bury one. */
export function skippedSection(clusters: readonly Cluster[]): Markup {
  const count = clusters.reduce((sum, { results }) => sum + results.length, 0);
  return html`<section id="skipped" aria-labelledby="skipped-title">
    <h2 id="skipped-title">Skipped <span class="tally">${plural(count, 'case')}, ${plural(clusters.length, 'reason')}</span></h2>
    <div class="reasons">${clusters.map(
      ({ cause, results }) => html`<details>
        <summary><span class="tally">${plural(results.length, 'case')}</span><span>${cause === '' ? 'no reason given' : cause}</span></summary>
        <ul>${results.map((row) => html`<li>${caseLink(row)}</li>`)}</ul>
      </details>`,
    )}</div>
  </section>`;
}
