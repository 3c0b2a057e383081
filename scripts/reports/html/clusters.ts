import type { Cluster } from '../../../contract/judge/clusters.ts';
import { plural } from '../../../spec/plural.ts';
import { fullDetails, type ReportedRun } from './case-details.ts';
import { caseLink, type Section, section, status } from './elements.ts';
import { type Content, html, type Markup } from './html.ts';

/** How many causes are open at first. */
const opened = 8;
/** How many causes show a case in full; the table has every case. */
const detailed = 40;
const namedOthers = 40;

const words = {
  failed: ['Failures', 'One block for each cause, with one case in full.'],
  error: ['Errors', 'The target or a state failed, so there is no verdict on these cases.'],
  warned: [
    'Warnings',
    'The document leaves these points open and the server differs from the most likely reading, or the policy tolerates the failure until a date.',
  ],
} as const;

/** The cases of an outcome by cause, each with one case in full. Undefined without a case. */
export function clusterSection(
  outcome: keyof typeof words,
  all: readonly Cluster[],
  run: ReportedRun,
): Section | undefined {
  const clusters = all.filter((cluster) => cluster.outcome === outcome);
  if (clusters.length === 0) return undefined;
  const [title, lead] = words[outcome];
  return section(
    { id: outcome, title, look: 'clusters', ...countCases(clusters, 'cause') },
    html`<p class="lead">${lead}</p>
    ${clusters.map((cluster, at) => clusterBlock(cluster, at, run))}`,
  );
}

/** The skipped cases, one line for each reason. Short, so that findings stay visible. Undefined without a case. */
export function skippedSection(all: readonly Cluster[]): Section | undefined {
  const clusters = all.filter(({ outcome }) => outcome === 'skipped');
  if (clusters.length === 0) return undefined;
  const reasons = clusters.map(
    ({ cause, results }) => [cause === '' ? 'no reason given' : cause, results.map(caseLink)] as const,
  );
  return section(
    { id: 'skipped', title: 'Skipped', ...countCases(clusters, 'reason') },
    reasonsBlock('case', reasons, Number.POSITIVE_INFINITY),
  );
}

function countCases(clusters: readonly Cluster[], noun: string) {
  const count = clusters.flatMap(({ results }) => results).length;
  return { count, tally: `${plural(count, 'case')}, ${plural(clusters.length, noun)}` };
}

function clusterBlock({ outcome, cause, results: [first, ...others] }: Cluster, at: number, run: ReportedRun): Markup {
  return html`<details class="cluster ${outcome}"${at < opened && html` open`}>
    <summary><h3>${cause}</h3>${status(outcome)}<span class="tally">${plural(others.length + 1, 'case')}</span></summary>
    <p class="example">${caseLink(first)} ${first.title}</p>
    ${at < detailed && fullDetails(first, run)}
    ${alsoBlock(others.map(caseLink))}
  </details>`;
}

/** The other cases of a cause: the first ones by name, then a count. */
export function alsoBlock(links: readonly Content[]): Content {
  if (links.length === 0) return undefined;
  return html`<div class="also">
    <h4>Also</h4>
    <ul>${listItems(links, namedOthers)}</ul>
  </div>`;
}

/** Cases or facts in lines that open, one for each reason. */
export function reasonsBlock(
  noun: string,
  reasons: readonly (readonly [string, readonly Content[]])[],
  most: number,
): Markup {
  return html`<div class="reasons">${reasons.map(
    ([reason, links]) => html`<details>
      <summary><span class="tally">${plural(links.length, noun)}</span><span>${reason}</span></summary>
      <ul>${listItems(links, most)}</ul>
    </details>`,
  )}</div>`;
}

function listItems(links: readonly Content[], most: number): Content {
  const more = links.length - most;
  return [links.slice(0, most).map((link) => html`<li>${link}</li>`), more > 0 && html`<li>and ${more} more</li>`];
}
