import type { CodeCount, LoadResults } from '../../../../load/results.ts';
import { codeText } from '../../../../load/run/counted-codes.ts';
import type { Operation } from '../../../../spec/operation.ts';
import { down, figure, keyEntry, plot, round, timeAxis } from '../chart/figure.ts';
import { bar, endLabels } from '../chart/marks.ts';
import { countedText, countText, listText, momentText, shareText } from '../chart/number-text.ts';
import { countScale } from '../chart/scale.ts';
import { toneCount, toneFill } from '../chart/tones.ts';
import { html, type Markup } from '../html.ts';
import { countCode, type TimeBin, timeBins } from './time-bins.ts';

const height = 170;
const barsAtMost = 60;

/** The codes over time, the most frequent at the bottom. */
export function codesFigure(load: LoadResults, end: number, operation: Pick<Operation, 'codes'>): Markup {
  const bins = timeBins(load.series, barsAtMost).filter(({ codes }) => codes.length > 0);
  const layers = chooseLayers(load.codes);
  const stacks = bins.map((bin) => stackLayers(bin, layers));
  const total = countAll(load.codes);
  const x = timeAxis(end);
  const y = countScale(Math.max(0, ...stacks.map((stack) => stack.at(-1)?.to ?? 0)));
  const names = (stacks.at(-1) ?? []).filter(({ from, to }) => to > from);
  return figure({
    id: 'load-codes',
    title: 'Codes over time',
    wide: true,
    finding: finding(load, bins, total),
    key: layers.map(({ name, count, fill }) =>
      keyEntry(
        html`<rect width="22" height="12" fill="${fill}"/>`,
        html`<strong>${name}</strong> ×${countText(count)}`,
      ),
    ),
    drawing:
      bins.length > 0 &&
      plot({
        label: `Stacked bars over ${momentText(end)}, answers per second by code, from the bottom: ${layers.map(({ name, count }) => `${name} in ${shareText(count, total)}`).join(', ')}.`,
        height,
        namedAtEnd: true,
        x,
        y: { scale: y, name: 'answers per second', text: countText },
        content: [
          stacks.flat().map(({ bin, from, to, fill }) => {
            const [bottom, top] = [down(y, from, height), down(y, to, height)];
            const tall = [Math.min(top, bottom - 1), bottom] as const;
            return to > from && bar(x.scale, [bin.from, bin.to], tall, 'stacked', fill);
          }),
          // The name of a layer is at the middle of its last bar.
          endLabels(
            names.map(({ from, to, short }) => ({ y: down(y, (from + to) / 2, height), text: short })),
            height,
          ),
        ],
      }),
    head: ['code', 'answers', 'share', 'first in'],
    rows: load.codes.map(({ code, count }) => {
      const meaning = operation.codes.find((known) => known.code === code)?.meaning;
      const bin = bins[firstBin(bins, code)];
      return [
        html`${codeText(code)}${meaning !== undefined && html` <span class="tally">${meaning}</span>`}`,
        countText(count),
        shareText(count, total),
        bin === undefined ? 'not known' : `${round(bin.from)} to ${round(bin.to)} s`,
      ];
    }),
  });
}

/** The layers of the bars with a short name for the end: one code, or all others if there are too many to distinguish. */
function chooseLayers(codes: readonly CodeCount[]) {
  const single = codes.length <= toneCount ? codes : codes.slice(0, toneCount - 1);
  const left = codes.slice(single.length);
  return [
    ...single.map((one) => ({ name: codeText(one.code), short: String(one.code), codes: [one] })),
    ...(left.length > 0 ? [{ name: `${left.length} others`, short: `+${left.length}`, codes: left }] : []),
  ].map((layer, at) => ({ ...layer, count: countAll(layer.codes), fill: toneFill(at) }));
}

/** The layers of a bin with their start and end, in answers per second. */
function stackLayers(bin: TimeBin, layers: ReturnType<typeof chooseLayers>) {
  let top = 0;
  return layers.map(({ codes, short, fill }) => {
    const from = top;
    top += codes.reduce((sum, { code }) => sum + countCode(bin, code), 0) / (bin.to - bin.from);
    return { bin, from, to: top, short, fill };
  });
}

function countAll(codes: readonly CodeCount[]): number {
  return codes.reduce((sum, { count }) => sum + count, 0);
}

function finding({ codes, series }: LoadResults, bins: readonly TimeBin[], total: number): string {
  const [first, ...others] = codes;
  if (first === undefined) return 'No answer was judged.';
  const most = `${codeText(first.code)} was received in ${shareText(first.count, total)} of ${countedText(total, 'answer')}`;
  const list = others.slice(0, 3).map(({ code, count }) => `${codeText(code)} in ${shareText(count, total)}`);
  const more = others.length > 3 ? [`${others.length - 3} more codes in the rest`] : [];
  // A code that started later is usually what a reader looks for.
  const late = codes.filter(({ code }) => bins.length > 3 && firstBin(bins, code) > 1);
  const came = late.map(
    ({ code }) => `${codeText(code)} first appeared at ${momentText(bins[firstBin(bins, code)]?.from ?? 0)}`,
  );
  return [
    `${others.length === 0 ? most : `${most}, ${listText([...list, ...more])}`}.`,
    ...(came.length > 0 && came.length <= 3 ? [`${listText(came)}.`] : []),
    ...(series.length === 0 ? ['There are no counts over time, so there is no chart.'] : []),
  ].join(' ');
}

function firstBin(bins: readonly TimeBin[], code: CodeCount['code']): number {
  return bins.findIndex((bin) => countCode(bin, code) > 0);
}
