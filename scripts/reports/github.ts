import { appendFile } from 'node:fs/promises';
import { clustersOf } from '../../contract/clusters.ts';
import { inert } from '../../contract/inert.ts';
import type { CaseResult } from '../../contract/outcome.ts';
import type { Results } from '../../contract/results.ts';

/** GitHub shows ten annotations of a kind for each step; what is over that is lost. */
const most = 10;

/** The findings as GitHub workflow commands, one a cluster. */
export function annotations(cases: readonly CaseResult[]): readonly string[] {
  return clustersOf(cases)
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'error' || outcome === 'warned')
    .slice(0, most)
    .map(({ outcome, cause, results }) => {
      const ids = results.slice(0, 5).map((result) => result.case.id).join(', ');
      const more = results.length > 5 ? ` and ${results.length - 5} more` : '';
      const level = outcome === 'warned' ? 'warning' : 'error';
      return `::${level} title=${property(`bindgate: ${cause}`)}::${data(`${ids}${more}: ${results[0]?.reason ?? cause}`)}`;
    });
}

/** The run as Markdown for a job's summary. */
export function stepSummary({ verdict, summary, codes, target, seed }: Results, cases: readonly CaseResult[]): string {
  const { passed, failed, warned, skipped, errors } = summary;
  const rows = codes.map(({ code, meaning, status, reason = '' }) => `| ${code} | ${cell(meaning)} | ${status} | ${cell(reason)} |`);
  const findings = clustersOf(cases)
    .filter(({ outcome }) => outcome !== 'skipped')
    .map(({ outcome, cause, results }) => `- **${outcome}** ${cell(cause)} (${results.length}): ${results.slice(0, 8).map((result) => `\`${result.case.id}\``).join(', ')}`);
  return [
    `## bindgate: ${verdict.exitCode === 0 ? 'contract kept' : `exit ${verdict.exitCode}`}`,
    '',
    `${cell(target.url)} · seed ${seed} · ${passed} passed, ${failed} failed, ${warned} warned, ${skipped} skipped, ${errors} errors`,
    '',
    ...(findings.length === 0 ? [] : [...findings, '']),
    '| code | meaning | status | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Writes annotations and the step summary when the environment is GitHub Actions. */
export async function tellGithub(
  results: Results,
  cases: readonly CaseResult[],
  say: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  for (const line of annotations(cases)) say(line);
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, stepSummary(results, cases)).catch(() => undefined);
}

/** GitHub's own escaping for the message of a workflow command. */
function data(text: string): string {
  return inert(text, 800).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The same for a property, in which colons and commas mean something too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A table cell: no HTML, no Markdown, no new column. */
function cell(text: string): string {
  return inert(text, 300).replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
