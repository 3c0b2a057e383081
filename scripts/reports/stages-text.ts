import type { Estimate, StageResult } from '../../load/results.ts';
import { table } from './table.ts';

const plotWidth = 30;

/** The stages of a request as a table with a plot of the added latency and its interval. */
export function stagesText(stages: readonly StageResult[]): readonly string[] {
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
