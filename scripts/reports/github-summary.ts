import { countChanges } from '../../contract/baseline/compare-behaviour.ts';
import { type BaselineResult, isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import { type Cluster, clusterResults } from '../../contract/judge/clusters.ts';
import type { Results } from '../../contract/results.ts';
import { firstItems } from '../../spec/first-items.ts';
import type { Operation } from '../../spec/operation.ts';
import {
  countChangesText,
  describeEnding,
  dialectFlags,
  dialectText,
  firstChange,
  listIds,
  replayCommand,
  seconds,
} from './words.ts';

const marks: Readonly<Record<Results['verdict']['exitCode'], string>> = { 0: '✅', 1: '❌', 3: '⚠️', 130: '⚠️' };

/** GitHub shows no summary of more than 1 MiB, so lists that depend on the target are limited. */
const mostCauses = 40;
const mostIds = 8;

/** The run as Markdown for the summary of a job. */
export function stepSummary(results: Results, operation: Operation): string {
  const { verdict, summary, codes, baseline, policy, seemsToFollow } = results;
  const { passed, failed, warned, skipped, errors } = summary;
  const clusters = clusterResults(results.cases);
  const covered = codes.filter(({ status }) => status === 'covered').length;
  const reading = dialectFlags(seemsToFollow ?? {}).map(code);
  const blocks = [
    `## ${marks[verdict.exitCode]} bindgate: ${describeEnding(results).title}`,
    verdict.reasons.map(escapeMarkdown).join('; '),
    `**${passed} passed, ${failed} failed**, ${warned} warned, ${skipped} skipped, ${errors} errors · ${covered} of ${codes.length} codes covered`,
    runLine(results, operation),
    reading.length > 0 && `**Another reading explains much of this**: valid requests bind with ${reading.join(' ')}.`,
    ...(policy?.notes.map(escapeMarkdown) ?? []),
    findingsBlock(clusters, results),
    ...(baseline === undefined ? [] : changeBlocks(baseline)),
    codesBlock(codes, covered),
    skippedBlock(clusters.filter(({ outcome }) => outcome === 'skipped')),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function runLine({ target, seed, dialect, summary }: Results, operation: Operation): string {
  const took = `${summary.requests} requests in ${seconds(summary.durationMs)}`;
  return `${code(target.url)} (${target.kind}) · seed ${code(String(seed))} · dialect ${code(dialectText(dialect, operation))} · ${took}`;
}

function findingsBlock(clusters: readonly Cluster[], run: Results): string {
  const findings = clusters.filter(({ outcome }) => outcome !== 'skipped');
  return causesBlock(
    findings.map(({ outcome, cause, results: rows }) => [
      `- **${outcome}**: ${escapeMarkdown(cause)} (${rows.length})`,
      // For a finding of a property, only its case is shown.
      `  ${idsText(rows)}<br>${code(replayCommand({ id: rows[0].id }, run))}`,
    ]),
  );
}

function changeBlocks(baseline: BaselineResult): readonly string[] {
  const { before, after, clusters, compared, added, gone, notRun, tolerated } = baseline;
  const changed = countChanges(baseline);
  const since = `since ${code(before.name)} (catalogue ${before.catalogue}; now ${after.catalogue})`;
  const counts = Object.entries({ new: added, gone, 'not run': notRun })
    .filter(([, facts]) => facts.length > 0)
    .map(([word, { length }]) => `, ${length} ${word}`);
  const causes = clusters.map((cluster) => {
    const [was, is] = firstChange(cluster);
    return [
      `- **${isTolerated(cluster, tolerated) ? 'changed, tolerated' : 'changed'}**: ${escapeMarkdown(cluster.cause)} (${countChangesText(cluster)})`,
      `  ${idsText(cluster.changes)}<br>before ${code(was)}<br>now ${code(is)}`,
    ];
  });
  return [
    `**${changed === 0 ? `No change in ${compared} facts` : `${changed} of ${compared} facts changed`}** ${since}${counts.join('')}`,
    causesBlock(causes),
  ];
}

/** The lines of the first causes, and the number of further ones. */
function causesBlock(causes: readonly (readonly string[])[]): string {
  const left = causes.length - mostCauses;
  const more = left > 0 ? [`- and ${left} more causes`] : [];
  return [...causes.slice(0, mostCauses).flat(), ...more].join('\n');
}

function idsText(rows: readonly { readonly id: string }[]): string {
  return firstItems(listIds(rows).map(code), mostIds, ' and');
}

function codesBlock(codes: Results['codes'], covered: number): string {
  const rows = codes.map(
    (row) => `| ${row.code} | ${escapeMarkdown(row.meaning)} | ${row.status} | ${escapeMarkdown(row.reason ?? '')} |`,
  );
  const title = `${covered} of ${codes.length} documented codes covered`;
  const head = ['| code | meaning | status | why |', '| --- | --- | --- | --- |'];
  return detailsBlock(title, [...head, ...rows], covered === codes.length ? '' : ' open');
}

function skippedBlock(clusters: readonly Cluster[]): string {
  if (clusters.length === 0) return '';
  const count = clusters.flatMap(({ results }) => results).length;
  const rows = clusters.map(({ cause, results }) => `- ${results.length}: ${escapeMarkdown(cause)}`);
  return detailsBlock(`${count} cases skipped`, rows.slice(0, mostCauses));
}

function detailsBlock(title: string, lines: readonly string[], open = ''): string {
  return `<details${open}><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

/** Escapes text: no HTML, no Markdown, no new column, no mention of a user. */
export function escapeMarkdown(text: string): string {
  return inert(text, 300).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Formats text as code. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
