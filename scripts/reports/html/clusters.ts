import type { Cluster } from '../../../contract/judge/clusters.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import { plural } from '../../../spec/plural.ts';
import type { ReportedRun } from './case-details.ts';
import { fullDetails } from './case-details.ts';
import type { Section } from './elements.ts';
import { caseLink, status } from './elements.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';

/** How many causes are open at first. */
const opened = 8;
/** How many causes show a case in full; the table has every case. */
const detailed = 40;
const namedOthers = 40;

const words = {
  failed: { title: 'Failures', lead: 'One block for each cause, with one case in full.' },
  error: { title: 'Errors', lead: 'The target or a state failed, so there is no verdict on these cases.' },
  warned: {
    title: 'Warnings',
    lead: 'The document leaves these points open and the server differs from the most likely reading, or the policy tolerates the failure until a date.',
  },
} as const;

/** The cases of an outcome by cause, each with one case in full. Undefined without a case. */
export function clusterSection(
  outcome: keyof typeof words,
  clusters: readonly Cluster[],
  run: ReportedRun,
): Section | undefined {
  const chosen = clusters.filter((cluster) => cluster.outcome === outcome);
  if (chosen.length === 0) return undefined;
  const { title, lead } = words[outcome];
  return {
    id: outcome,
    title,
    ...countCases(chosen, 'cause'),
    look: 'clusters',
    content: html`<p class="lead">${lead}</p>
    ${chosen.map((cluster, at) => clusterBlock(cluster, at, run))}`,
  };
}

function countCases(clusters: readonly Cluster[], noun: string): Pick<Section, 'count' | 'tally'> {
  const count = clusters.flatMap(({ results }) => results).length;
  return { count, tally: `${plural(count, 'case')}, ${plural(clusters.length, noun)}` };
}

function clusterBlock({ outcome, cause, results: [first, ...others] }: Cluster, at: number, run: ReportedRun): Markup {
  return causeBlock(
    { at, look: outcome, cause, tally: plural(others.length + 1, 'case') },
    html`<p class="example">${caseLink(first)} ${first.title}</p>
    ${at < detailed && fullDetails(first, run)}
    ${alsoBlock(others.map(caseLink))}`,
  );
}

/** One cause with what belongs to it; the first ones are open. */
export function causeBlock(
  {
    at,
    look,
    word = look,
    cause,
    tally,
  }: {
    readonly at: number;
    readonly look: Outcome;
    readonly word?: string;
    readonly cause: string;
    readonly tally: string;
  },
  content: Content,
): Markup {
  return html`<details class="cluster ${look}"${at < opened && html` open`}>
    <summary><h3>${cause}</h3>${status(look, word)}<span class="tally">${tally}</span></summary>
    ${content}
  </details>`;
}

/** The other cases of a cause: the first ones by name, then a count. */
export function alsoBlock(links: readonly Content[]): Content {
  return (
    links.length > 0 &&
    html`<div class="also">
    <h4>Also</h4>
    <ul>${firstItems(links, namedOthers)}</ul>
  </div>`
  );
}

function firstItems(links: readonly Content[], most: number): Content {
  const more = links.length - most;
  return [links.slice(0, most).map((link) => html`<li>${link}</li>`), more > 0 && html`<li>and ${more} more</li>`];
}

/** Cases or facts by reason: one line for each, that opens. */
export function reasonsBlock(
  noun: 'case' | 'fact',
  reasons: readonly (readonly [reason: string, links: readonly Content[]])[],
  most: number = Number.POSITIVE_INFINITY,
): Markup {
  return html`<div class="reasons">${reasons.map(
    ([reason, links]) => html`<details>
        <summary><span class="tally">${plural(links.length, noun)}</span><span>${reason}</span></summary>
        <ul>${firstItems(links, most)}</ul>
      </details>`,
  )}</div>`;
}

/** The skipped cases, one line for each reason. Short, so that findings stay visible. */
export function skippedSection(clusters: readonly Cluster[]): Section | undefined {
  const skipped = clusters.filter(({ outcome }) => outcome === 'skipped');
  if (skipped.length === 0) return undefined;
  return {
    id: 'skipped',
    title: 'Skipped',
    ...countCases(skipped, 'reason'),
    content: reasonsBlock(
      'case',
      skipped.map(({ cause, results }) => [cause === '' ? 'no reason given' : cause, results.map(caseLink)]),
    ),
  };
}
