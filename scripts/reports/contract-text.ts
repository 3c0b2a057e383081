import { inert } from '../../contract/inert.ts';
import { type Cluster, clusterResults } from '../../contract/judge/clusters.ts';
import { notSelected, uncovered } from '../../contract/judge/coverage.ts';
import { describeExpected } from '../../contract/judge/judge.ts';
import { skippedBecause } from '../../contract/judge/verdict.ts';
import type { CaseRow, DecisiveRequest, Results } from '../../contract/results.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import type { Suite } from '../../contract/suite.ts';
import { statesShare } from '../../contract/targets/recording.ts';
import { firstItems } from '../../spec/first-items.ts';
import type { Operation } from '../../spec/operation.ts';
import { plural } from '../../spec/plural.ts';
import type { Terminal } from '../terminal.ts';
import { changesText } from './changes-text.ts';
import { missingStatesText } from './missing-states.ts';
import { type Labelled, labelled } from './table.ts';
import {
  describeEnding,
  dialectFlags,
  dialectText,
  listIds,
  noDocumentedCode,
  receivedTexts,
  replayCommand,
  seconds,
  timesText,
} from './words.ts';

const whole = Number.POSITIVE_INFINITY;
const colours = { failed: 'red', error: 'magenta', warned: 'yellow', skipped: 'yellow', passed: 'green' } as const;

/** The run as text: failures by cause, then the codes, then the counts. */
export function contractText(results: Results, suite: Suite, style: Terminal['style']): string {
  const { target, seed, dialect, cases, baseline, policy } = results;
  const clusters = clusterResults(cases);
  const skipped = clusters.filter(({ outcome }) => outcome === 'skipped');
  return [
    `${style('bold', `contract of ${inert(target.url)}`)} (${target.kind}) · seed ${seed} · dialect ${inert(dialectText(dialect, suite.operation))}`,
    ...clusters
      .filter(({ outcome }) => outcome !== 'skipped')
      .map((cluster) => clusterText(cluster, results, suite, style)),
    ...skippedText(skipped, style),
    ...missingStatesText(cases, suite, style),
    codesText(results, style),
    ...undocumentedText(results),
    ...timingText(cases),
    ...readingText(results, style),
    ...(baseline === undefined ? [] : changesText(baseline, style)),
    ...(policy?.notes.map((note) => style('yellow', inert(note, 300))) ?? []),
    countsText(results, style),
  ].join('\n\n');
}

function clusterText(cluster: Cluster, run: Results, suite: Suite, style: Terminal['style']): string {
  const { outcome, cause, results } = cluster;
  const [first, ...others] = results;
  const title = `${style([colours[outcome], 'bold'], `${outcome.toUpperCase()}  ${inert(cause)}`)} · ${plural(others.length + 1, 'case')}`;
  const rest = others.length === 0 ? [] : [`  also  ${firstItems(listIds(others), 12)}`];
  return [title, `  ${first.id}  ${first.title}`, ...labelled(caseRows(first, run, suite)), ...rest].join('\n');
}

/** The skipped cases, with a few ids for each reason. Short, so that findings stay visible. */
function skippedText(clusters: readonly Cluster[], style: Terminal['style']): readonly string[] {
  if (clusters.length === 0) return [];
  const count = clusters.flatMap(({ results }) => results).length;
  const rows = clusters.flatMap(({ cause, results }) => [
    `  ${String(results.length).padStart(3)}  ${inert(cause, 200)}`,
    `       ${firstItems(listIds(results), 3)}`,
  ]);
  return [[style(['yellow', 'bold'], `SKIPPED · ${plural(count, 'case')}`), ...rows].join('\n')];
}

/** One case in full: given, sent, expected, received, the rule, curl and the replay command. */
function caseRows(row: CaseRow, run: Results, { operation }: Suite): readonly Labelled[] {
  const { reason, given, decisive, rule, basis, clause, dialect, setUp, curl, curlNote } = row;
  return [
    ['because', reason && inert(reason, 400)],
    ['times', timesText(row)],
    ['given', given],
    ...(decisive === undefined ? [] : requestRows(decisive, row, operation)),
    ['rule', rule !== undefined && `${operation.rules[rule]?.claim} (${basis})`],
    ['', `${clause}; docs/operation.md#${rule}`],
    ['', row.noDocumentedCode === true && noDocumentedCode],
    ['to accept', dialect?.accept !== undefined && `--dialect ${shellQuote(dialect.accept)}`],
    ['to fail', dialect?.require !== undefined && `--dialect ${shellQuote(dialect.require)}`],
    ['set-up', setUp && inert(setUp, whole)],
    ['curl', curl !== '' && inert(curl, whole)],
    ['note', curlNote && inert(curlNote, 600)],
    ['replay', inert(replayCommand(row, run), whole)],
  ];
}

function requestRows(decisive: DecisiveRequest, row: CaseRow, operation: Operation): readonly Labelled[] {
  const { what, at, request, expected, received, together } = decisive;
  const answer =
    received.noAnswer === undefined
      ? `HTTP ${received.httpStatus}, code ${received.code ?? 'none'}  ${inert(received.preview, 300)}`
      : `no answer: ${inert(received.noAnswer)}`;
  const of = row.received.length;
  return [
    ['sent', together === undefined && of > 1 ? `${what} (request ${at} of ${of})` : what],
    ['', `${request.method} ${request.path}  ${inert(request.body, 700)}`],
    ['expected', together === undefined ? describeExpected(expected, { operation }) : row.expected.text],
    ['received', together === undefined ? answer : receivedTexts(together).join('; ')],
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

function undocumentedText({ undocumented, dialect }: Results): readonly string[] {
  if (undocumented.length === 0) return [];
  const shown = undocumented.map(
    ({ code, count, sibling }) => `${code} ×${count}${sibling === true ? '' : ' (also not on a sibling page)'}`,
  );
  const allowed = dialect['siblingCodes'] === 'accept' && undocumented.every(({ sibling }) => sibling === true);
  return [`codes outside the document${allowed ? ' (allowed)' : ''}  ${shown.join(', ')}`];
}

/** What the timing cases of the run could have seen. */
function timingText(cases: Results['cases']): readonly string[] {
  const timings = cases.flatMap(({ timing }) => timing ?? []);
  const [first] = timings;
  if (first === undefined) return [];
  const smallestMs = Math.max(...timings.map(({ visibleMs }) => visibleMs)).toFixed(2);
  const open = cases.filter(({ timing, outcome }) => timing !== undefined && outcome === 'skipped').length;
  const compared = `times compared in ${plural(timings.length, 'case')}${open === 0 ? '' : `, ${open} not decided`}`;
  return [`timing  ${compared}; this run could see differences from ${smallestMs} ms (looked for ${first.limitMs} ms)`];
}

/** The line that explains many failures at once. */
function readingText({ seemsToFollow }: Results, style: Terminal['style']): readonly string[] {
  if (seemsToFollow === undefined) return [];
  return [
    `${style(['yellow', 'bold'], 'another reading')}  valid requests bind with ${dialectFlags(seemsToFollow).join(' ')}; if the server follows this reading, run again with it`,
  ];
}

function countsText(results: Results, style: Terminal['style']): string {
  const { summary, verdict, cases } = results;
  const { passed, failed, warned, skipped, errors, requests, backedOff = 0, durationMs } = summary;
  const waited = backedOff === 0 ? '' : `, waited after ${plural(backedOff, 'answer')} 429`;
  const why = skipped === 0 ? '' : ` (${skippedBecause(cases)})`;
  const line = `${passed} passed, ${failed} failed, ${warned} warned, ${skipped} skipped${why}, ${errors} errors`;
  const ok = verdict.exitCode === 0;
  const reasons = verdict.reasons.length === 0 ? '' : `: ${inert(verdict.reasons.join('; '), 2_000)}`;
  const untested = ok ? notCoveredText(results, style) : '';
  return `${style([ok ? 'green' : 'red', 'bold'], describeEnding(results).loud)}${reasons}${untested}\n${line} · ${plural(requests, 'request')}${waited} in ${seconds(durationMs)}${statesText(summary)}`;
}

/** A passed contract with codes that were never seen. Not for a partial run, which says nothing about coverage. */
function notCoveredText({ codes }: Results, style: Terminal['style']): string {
  const missing = uncovered(codes);
  if (missing.length === 0 || codes.some(({ reason }) => reason === notSelected)) return '';
  const word = style(['yellow', 'bold'], `${missing.length} of ${codes.length} codes NOT COVERED`);
  return `, but ${word}: ${missing.join(' ')} (--require-coverage fails the run)`;
}

/** From this duration on, a run that mostly waits for its states endpoint says so. */
const longRunMs = 10_000;

function statesText({ durationMs, statesMs = 0, targetMs = 0 }: Results['summary']): string {
  const share = statesShare({ statesMs, targetMs });
  if (durationMs < longRunMs || share < 0.5) return '';
  return `, of which the states endpoint took ${Math.round(share * 100)} %`;
}
