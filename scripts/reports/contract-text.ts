import { isChangedAlone } from '../../contract/baseline/judge-changes.ts';
import type { Cluster } from '../../contract/clusters.ts';
import { clustersOf } from '../../contract/clusters.ts';
import { notSelected } from '../../contract/coverage.ts';
import { inert } from '../../contract/inert.ts';
import { describeExpected } from '../../contract/judge.ts';
import type { Attempt, CaseResult, Outcome } from '../../contract/outcome.ts';
import { decisive } from '../../contract/outcome.ts';
import type { Results } from '../../contract/results.ts';
import { curlOf } from '../../contract/show.ts';
import { statesShare } from '../../contract/targets/waiting.ts';
import { defaultDialect, dialectKeys } from '../../spec/dialect.ts';
import type { Terminal } from '../terminal.ts';
import { changesText } from './changes-text.ts';
import { missingStatesText } from './missing-states.ts';

/** What the text view needs beside the results. */
export type TextOptions = {
  readonly results: Results;
  /** As judged: with `--strict`, warnings are failures already. */
  readonly cases: readonly CaseResult[];
  /** The command that repeats this run, to which `--only` is added. */
  readonly replay: string;
};

/** The run for people: what failed and why, clustered by cause; then the codes; then the counts. */
export function contractText({ results, cases, replay }: TextOptions, style: Terminal['style']): string {
  const clusters = clustersOf(cases);
  const blocks = [
    headline(results, style),
    ...clusters
      .filter(({ outcome }) => outcome !== 'skipped')
      .map((cluster) => clusterText(cluster, results, replay, style)),
    ...skippedText(
      clusters.filter(({ outcome }) => outcome === 'skipped'),
      style,
    ),
    ...missingStatesText(cases, style),
    codesText(results, style),
    ...undocumentedText(results),
    ...readingText(results, style),
    ...(results.baseline === undefined ? [] : changesText(results.baseline, style)),
    ...(results.policy?.notes.map((note) => style('yellow', inert(note, 300))) ?? []),
    countsText(results, style),
  ];
  return blocks.join('\n\n');
}

function headline({ target, seed, dialect }: Results, style: Terminal['style']): string {
  const changed = dialectKeys.filter((key) => dialect[key] !== defaultDialect[key]);
  const shown = changed.length === 0 ? 'default' : changed.map((key) => `${key}=${dialect[key]}`).join(' ');
  return `${style('bold', `contract of ${target.url}`)} (${target.kind}) · seed ${seed} · dialect ${inert(shown)}`;
}

const colours: Readonly<Partial<Record<Outcome, 'red' | 'magenta'>>> = { failed: 'red', error: 'magenta' };

function clusterText(cluster: Cluster, results: Results, replay: string, style: Terminal['style']): string {
  const { outcome, cause, results: members } = cluster;
  const colour = colours[outcome] ?? 'yellow';
  const title = `${style([colour, 'bold'], `${outcome.toUpperCase()}  ${inert(cause)}`)} · ${plural(members.length, 'case')}`;
  const [first, ...others] = members;
  if (first === undefined) return title;
  const ids = others.slice(0, 12).map((result) => result.case.id);
  const more = others.length > ids.length ? `, and ${others.length - ids.length} more` : '';
  const rest = ids.length === 0 ? [] : [`  also  ${ids.join(', ')}${more}`];
  return [title, exampleText(first, results, replay), ...rest].join('\n');
}

/** What could not be run, a line for each reason: it is no finding, and must not bury one. */
function skippedText(clusters: readonly Cluster[], style: Terminal['style']): readonly string[] {
  if (clusters.length === 0) return [];
  const count = clusters.reduce((sum, { results }) => sum + results.length, 0);
  const rows = clusters.map(({ cause, results }) => `  ${String(results.length).padStart(3)}  ${inert(cause, 200)}`);
  return [[style(['yellow', 'bold'], `SKIPPED · ${plural(count, 'case')}`), ...rows].join('\n')];
}

/** One case in full: given, sent, expected, received, the clause, curl and how to run it again. */
function exampleText(result: CaseResult, { target, seed }: Results, replay: string): string {
  const { id, title, given, clause, basis } = result.case;
  const shown = decisive(result.attempts);
  const row = (label: string, text: string): string => `    ${label.padEnd(9)} ${text}`;
  return [
    `  ${id}  ${title}`,
    ...(result.reason === undefined ? [] : [row('because', inert(result.reason, 400))]),
    row('given', given),
    ...(shown === undefined ? [] : attemptRows(shown, result.attempts, row)),
    row('clause', `${clause} (${basis})`),
    ...(shown === undefined ? [] : [row('curl', inert(curlOf(shown.request, target.url), 3_000))]),
    row('replay', `${replay} --only ${id} --seed ${seed}${result.replay === undefined ? '' : ` ${result.replay}`}`),
  ].join('\n');
}

function attemptRows(
  attempt: Attempt,
  attempts: readonly Attempt[],
  row: (label: string, text: string) => string,
): readonly string[] {
  const { what, request, expected, received } = attempt;
  const answer =
    received.noAnswer === undefined
      ? `HTTP ${received.httpStatus}, code ${received.code ?? 'none'}  ${inert(received.preview, 300)}`
      : `no answer: ${inert(received.noAnswer)}`;
  return [
    row(
      'sent',
      `${what}${attempts.length > 1 ? ` (request ${attempts.indexOf(attempt) + 1} of ${attempts.length})` : ''}`,
    ),
    row('', `${request.method} ${request.path}  ${inert(request.body, 700)}`),
    row('expected', describeExpected(expected)),
    row('received', answer),
  ];
}

function codesText({ codes }: Results, style: Terminal['style']): string {
  const covered = codes.filter(({ status }) => status === 'covered').map(({ code }) => code);
  const missing = codes.filter(({ status, reason }) => status !== 'covered' && reason !== notSelected);
  const unselected = codes.filter(({ reason }) => reason === notSelected).length;
  const rows = missing.map(({ code, meaning, status, reason }) => {
    const why = reason === undefined ? '' : `: ${inert(reason, 160)}`;
    return `  ${style(status === 'not-implemented' ? 'red' : 'yellow', `${code} ${status}`)}  ${meaning}${why}`;
  });
  return [
    `${style('bold', 'codes')}  ${covered.length} of ${codes.length} covered`,
    ...(covered.length === 0 ? [] : [`  ${covered.join(' ')}`]),
    ...rows,
    ...(unselected === 0 ? [] : [`  ${unselected} not selected`]),
  ].join('\n');
}

function undocumentedText({ undocumented }: Results): readonly string[] {
  if (undocumented.length === 0) return [];
  const shown = undocumented.map(
    ({ code, count, sibling }) => `${code} ×${count}${sibling ? '' : ' (nor on a sibling page)'}`,
  );
  return [`not in the document  ${shown.join(', ')}`];
}

/** The one line that explains a hundred failures. */
function readingText({ seemsToFollow }: Results, style: Terminal['style']): readonly string[] {
  if (seemsToFollow === undefined) return [];
  const settings = Object.entries(seemsToFollow).map(([key, value]) => `--dialect ${key}=${value}`);
  return [
    `${style(['yellow', 'bold'], 'another reading')}  valid requests bind with ${settings.join(' ')}; if that is what the server means to follow, run with it`,
  ];
}

const words: Readonly<Record<Results['verdict']['exitCode'], string>> = {
  0: 'kept',
  1: 'BROKEN',
  3: 'NOT DECIDED',
  130: 'INTERRUPTED',
};

function countsText(results: Results, style: Terminal['style']): string {
  const { summary, verdict } = results;
  const { passed, failed, warned, skipped, errors, requests, backedOff, durationMs } = summary;
  const waited = backedOff === 0 ? '' : `, ${plural(backedOff, 'answer')} 429 waited out`;
  const line = `${passed} passed, ${failed} failed, ${warned} warned, ${skipped} skipped, ${errors} errors`;
  const ok = verdict.exitCode === 0;
  const word = isChangedAlone(results) ? 'kept, server CHANGED' : words[verdict.exitCode];
  const reasons = verdict.reasons.length === 0 ? '' : `: ${verdict.reasons.join('; ')}`;
  return `${style([ok ? 'green' : 'red', 'bold'], `contract ${word}`)}${reasons}\n${line} · ${plural(requests, 'request')}${waited} in ${seconds(durationMs)}${statesText(summary)}`;
}

/** From this long on, a run that mostly waits for its states endpoint is told so. */
const longRunMs = 10_000;

function statesText({ durationMs, statesMs = 0, targetMs = 0 }: Results['summary']): string {
  const share = statesShare({ statesMs, targetMs });
  if (durationMs < longRunMs || share < 0.5) return '';
  return `, of which the states endpoint took ${Math.round(share * 100)} %`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
