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
  const {
    profile,
    target,
    requests,
    ratePerSecond,
    dropped,
    generatorCpu,
    noiseFloor,
    latency,
    codes,
    objectives,
    k6,
  } = results;
  const floor = noiseFloor === null ? 'unknown' : `p50 ${noiseFloor.p50} ms, p99 ${noiseFloor.p99} ms`;
  const exitCode = loadExitCode(results);
  const word = words[exitCode];
  return [
    `${style('bold', `load ${profile} of ${target.url}`)} (${target.kind}) · k6 ${k6.version}`,
    '',
    `  requests   ${requests} at ${ratePerSecond}/s, ${dropped} dropped`,
    `  codes      ${codes.map(({ code, count }) => `${code} ×${count}`).join(', ') || 'none'}`,
    `  latency    p50 ${latency.p50}  p90 ${latency.p90}  p95 ${latency.p95}  p99 ${latency.p99}  p99.9 ${latency.p999}  max ${latency.max} ms`,
    `  generator  ${generatorCpu === null ? 'CPU unknown' : `${generatorCpu} cores`}; noise floor ${floor}`,
    ...objectives.map(
      ({ name, kept, detail }) =>
        `  ${style(kept ? 'green' : 'red', kept ? 'kept      ' : 'BROKEN    ')} ${name}: ${detail}`,
    ),
    ...results.reasons.map((reason) => `  ${style('red', 'not valid ')} ${inert(reason, 400)}`),
    '',
    style([exitCode === 0 ? 'green' : 'red', 'bold'], `load ${word}`),
  ].join('\n');
}
