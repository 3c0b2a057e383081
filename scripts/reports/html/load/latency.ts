import type { LoadResults } from '../../../../load/results.ts';
import { bucketCount, bucketStart, type Histogram } from '../../../../load/run/histogram.ts';
import { across, down, figure, keyEntry, plot } from '../chart/figure.ts';
import { bar, flagMarks, flagsHeight } from '../chart/marks.ts';
import { countedText, countText, msText, msTick, shareText } from '../chart/number-text.ts';
import { countScale, logScale } from '../chart/scale.ts';
import { type Content, html, type Markup } from '../html.ts';

const height = 190;
const barsAtMost = 72;
/** A percentile needs at least this many requests above it to be reliable. */
const restsOn = 5;
const named = { id: 'load-latency', title: 'Latency', wide: true };

/** The latency of all requests, with percentiles and the part of the generator itself. */
export function latencyFigure(load: LoadResults): Markup {
  const bars = histogramBars(load.histogram);
  const first = bars[0];
  if (first === undefined) {
    return figure({ ...named, finding: 'No request was answered.', drawing: '' });
  }
  const { latency, noiseFloor } = load;
  const { high: last, upTo: total } = bars.at(-1) ?? first;
  const end = Math.max(last, latency.p99, noiseFloor?.p99 ?? 0);
  // A single bar would fill the page.
  const narrow = end < first.low * 3 ? 1.5 : 1;
  const x = logScale(first.low / narrow, end * narrow);
  const y = countScale(Math.max(...bars.map(({ count }) => count)));
  const flags = (['p50', 'p95', 'p99'] as const).map((name) => ({
    share: x.share(latency[name]),
    text: `${name} ${msText(latency[name])}`,
  }));
  const highest = bars.reduce((most, bar) => (bar.count > most.count ? bar : most));
  return figure({
    ...named,
    finding: finding(load, total),
    key: [
      noiseFloor !== null &&
        keyEntry(
          html`<rect class="noise" width="22" height="12"/>`,
          `noise floor: up to ${msText(noiseFloor.p99)} come from the load generator itself (p99)`,
        ),
    ],
    drawing: plot({
      label: `Histogram of the latency of ${countedText(total, 'request')} on a logarithmic axis, ${bars.length} bars from ${msText(first.low)} to ${msText(last)}. The highest bar, ${countedText(highest.count, 'request')}, is at ${msText(highest.low)} to ${msText(highest.high)}. ${flags.map(({ text }) => text).join(', ')}.`,
      height,
      above: flagsHeight(flags),
      x: { scale: x, name: 'latency (logarithmic)', text: msTick },
      y: {
        scale: y,
        name: `requests, each bar ${Math.round((first.high / first.low - 1) * 100)} % wide`,
        text: countText,
      },
      content: [
        noiseFloor !== null &&
          html`<rect class="noise" width="${across(x, noiseFloor.p99)}" height="${height}"/><line class="noise-edge" x1="${across(x, noiseFloor.p99)}" x2="${across(x, noiseFloor.p99)}" y2="${height}"/>`,
        bars.map(({ low, high, count }) => {
          // A single request among thousands must still be visible.
          const tall = count === 0 ? 0 : Math.max(1.5, height - down(y, count, height));
          return tall > 0 && bar(x, [low, high], [height - tall, height], 'bar-of');
        }),
        flagMarks(flags, height),
      ],
    }),
    head: ['latency', 'requests', 'up to here'],
    rows: bars
      .filter(({ count }) => count > 0)
      .map(({ low, high, count, upTo }) => [
        `${msText(low)} to ${msText(high)}`,
        countText(count),
        shareText(upTo, total),
      ]),
  });
}

function finding({ latency, noiseFloor }: LoadResults, total: number): Content {
  const { p50, p95, p99, max } = latency;
  const beyond = Math.floor(total / 100);
  if (total === 1) return html`The one request took <strong>${msText(max)}</strong>.`;
  return [
    html`Half of ${countText(total)} requests took at most <strong>${msText(p50)}</strong>, 95 % at most <strong>${msText(p95)}</strong>, 99 % at most <strong>${msText(p99)}</strong>; the slowest took ${msText(max)}.`,
    beyond < restsOn &&
      ` With so few requests, the p99 depends on ${beyond === 0 ? 'the slowest one' : beyond} of them.`,
    noiseFloor === null && ' The noise floor (the latency of the load generator itself) is not known.',
    noiseFloor !== null &&
      noiseFloor.p99 * 2 > p99 &&
      ` The noise floor (the load generator itself) has a p99 of ${msText(noiseFloor.p99)}, so the slow end says little about the server.`,
  ];
}

/** The bars, each with its requests and all requests up to it: neighbouring buckets are merged if there are too many to see. */
function histogramBars(histogram: Histogram) {
  // Counts beyond the last bucket belong to it.
  const counted = histogram
    .filter(([, count]) => count > 0)
    .map(([bucket, count]) => [Math.min(bucket, bucketCount - 1), count] as const);
  if (counted.length === 0) return [];
  const buckets = counted.map(([bucket]) => bucket);
  const [first, last] = [Math.min(...buckets), Math.max(...buckets)];
  const together = Math.ceil((last - first + 1) / barsAtMost);
  const byBar = Map.groupBy(counted, ([bucket]) => Math.floor((bucket - first) / together));
  let upTo = 0;
  return Array.from({ length: Math.floor((last - first) / together) + 1 }, (_, at) => {
    const count = (byBar.get(at) ?? []).reduce((sum, [, one]) => sum + one, 0);
    upTo += count;
    return { low: lowest(first + at * together), high: bucketStart(first + (at + 1) * together), count, upTo };
  });
}

/** The first bucket begins at 0, which does not exist on a logarithmic axis. */
function lowest(bucket: number): number {
  return bucket === 0 ? bucketStart(1) / 1.05 : bucketStart(bucket);
}
