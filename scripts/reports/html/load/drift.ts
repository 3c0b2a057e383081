import type { Drift, LoadResults } from '../../../../load/results.ts';
import { figure } from '../chart/figure.ts';
import { intervals, type Look, pointKey } from '../chart/intervals.ts';
import { changeText, listText } from '../chart/number-text.ts';
import type { Markup } from '../html.ts';

const looks: Readonly<Record<Drift['verdict'], Look>> = {
  steady: 'sure',
  drifts: 'worse',
  undecided: 'unsure',
};

/** The latency at the end of a long run compared with the beginning. Undefined if the profile does not measure it. */
export function driftFigure({ drift = [] }: LoadResults): Markup | undefined {
  if (drift.length === 0) return undefined;
  const rows = drift.map(({ percentile, ratio, verdict }) => ({
    name: percentile,
    estimate: ratio,
    value: `${changeText(ratio.value)}, ${verdict}`,
    look: looks[verdict],
  }));
  return figure({
    id: 'load-drift',
    title: 'Drift',
    wide: true,
    finding: `From the first third of the run to the last: ${listText(drift.map(({ percentile, ratio, verdict }) => `${percentile} ${changeText(ratio.value)} (${verdict})`))}.`,
    key: [...new Set(drift.map(({ verdict }) => verdict))].map((verdict) => pointKey(looks[verdict], verdict)),
    drawing: intervals({
      label: `Points with 95 % intervals, the last third compared with the first: ${rows.map(({ name, value }) => `${name} ${value}`).join('; ')}.`,
      axis: 'last third compared with the first, 95 % interval',
      text: changeText,
      reference: 1,
      rows,
    }),
    head: ['percentile', 'change', '95 % interval', 'verdict'],
    rows: drift.map(({ percentile, ratio: { value, low, high }, verdict }) => [
      percentile,
      changeText(value),
      `${changeText(low)} to ${changeText(high)}`,
      verdict,
    ]),
  });
}
