import type { Drift, LoadResults } from '../../../../load/results.ts';
import { figure, sample } from '../chart/figure.ts';
import type { IntervalRow } from '../chart/intervals.ts';
import { intervals, point } from '../chart/intervals.ts';
import { linearScale } from '../chart/scale.ts';
import { changeText, listText } from '../chart/words.ts';
import type { Markup } from '../html.ts';

const looks: Readonly<Record<Drift['verdict'], IntervalRow['look']>> = {
  steady: 'sure',
  drifts: 'worse',
  undecided: 'unsure',
};

/** How latency at the end of a long run compares with its beginning. Undefined where nobody watched for it. */
export function driftFigure({ drift = [] }: LoadResults): Markup | undefined {
  if (drift.length === 0) return undefined;
  const rows = drift.map(({ percentile, ratio, verdict }) => ({
    name: percentile,
    estimate: ratio,
    value: `${changeText(ratio.value)}, ${verdict}`,
    look: looks[verdict],
  }));
  const verdicts = [...new Set(drift.map(({ verdict }) => verdict))];
  return figure({
    ...{ id: 'load-drift', title: 'Drift', wide: true },
    finding: `From the first third of the run to the last: ${listText(drift.map(({ percentile, ratio, verdict }) => `${percentile} ${changeText(ratio.value)} (${verdict})`))}.`,
    key: verdicts.map((verdict) => ({ sample: sample(point(looks[verdict], '11', 6)), words: verdict })),
    drawing: intervals({
      label: `Points with 95 % intervals, the last third over the first: ${rows.map(({ name, value }) => `${name} ${value}`).join('; ')}.`,
      scale: linearScale(
        Math.min(0.95, ...drift.map(({ ratio }) => ratio.low)),
        Math.max(1.05, ...drift.map(({ ratio }) => ratio.high)),
      ),
      axis: 'last third against the first, 95 % interval',
      text: changeText,
      reference: 1,
      rows,
    }),
    table: {
      head: ['percentile', 'change', '95 % interval', 'verdict'],
      rows: drift.map(({ percentile, ratio: { value, low, high }, verdict }) => [
        percentile,
        changeText(value),
        `${changeText(low)} to ${changeText(high)}`,
        verdict,
      ]),
    },
  });
}
