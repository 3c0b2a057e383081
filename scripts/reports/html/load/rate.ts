import type { LoadResults } from '../../../../load/results.ts';
import { down, figure, keyEntry, plot, round, timeAxis } from '../chart/figure.ts';
import { area, bar, line, type Point } from '../chart/marks.ts';
import { countText, momentText } from '../chart/number-text.ts';
import { countScale } from '../chart/scale.ts';
import { html, type Markup } from '../html.ts';
import { type TimeBin, timeBins } from './time-bins.ts';

const height = 150;
const pointsAtMost = 120;

/** The requested rate and the achieved rate. */
export function rateFigure(load: LoadResults, end: number): Markup {
  const { curve, series } = load;
  const bins = timeBins(series, pointsAtMost);
  const x = timeAxis(end);
  const y = countScale(Math.max(...curve.map(({ rate }) => rate), ...bins.map(binRate), ...bins.map(droppedRate)));
  const achieved = bins.map((bin): Point => [x.scale.share((bin.from + bin.to) / 2), down(y, binRate(bin), height)]);
  const asked = curve.map(({ at, rate }): Point => [x.scale.share(at), down(y, rate, height)]);
  const dropping = bins.filter(({ dropped }) => dropped > 0);
  return figure({
    id: 'load-rate',
    title: 'Requested and achieved rate',
    finding: finding(load, dropping),
    key: [
      keyEntry(html`<path class="line asked" d="M1 6H21"/>`, 'requested'),
      bins.length > 0 && keyEntry(html`<path class="line achieved" d="M1 6H21"/>`, 'achieved'),
      dropping.length > 0 && keyEntry(html`<rect class="dropped" x="5" width="12" height="12"/>`, 'dropped'),
    ],
    drawing: plot({
      label: `Line chart over ${momentText(end)}: ${askedText(load)} requested, ${load.ratePerSecond} per second answered${load.dropped > 0 ? `, ${countText(load.dropped)} requests dropped` : ''}.`,
      height,
      x,
      y: { scale: y, name: 'requests per second', text: countText },
      content: [
        achieved.length > 0 && area(achieved, height, 'under'),
        dropping.map((bin) => {
          const tall = Math.max(5, height - down(y, droppedRate(bin), height));
          return bar(x.scale, [bin.from, bin.to], [height - tall, height], 'dropped');
        }),
        achieved.length > 0 && line(achieved, height, 'achieved'),
        line(asked, height, 'asked'),
      ],
    }),
    head: ['time', 'achieved per second', 'dropped'],
    rows: bins.map((bin) => [
      `${round(bin.from)} to ${round(bin.to)} s`,
      countText(binRate(bin)),
      countText(bin.dropped),
    ]),
  });
}

function binRate({ requests, from, to }: TimeBin): number {
  return Math.max(0, requests / (to - from));
}

function droppedRate({ dropped, from, to }: TimeBin): number {
  return dropped / (to - from);
}

function askedText({ curve }: LoadResults): string {
  const rates = curve.map(({ rate }) => rate);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  return least === most ? `${countText(most)} per second` : `${countText(least)} to ${countText(most)} per second`;
}

function finding(load: LoadResults, dropping: readonly TimeBin[]): Markup {
  const { dropped, seconds, ratePerSecond, series } = load;
  const first = dropping[0];
  const from = first === undefined ? '' : `, from ${momentText(round(first.from))} on`;
  return html`The run requested ${askedText(load)} for ${momentText(seconds)}; <strong>${countText(ratePerSecond)} per second</strong> were answered, and ${dropped === 0 ? 'no request was dropped' : html`<strong>${countText(dropped)}</strong> could not be started on time${from}`}.${series.length === 0 && ' There are no counts over time, so the chart shows only the requested rate.'}`;
}
