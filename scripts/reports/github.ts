import { appendFile } from 'node:fs/promises';
import type { ChangeCluster } from '../../contract/baseline/compare-behaviour.ts';
import { isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import { type Cluster, clusterResults } from '../../contract/judge/clusters.ts';
import type { Results } from '../../contract/results.ts';
import { firstItems } from '../../spec/first-items.ts';
import type { Operation } from '../../spec/operation.ts';
import { stepSummary } from './github-summary.ts';
import { firstChange, listIds, replayCommand } from './words.ts';

/** GitHub shows ten annotations of each kind per step and drops the rest. */
const maxAnnotations = 10;
const mostIds = 5;

/** The findings as GitHub workflow commands, one for each cause. */
export function annotations(results: Results): readonly string[] {
  const { cases, baseline } = results;
  const clusters = clusterResults(cases);
  const changes = baseline?.clusters.filter((cluster) => !isTolerated(cluster, baseline.tolerated)) ?? [];
  const errors = [
    ...clusters
      .filter(({ outcome }) => outcome === 'failed' || outcome === 'error')
      .map((cluster) => annotation('error', cluster, results)),
    ...changes.map((cluster) => changeAnnotation(cluster, results)),
  ];
  const warnings = clusters
    .filter(({ outcome }) => outcome === 'warned')
    .map((cluster) => annotation('warning', cluster, results));
  return [...errors.slice(0, maxAnnotations), ...warnings.slice(0, maxAnnotations)];
}

function changeAnnotation(cluster: ChangeCluster, { baseline }: Results): string {
  const [before, now] = firstChange(cluster);
  return workflowCommand('error', { title: `bindgate: changed: ${cluster.cause}` }, [
    firstItems(listIds(cluster.changes), mostIds, ' and'),
    `before: ${before}`,
    `now: ${now}`,
    `differs from ${baseline?.before.name ?? 'the baseline'}; if this is intended, record a new baseline with --record`,
  ]);
}

function annotation(level: 'error' | 'warning', { cause, results: rows }: Cluster, run: Results): string {
  const [{ id, reason = cause }] = rows;
  const replay = `replay: ${replayCommand({ id }, run)}`;
  return workflowCommand(level, { title: `bindgate: ${cause}` }, [
    `${firstItems(listIds(rows), mostIds, ' and')}: ${reason}`,
    replay,
  ]);
}

/** An annotation as GitHub's workflow command: its properties (`file`, `line`, `title`) and the lines of its message. */
export function workflowCommand(
  level: 'error' | 'warning',
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
): string {
  const named = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${named.join(',')}::${lines.map((line) => data(line)).join('%0A')}`;
}

/** Writes annotations and the step summary when the environment is GitHub Actions. */
export async function reportToGithub(
  results: Results,
  operation: Operation,
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  for (const line of annotations(results)) say(line);
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, stepSummary(results, operation)).catch(() => undefined);
}

/** GitHub's escaping for the message of a workflow command. */
function data(text: string): string {
  return inert(text, 800).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The same for a property, where colons and commas are special too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
