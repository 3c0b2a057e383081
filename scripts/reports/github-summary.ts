import { countOf } from '../../contract/baseline/compare.ts';
import { firstDifference } from '../../contract/baseline/difference.ts';
import { isChangedAlone, isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { Cluster } from '../../contract/judge/clusters.ts';
import { clustersOf } from '../../contract/judge/clusters.ts';
import { lacksCoverageAlone } from '../../contract/judge/policy.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import { defaultDialect, dialectKeys } from '../../spec/pure-bt/dialect.ts';
import { sizeOf } from './changes-text.ts';

const titles: Readonly<Record<number, string>> = {
  0: '✅ bindgate: contract kept',
  1: '❌ bindgate: contract broken',
  3: '⚠️ bindgate: not decided',
  130: '⚠️ bindgate: interrupted',
};

/** A summary of more than 1 MiB is not shown at all, so what a target can make many of is bounded. */
const mostCauses = 40;
const mostIds = 8;

/** The run as Markdown for a job's summary. */
export function stepSummary(results: Results): string {
  const { verdict, summary, codes } = results;
  const { passed, failed, warned, skipped, errors } = summary;
  const clusters = clustersOf(results.cases);
  const covered = codes.filter(({ status }) => status === 'covered').length;
  const reasons = verdict.reasons.length === 0 ? [] : [verdict.reasons.map(plain).join('; '), ''];
  return [
    `## ${titleOf(results)}`,
    '',
    ...reasons,
    `**${passed} passed, ${failed} failed**, ${warned} warned, ${skipped} skipped, ${errors} errors · ${covered} of ${codes.length} codes covered`,
    '',
    runLine(results),
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

function titleOf(results: Results): string {
  if (isChangedAlone(results)) return '❌ bindgate: contract kept, server changed';
  if (lacksCoverageAlone(results)) return '❌ bindgate: contract not covered';
  return titles[results.verdict.exitCode] ?? 'bindgate';
}

function runLine({ target, seed, dialect, summary }: Results): string {
  const changed = dialectKeys.filter((key) => dialect[key] !== defaultDialect[key]);
  const reading = changed.length === 0 ? 'default' : changed.map((key) => `${key}=${dialect[key]}`).join(' ');
  const took = `${summary.requests} requests in ${(summary.durationMs / 1000).toFixed(2)} s`;
  return `${code(target.url)} (${target.kind}) · seed ${code(String(seed))} · dialect ${code(reading)} · ${took}`;
}

function readingLines({ seemsToFollow, policy }: Results): readonly string[] {
  const notes = policy?.notes.flatMap((note) => [plain(note), '']) ?? [];
  if (seemsToFollow === undefined) return notes;
  const flags = Object.entries(seemsToFollow).map(([key, value]) => code(`--dialect ${key}=${String(value)}`));
  return [`**Another reading explains much of this**: valid requests bind with ${flags.join(' ')}.`, '', ...notes];
}

function findingLines(clusters: readonly Cluster<CaseRow>[], run: Results): readonly string[] {
  const lines = clusters.slice(0, mostCauses).flatMap(({ outcome, cause, results: rows }) => {
    const ids = rows.slice(0, mostIds).map(({ id }) => code(id));
    const more = rows.length > mostIds ? ` and ${rows.length - mostIds} more` : '';
    const replay = `${run.replay ?? 'bindgate verify'} --only ${rows[0]?.id ?? ''} --seed ${run.seed}`;
    return [`- **${outcome}**: ${plain(cause)} (${rows.length})`, `  ${ids.join(', ')}${more}<br>${code(replay)}`];
  });
  const left = clusters.length - mostCauses;
  return lines.length === 0 ? [] : [...lines, ...(left > 0 ? [`- and ${left} more causes`] : []), ''];
}

function changeLines({ baseline }: Results): readonly string[] {
  if (baseline === undefined) return [];
  const { before, after, clusters, compared, added, gone, notRun } = baseline;
  const lines = clusters.slice(0, mostCauses).flatMap((cluster) => {
    const { cause, changes } = cluster;
    const [first] = changes;
    const [was, is] = firstDifference(first?.before ?? '', first?.after ?? '');
    const ids = changes.slice(0, mostIds).map(({ id }) => code(id));
    const more = changes.length > mostIds ? ` and ${changes.length - mostIds} more` : '';
    const word = isTolerated(cluster, baseline.tolerated) ? 'changed, tolerated' : 'changed';
    return [
      `- **${word}**: ${plain(cause)} (${sizeOf(changes)})`,
      `  ${ids.join(', ')}${more}<br>before ${code(was)}<br>now ${code(is)}`,
    ];
  });
  const left = clusters.length - mostCauses;
  const changed = countOf(baseline);
  const since = `since ${code(before.name)} (catalogue ${before.catalogue}; now ${after.catalogue})`;
  const counts = [[added.length, 'new'] as const, [gone.length, 'gone'] as const, [notRun.length, 'not run'] as const]
    .filter(([count]) => count > 0)
    .map(([count, word]) => `, ${count} ${word}`);
  return [
    `**${changed === 0 ? `${compared} facts as before` : `${changed} of ${compared} facts changed`}** ${since}${counts.join('')}`,
    '',
    ...lines,
    ...(left > 0 ? [`- and ${left} more causes`] : []),
    ...(lines.length === 0 ? [] : ['']),
  ];
}

function codeLines(codes: Results['codes'], covered: number): readonly string[] {
  const rows = codes.map(
    (row) => `| ${row.code} | ${plain(row.meaning)} | ${row.status} | ${plain(row.reason ?? '')} |`,
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

function skippedLines(clusters: readonly Cluster<CaseRow>[]): readonly string[] {
  if (clusters.length === 0) return [];
  const count = clusters.reduce((sum, { results }) => sum + results.length, 0);
  const rows = clusters.slice(0, mostCauses).map(({ cause, results }) => `- ${results.length}: ${plain(cause)}`);
  return ['', `<details><summary>${count} cases skipped</summary>`, '', ...rows, '', '</details>'];
}

/** Text as text: no HTML, no Markdown, no new column, no mention of anybody. */
export function plain(text: string): string {
  return inert(text, 300).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text as code. */
export function code(text: string): string {
  return `<code>${plain(text)}</code>`;
}
