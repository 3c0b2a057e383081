import { inert } from '../../contract/inert.ts';
import {
  type Estimate,
  type Knee,
  type LoadResults,
  loadExitCode,
  type StageResult,
  trialWords,
} from '../../load/results.ts';
import { codeText } from '../../load/run/counted-codes.ts';
import type { Progress } from '../../load/run/measure.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';

const words: Readonly<Record<ReturnType<typeof loadExitCode>, string>> = {
  0: 'passed',
  1: 'FAILED',
  3: 'NOT VALID',
  130: 'INTERRUPTED',
};

/** The meaning of "noise floor", below the line that shows it. */
export const noiseFloorMeaning =
  '             (noise floor: the latency of k6 itself, measured against a server that does nothing)';

/** A load run as text. */
export function loadText(results: LoadResults, style: Terminal['style']): string {
  const { profile, target, requests, k6 } = results;
  const exitCode = loadExitCode(results);
  // A k6 that could not start has measured nothing.
  const died = k6.exitCode !== 0 && requests === 0;
  return [
    `${style('bold', `load ${profile} of ${inert(target.url)}`)} (${target.kind}) · k6 ${k6.version}`,
    '',
    ...(died ? [] : measuredLines(results)),
    ...results.notes.map((note) => `  note       ${inert(note, 400)}`),
    ...results.objectives.map(
      ({ name, kept, detail }) =>
        `  ${style(kept ? 'green' : 'red', kept ? 'met       ' : 'MISSED    ')} ${inert(name)}: ${inert(detail, 400)}`,
    ),
    ...results.reasons.map((reason) => `  ${style('red', 'not valid ')} ${inert(reason, 400)}`),
    '',
    style([exitCode === 0 ? 'green' : 'red', 'bold'], `load ${words[exitCode]}`),
  ].join('\n');
}

function measuredLines(results: LoadResults): readonly string[] {
  const { requests, ratePerSecond, dropped, generatorCpu, noiseFloor, codes, workloads } = results;
  const floor = noiseFloor === null ? 'unknown' : `p50 ${noiseFloor.p50} ms, p99 ${noiseFloor.p99} ms`;
  const lane = results.lane === 'rows' ? 'signed before the run' : 'signed while it runs';
  const parts = results.processes === 1 ? '' : `, ${results.processes} processes`;
  return [
    `  requests   ${requests} at ${ratePerSecond}/s, ${dropped} dropped; ${lane}${parts}`,
    `  codes      ${codes.map(({ code, count }) => `${codeText(code)} ×${count}`).join(', ') || 'none'}`,
    `  latency    ${latencyText(results.latency)}`,
    `  generator  ${generatorCpu === null ? 'CPU unknown' : `${generatorCpu} cores`}; noise floor ${floor}`,
    ...(noiseFloor === null ? [] : [noiseFloorMeaning]),
    ...(workloads.length > 1 ? ['', ...workloadTable(workloads), ''] : []),
    ...(results.stages === undefined ? [] : [...stagesText(results.stages), '']),
    ...findings(results),
  ];
}

function latencyText({ p50, p90, p95, p99, p999, max }: LoadResults['latency']): string {
  return `p50 ${p50}  p90 ${p90}  p95 ${p95}  p99 ${p99}  p99.9 ${p999}  max ${max} ms`;
}

function workloadTable(workloads: LoadResults['workloads']): readonly string[] {
  const head = ['a request with', 'sent', 'right', 'code', 'p50', 'p95', 'p99 ms'];
  const rows = workloads.map(({ title, requests, right, open, usual, latency }) => [
    title,
    String(requests),
    open === 0 ? String(right) : `${right}+${open}`,
    String(usual),
    ...[latency.p50, latency.p95, latency.p99].map((value) => value.toFixed(2)),
  ]);
  return table([head, ...rows]);
}

const plotWidth = 30;

function stagesText(stages: readonly StageResult[]): readonly string[] {
  const ends = stages.flatMap(({ marginal }) => (marginal === null ? [] : [marginal.low, marginal.high]));
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const head = ['stage', 'code', 'median ms', 'adds ms', 'from', 'to', 'capacity/s', 'takes ms', ''];
  const rows = stages.map(({ stage, code, latency, marginal, capacity, marginalCapacity, toldApart }) => [
    stage,
    String(code),
    latency.value.toFixed(3),
    ...(marginal === null
      ? ['', '', '']
      : [marginal.value, marginal.low, marginal.high].map((value) => value.toFixed(3))),
    capacity === null ? '' : String(capacity.value),
    marginalCapacity === null ? '' : marginalCapacity.value.toFixed(4),
    marginal === null ? '' : `${plot(marginal, least, most)}${toldApart ? '' : ' not distinguishable'}`,
  ]);
  return table([head, ...rows], [0, 8]);
}

/** An interval on a line over the range of all stages; `|` is zero, `o` is the value. */
function plot({ value, low, high }: Estimate, least: number, most: number): string {
  const span = most - least || 1;
  const at = (of: number): number => Math.round(((of - least) / span) * (plotWidth - 1));
  return Array.from({ length: plotWidth }, (_, column) => {
    if (column === at(value)) return 'o';
    if (column === at(0)) return '|';
    return column >= at(low) && column <= at(high) ? '-' : ' ';
  })
    .join('')
    .trimEnd();
}

function findings({ knee, drift = [] }: LoadResults): readonly string[] {
  return [
    ...(knee === undefined
      ? []
      : ['', ...kneeTable(knee), '', `  knee       ${knee.keptAt ?? 'none'}/s: ${knee.certainty}`]),
    ...drift.map(
      ({ percentile, ratio, verdict }) =>
        `  drift      ${percentile} ${verdict}: ×${ratio.value} from first to last third (${ratio.low} to ${ratio.high})`,
    ),
  ];
}

function kneeTable({ trials }: Knee): readonly string[] {
  const rows = trials.map(({ rate, outcome, p99, why }) => [
    String(rate),
    trialWords[outcome],
    p99.toFixed(2),
    inert(why, 120),
  ]);
  return table([['rate/s', 'result', 'p99 ms', ''], ...rows], [1, 3]);
}

/** The progress of a load run on one line: phase, rate, codes and remaining time. */
export function progressText({ phase, seconds, of, requests, ratePerSecond, codes }: Progress): string {
  if (seconds === undefined || of === undefined) return `load  ${phase}`;
  const counted = (codes ?? []).map(([code, count]) => `${code} ×${count}`).join(' ');
  const left = Math.max(0, Math.ceil(of - seconds));
  return `load  ${phase} · ${requests ?? 0} requests, ${Math.round(ratePerSecond ?? 0)}/s · ${counted || 'no answer yet'} · ${left} s left`;
}
