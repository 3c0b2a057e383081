import { inert } from '../../contract/inert.ts';
import type { LoadResults } from '../../load/results.ts';
import { loadExitCode } from '../../load/verdict.ts';
import type { Terminal } from '../terminal.ts';

const words: Readonly<Record<ReturnType<typeof loadExitCode>, string>> = {
  0: 'kept',
  1: 'BROKEN',
  3: 'NOT VALID',
  130: 'INTERRUPTED',
};

/** A load run for people. */
export function loadText(results: LoadResults, style: Terminal['style']): string {
  const { profile, target, requests, ratePerSecond, dropped, generatorCpu, noiseFloor, codes, workloads, k6 } = results;
  const exitCode = loadExitCode(results);
  const floor = noiseFloor === null ? 'unknown' : `p50 ${noiseFloor.p50} ms, p99 ${noiseFloor.p99} ms`;
  const lane = results.lane === 'rows' ? 'signed before the run' : 'signed while it runs';
  const parts = results.processes === 1 ? '' : `, ${results.processes} processes`;
  return [
    `${style('bold', `load ${profile} of ${target.url}`)} (${target.kind}) · k6 ${k6.version}`,
    '',
    `  requests   ${requests} at ${ratePerSecond}/s, ${dropped} dropped; ${lane}${parts}`,
    `  codes      ${codes.map(({ code, count }) => `${code} ×${count}`).join(', ') || 'none'}`,
    `  latency    ${latencyText(results.latency)}`,
    `  generator  ${generatorCpu === null ? 'CPU unknown' : `${generatorCpu} cores`}; noise floor ${floor}`,
    ...(workloads.length > 1 ? ['', ...workloadTable(workloads), ''] : []),
    ...results.notes.map((note) => `  note       ${inert(note, 400)}`),
    ...results.objectives.map(
      ({ name, kept, detail }) =>
        `  ${style(kept ? 'green' : 'red', kept ? 'kept      ' : 'BROKEN    ')} ${name}: ${detail}`,
    ),
    ...results.reasons.map((reason) => `  ${style('red', 'not valid ')} ${inert(reason, 400)}`),
    '',
    style([exitCode === 0 ? 'green' : 'red', 'bold'], `load ${words[exitCode]}`),
  ].join('\n');
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
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [head, ...rows].map((cells) => `  ${line(cells)}`);
}
