import { isChangedAlone } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { Cluster } from '../../contract/judge/clusters.ts';
import { clustersOf } from '../../contract/judge/clusters.ts';
import { notSelected, uncovered } from '../../contract/judge/coverage.ts';
import { describeExpected } from '../../contract/judge/judge.ts';
import { lacksCoverageAlone } from '../../contract/judge/policy.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import type { Attempt, CaseResult, Outcome } from '../../contract/run/outcome.ts';
import { decisive } from '../../contract/run/outcome.ts';
import { skippedBecause } from '../../contract/run/skipped.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { statesShare } from '../../contract/targets/waiting.ts';
import { defaultDialect, dialectKeys } from '../../spec/pure-bt/dialect.ts';
import { ruleOf } from '../../spec/pure-bt/rules.ts';
import type { Terminal } from '../terminal.ts';
import { changesText } from './changes-text.ts';
import { noDocumentedCode, receivedOf } from './html/words.ts';
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
    countsText(results, cases, style),
  ];
  return blocks.join('\n\n');
}

function headline({ target, seed, dialect }: Results, style: Terminal['style']): string {
  const changed = dialectKeys.filter((key) => dialect[key] !== defaultDialect[key]);
  const shown = changed.length === 0 ? 'default' : changed.map((key) => `${key}=${dialect[key]}`).join(' ');
  return `${style('bold', `contract of ${inert(target.url)}`)} (${target.kind}) · seed ${seed} · dialect ${inert(shown)}`;
}

const colours: Readonly<Partial<Record<Outcome, 'red' | 'magenta'>>> = { failed: 'red', error: 'magenta' };

function clusterText(cluster: Cluster, results: Results, replay: string, style: Terminal['style']): string {
  const { outcome, cause, results: members } = cluster;
  const colour = colours[outcome] ?? 'yellow';
  const title = `${style([colour, 'bold'], `${outcome.toUpperCase()}  ${inert(cause)}`)} · ${plural(members.length, 'case')}`;
  const [first, ...others] = members;
  if (first === undefined) return title;
  const rest = others.length === 0 ? [] : [`  also  ${idsText(others, 12)}`];
  return [title, exampleText(first, results, replay), ...rest].join('\n');
}

/** The ids of some results, and how many more there are. */
function idsText(results: readonly CaseResult[], most: number): string {
  const ids = results.slice(0, most).map((result) => result.case.id);
  return `${ids.join(', ')}${results.length > most ? `, and ${results.length - most} more` : ''}`;
}

/** What could not be run, with a few ids for each reason: it is no finding, and must not bury one. */
function skippedText(clusters: readonly Cluster[], style: Terminal['style']): readonly string[] {
  if (clusters.length === 0) return [];
  const count = clusters.reduce((sum, { results }) => sum + results.length, 0);
  const rows = clusters.flatMap(({ cause, results }) => [
    `  ${String(results.length).padStart(3)}  ${inert(cause, 200)}`,
    `       ${idsText(results, 3)}`,
  ]);
  return [[style(['yellow', 'bold'], `SKIPPED · ${plural(count, 'case')}`), ...rows].join('\n')];
}

/** One case in full: given, sent, expected, received, the rule, curl and how to run it again. */
function exampleText(result: CaseResult, results: Results, replay: string): string {
  const { cases, seed } = results;
  const { id, title, given } = result.case;
  const rule = result.rule ?? result.case.rule;
  const { claim, source, basis } = ruleOf(rule);
  const shown = decisive(result.attempts);
  const found = cases.find((one) => one.id === id);
  const { curl = '', setUp, curlNote } = found ?? {};
  const row = (label: string, text: string): string => `    ${label.padEnd(9)} ${text}`;
  return [
    `  ${id}  ${title}`,
    ...(result.reason === undefined ? [] : [row('because', inert(result.reason, 400))]),
    row('given', given),
    ...(shown === undefined ? [] : attemptRows(shown, result, row)),
    row('rule', `${claim} (${basis})`),
    row('', `${source}; docs/operation.md#${rule}`),
    ...(found?.noDocumentedCode !== true ? [] : [row('', noDocumentedCode)]),
    ...dialectRows(found, row),
    ...(setUp === undefined ? [] : [row('set-up', inert(setUp, Number.POSITIVE_INFINITY))]),
    ...(curl === '' ? [] : [row('curl', inert(curl, Number.POSITIVE_INFINITY))]),
    ...(curlNote === undefined ? [] : [row('note', inert(curlNote, 600))]),
    row(
      'replay',
      `${inert(replay, Number.POSITIVE_INFINITY)} --only ${id} --seed ${seed}${result.replay === undefined ? '' : ` ${result.replay}`}`,
    ),
  ].join('\n');
}

/** The settings that decide whether the case is right, ready to paste. */
function dialectRows(found: CaseRow | undefined, row: (label: string, text: string) => string): readonly string[] {
  const lines = found?.dialect;
  if (lines === undefined) return [];
  return [
    row('to accept', `--dialect ${shellQuote(lines.accept)}`),
    ...(lines.require === undefined ? [] : [row('to fail', `--dialect ${shellQuote(lines.require)}`)]),
  ];
}

function attemptRows(
  attempt: Attempt,
  { attempts, expectedTogether }: CaseResult,
  row: (label: string, text: string) => string,
): readonly string[] {
  const { what, request, expected, received, step } = attempt;
  const answer =
    received.noAnswer === undefined
      ? `HTTP ${received.httpStatus}, code ${received.code ?? 'none'}  ${inert(received.preview, 300)}`
      : `no answer: ${inert(received.noAnswer)}`;
  const single = expectedTogether === undefined && attempts.length > 1;
  return [
    row('sent', `${what}${single ? ` (request ${attempts.indexOf(attempt) + 1} of ${attempts.length})` : ''}`),
    row('', `${request.method} ${request.path}  ${inert(request.body, 700)}`),
    ...(expectedTogether === undefined
      ? [row('expected', describeExpected(expected)), row('received', answer)]
      : [
          row('expected', expectedTogether),
          row(
            'received',
            receivedOf(attempts.filter((one) => one.step === step).map((one) => one.received)).join('; '),
          ),
        ]),
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

function countsText(results: Results, cases: readonly CaseResult[], style: Terminal['style']): string {
  const { summary, verdict } = results;
  const { passed, failed, warned, skipped, errors, requests, backedOff, durationMs } = summary;
  const waited = backedOff === 0 ? '' : `, ${plural(backedOff, 'answer')} 429 waited out`;
  const why = skipped === 0 ? '' : ` (${skippedBecause(cases)})`;
  const line = `${passed} passed, ${failed} failed, ${warned} warned, ${skipped} skipped${why}, ${errors} errors`;
  const ok = verdict.exitCode === 0;
  const word = wordOf(results);
  const reasons = verdict.reasons.length === 0 ? '' : `: ${inert(verdict.reasons.join('; '), 2_000)}`;
  const untested = ok ? notCoveredText(results, style) : '';
  return `${style([ok ? 'green' : 'red', 'bold'], `contract ${word}`)}${reasons}${untested}\n${line} · ${plural(requests, 'request')}${waited} in ${seconds(durationMs)}${statesText(summary)}`;
}

function wordOf(results: Results): string {
  if (isChangedAlone(results)) return 'kept, server CHANGED';
  return lacksCoverageAlone(results) ? 'NOT COVERED' : words[results.verdict.exitCode];
}

/** A kept contract of which codes were never seen; not where cases were left out, which says nothing about the server. */
function notCoveredText({ codes }: Results, style: Terminal['style']): string {
  const missing = uncovered(codes);
  if (missing.length === 0 || codes.some(({ reason }) => reason === notSelected)) return '';
  const word = style(['yellow', 'bold'], `${missing.length} of ${codes.length} codes NOT COVERED`);
  return `, but ${word}: ${missing.join(' ')} (--require-coverage fails the run)`;
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
