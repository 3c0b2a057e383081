import { inert } from '../../contract/inert.ts';
import { type ComparedMetric, type CompareResults, outcomesText, type Verdict } from '../../load/compare/results.ts';
import type { Terminal } from '../terminal.ts';
import { noiseFloorMeaning } from './load-text.ts';

const colours: Readonly<Record<Verdict, 'green' | 'red' | 'yellow'>> = {
  PASS: 'green',
  FAIL: 'red',
  INCONCLUSIVE: 'yellow',
};

/** A comparison as text: a table, the verdict and the reasons. */
export function compareText(results: CompareResults, style: Terminal['style']): string {
  const { a, b, metrics, reasons, verdict } = results;
  return [
    `${style('bold', 'compare')} A ${inert(a.name, 200)} with B ${inert(b.name, 200)}`,
    '',
    `  codes      A: ${outcomesText(a.outcomes)} · B: ${outcomesText(b.outcomes)}`,
    ...generator(results),
    '',
    ...(metrics.length === 0 ? [] : [table(results, style), '']),
    ...reasons.map((reason) => `  ${inert(reason, 400)}`),
    ...(reasons.length === 0 ? [] : ['']),
    `${style([colours[verdict], 'bold'], `compare ${verdict}`)}: ${conclusion(results)}`,
  ].join('\n');
}

function generator({ noiseFloor, generatorCpu, dropped, settings }: CompareResults): readonly string[] {
  if (settings === undefined) return [];
  const { rate, windows, windowSeconds } = settings;
  const cpu = generatorCpu === null || generatorCpu === undefined ? 'CPU unknown' : `${generatorCpu} cores`;
  const floor =
    noiseFloor === null || noiseFloor === undefined
      ? 'unknown'
      : `p50 ${noiseFloor.p50}  p95 ${noiseFloor.p95}  p99 ${noiseFloor.p99} ms`;
  return [
    `  session    ${windows} windows of ${windowSeconds} s in ABBA order at ${rate}/s, ${dropped ?? 0} dropped`,
    `  generator  ${cpu}; noise floor ${floor}`,
    ...(floor === 'unknown' ? [] : [noiseFloorMeaning]),
  ];
}

function table({ metrics, settings, kind }: CompareResults, style: Terminal['style']): string {
  const interval = kind === 'stored' ? 'known spread' : `${Math.round((settings?.confidence ?? 0) * 100)} % interval`;
  const head = ['  metric', 'A'.padStart(10), 'B'.padStart(10), 'B/A'.padStart(8), interval.padStart(18), '  verdict'];
  const rows = metrics.map(
    (metric) =>
      `${`  ${metric.name}`.padEnd(8)} ${metricText(metric, metric.a)} ${metricText(metric, metric.b)} ${ratio(metric.ratio).padStart(8)} ${`${ratio(metric.low)} to ${ratio(metric.high)}`.padStart(18)}   ${style(colours[metric.verdict], metric.verdict)}`,
  );
  return [style('bold', head.join(' ')), ...rows].join('\n');
}

function metricText({ name }: ComparedMetric, value: number): string {
  return `${value.toFixed(name === 'rate' ? 1 : 2)} ${name === 'rate' ? '/s' : 'ms'}`.padStart(10);
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function conclusion({ verdict, kind, valid, interrupted, metrics, settings }: CompareResults): string {
  const failed = metrics.filter((metric) => metric.verdict === 'FAIL').map(({ name }) => name);
  if (interrupted) return 'interrupted; partial results are written';
  if (!valid) return 'the session is not valid, so there is no verdict';
  if (verdict === 'FAIL') return `B is certainly worse than A in ${failed.join(', ')}, by more than the minimum effect`;
  if (kind === 'stored') {
    return verdict === 'PASS'
      ? 'nothing got worse by more than identical runs differ'
      : 'something changed, but two files cannot show why';
  }
  const sure = `${Math.round((settings?.confidence ?? 0) * 100)} %`;
  return verdict === 'PASS'
    ? `B is not worse than A by more than the tolerance, with ${sure} confidence`
    : 'the measurements neither prove nor exclude a change';
}
