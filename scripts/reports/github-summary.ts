import { countChanges } from '../../contract/baseline/compare-behaviour.ts';
import { isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { Cluster } from '../../contract/judge/clusters.ts';
import { clusterResults } from '../../contract/judge/clusters.ts';
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
  const { verdict, summary, codes } = results;
  const { passed, failed, warned, skipped, errors } = summary;
  const clusters = clusterResults(results.cases);
  const covered = codes.filter(({ status }) => status === 'covered').length;
  const reasons = verdict.reasons.length === 0 ? [] : [verdict.reasons.map(escapeMarkdown).join('; '), ''];
  return [
    `## ${marks[verdict.exitCode]} bindgate: ${describeEnding(results).title}`,
    '',
    ...reasons,
    `**${passed} passed, ${failed} failed**, ${warned} warned, ${skipped} skipped, ${errors} errors · ${covered} of ${codes.length} codes covered`,
    '',
    runLine(results, operation),
    '',
    ...readingLines(results),
    ...findingLines(
      clusters.filter(({ outcome }) => outcome !== 'skipped'),
      results,
    ),
    ...changeLines(results),
    ...codeLines(codes, covered),
    ...skippedLines(clusters.filter(({ outcome }) => outcome === 'skipped')),
    '',
  ].join('\n');
}

function runLine({ target, seed, dialect, summary }: Results, operation: Operation): string {
  const took = `${summary.requests} requests in ${seconds(summary.durationMs)}`;
  return `${code(target.url)} (${target.kind}) · seed ${code(String(seed))} · dialect ${code(dialectText(dialect, operation))} · ${took}`;
}

function readingLines({ seemsToFollow, policy }: Results): readonly string[] {
  const notes = policy?.notes.flatMap((note) => [escapeMarkdown(note), '']) ?? [];
  if (seemsToFollow === undefined) return notes;
  const flags = dialectFlags(seemsToFollow).map(code).join(' ');
  return [`**Another reading explains much of this**: valid requests bind with ${flags}.`, '', ...notes];
}

function findingLines(clusters: readonly Cluster[], run: Results): readonly string[] {
  return causeLines(
    clusters.map(({ outcome, cause, results: rows }) => [
      `- **${outcome}**: ${escapeMarkdown(cause)} (${rows.length})`,
      // For a finding of a property, only its case is shown.
      `  ${firstItems(listIds(rows).map(code), mostIds, ' and')}<br>${code(replayCommand({ id: rows[0].id }, run))}`,
    ]),
  );
}

function changeLines({ baseline }: Results): readonly string[] {
  if (baseline === undefined) return [];
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
      `  ${firstItems(listIds(cluster.changes).map(code), mostIds, ' and')}<br>before ${code(was)}<br>now ${code(is)}`,
    ];
  });
  return [
    `**${changed === 0 ? `No change in ${compared} facts` : `${changed} of ${compared} facts changed`}** ${since}${counts.join('')}`,
    '',
    ...causeLines(causes),
  ];
}

/** The lines of the first causes, and the number of further ones. */
function causeLines(causes: readonly (readonly string[])[]): readonly string[] {
  const left = causes.length - mostCauses;
  if (causes.length === 0) return [];
  return [...causes.slice(0, mostCauses).flat(), ...(left > 0 ? [`- and ${left} more causes`] : []), ''];
}

function codeLines(codes: Results['codes'], covered: number): readonly string[] {
  const rows = codes.map(
    (row) => `| ${row.code} | ${escapeMarkdown(row.meaning)} | ${row.status} | ${escapeMarkdown(row.reason ?? '')} |`,
  );
  const open = covered === codes.length ? '' : ' open';
  return [
    `<details${open}><summary>${covered} of ${codes.length} documented codes covered</summary>`,
    '',
    '| code | meaning | status | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '</details>',
  ];
}

function skippedLines(clusters: readonly Cluster[]): readonly string[] {
  if (clusters.length === 0) return [];
  const count = clusters.flatMap(({ results }) => results).length;
  const rows = clusters
    .slice(0, mostCauses)
    .map(({ cause, results }) => `- ${results.length}: ${escapeMarkdown(cause)}`);
  return ['', `<details><summary>${count} cases skipped</summary>`, '', ...rows, '', '</details>'];
}

/** Escapes text: no HTML, no Markdown, no new column, no mention of a user. */
export function escapeMarkdown(text: string): string {
  return inert(text, 300).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Formats text as code. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
