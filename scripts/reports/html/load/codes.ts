import type { CodeCount, LoadResults } from '../../../../load/results.ts';
import { codeText } from '../../../../load/run/counted-codes.ts';
import type { Operation } from '../../../../spec/operation.ts';
import { figure, sample } from '../chart/figure.ts';
import type { End } from '../chart/marks.ts';
import { bar, endLabels } from '../chart/marks.ts';
import { countedText, countText, listText, momentText, shareText } from '../chart/number-text.ts';
import { down, plot, round, timeAxis } from '../chart/plot.ts';
import { countScale } from '../chart/scale.ts';
import { toneCount, toneFill } from '../chart/tones.ts';
import type { Markup } from '../html.ts';
import { html } from '../html.ts';
import type { TimeBin } from './time-bins.ts';
import { countCode, timeBins } from './time-bins.ts';

/** Codes that share a layer: one, or all that are left where there are more than can be told apart. */
type Layer = {
  readonly name: string;
  /** For the end of a layer, where there is little room. */
  readonly short: string;
  readonly codes: readonly CodeCount[];
  readonly count: number;
};

const height = 170;
const barsAtMost = 60;

/** Which codes came when, the most frequent at the bottom. */
export function codesFigure(load: LoadResults, end: number, operation: Pick<Operation, 'codes'>): Markup {
  const bins = timeBins(load.series, barsAtMost).filter(({ codes }) => codes.length > 0);
  const layers = chooseLayers(load.codes);
  const total = load.codes.reduce((sum, { count }) => sum + count, 0);
  const x = timeAxis(end);
  const y = countScale(Math.max(0, ...bins.map((bin) => stackLayers(bin, layers).at(-1)?.to ?? 0)));
  return figure({
    id: 'load-codes',
    title: 'Codes over time',
    wide: true,
    finding: finding(load, bins, total),
    key: layers.map(({ name, count }, at) => ({
      sample: sample(html`<rect width="22" height="12" fill="${toneFill(at)}"/>`),
      words: html`<strong>${name}</strong> ×${countText(count)}`,
    })),
    drawing:
      bins.length > 0 &&
      plot({
        label: `Stacked bars over ${momentText(end)}, answers a second by code, from the bottom: ${layers.map(({ name, count }) => `${name} in ${shareText(count, total)}`).join(', ')}.`,
        height,
        namedAtEnd: true,
        x,
        y: { scale: y, name: 'answers a second', text: countText },
        content: [
          bins.map((bin) =>
            stackLayers(bin, layers).map(({ from, to }, at) => {
              const [bottom, top] = [down(y, from, height), down(y, to, height)];
              const tall = [Math.min(top, bottom - 1), bottom] as const;
              return to > from && bar(x.scale, [bin.from, bin.to], tall, 'stacked', toneFill(at));
            }),
          ),
          endLabels(
            layerNames(bins.at(-1), layers, (value) => down(y, value, height)),
            height,
          ),
        ],
      }),
    table: { head: ['code', 'answers', 'share', 'first in'], rows: tableRows(load, bins, total, operation) },
  });
}

/** Where each layer of a bin begins and ends, in answers a second. */
function stackLayers(
  bin: TimeBin,
  layers: readonly Layer[],
): readonly { readonly from: number; readonly to: number }[] {
  let from = 0;
  return layers.map(({ codes }) => {
    const count = codes.reduce((sum, { code }) => sum + countCode(bin, code), 0);
    const layer = { from, to: from + count / (bin.to - bin.from) };
    from = layer.to;
    return layer;
  });
}

function chooseLayers(codes: readonly CodeCount[]): readonly Layer[] {
  const single = codes.length <= toneCount ? codes : codes.slice(0, toneCount - 1);
  const left = codes.slice(single.length);
  const rest = {
    name: `${left.length} others`,
    short: `+${left.length}`,
    codes: left,
    count: left.reduce((sum, { count }) => sum + count, 0),
  };
  return [
    ...single.map((code) => ({
      name: codeText(code.code),
      short: String(code.code),
      codes: [code],
      count: code.count,
    })),
    ...(left.length > 0 ? [rest] : []),
  ];
}

/** Each layer's name at the middle of the last bar that holds it. */
function layerNames(
  last: TimeBin | undefined,
  layers: readonly Layer[],
  height: (value: number) => number,
): readonly End[] {
  if (last === undefined) return [];
  return stackLayers(last, layers).flatMap(({ from, to }, at) =>
    to > from ? [{ y: height((from + to) / 2), text: layers[at]?.short ?? '' }] : [],
  );
}

function finding({ codes, series }: LoadResults, bins: readonly TimeBin[], total: number): string {
  const [first, ...others] = codes;
  if (first === undefined) return 'No answer was judged.';
  const most = `${codeText(first.code)} came in ${shareText(first.count, total)} of ${countedText(total, 'answer')}`;
  const list = others.slice(0, 3).map(({ code, count }) => `${codeText(code)} in ${shareText(count, total)}`);
  const more = others.length > 3 ? [`${others.length - 3} more codes in the rest`] : [];
  // What began later is what a reader asks about first.
  const late = codes.filter(({ code }) => bins.length > 3 && firstBin(bins, code) > 1);
  const came = late.map(
    ({ code }) => `${codeText(code)} came first at ${momentText(bins[firstBin(bins, code)]?.from ?? 0)}`,
  );
  return [
    `${others.length === 0 ? most : `${most}, ${listText([...list, ...more])}`}.`,
    ...(came.length > 0 && came.length <= 3 ? [`${listText(came)}.`] : []),
    ...(series.length === 0 ? ['Nobody counted second by second, so there is nothing to draw over time.'] : []),
  ].join(' ');
}

function firstBin(bins: readonly TimeBin[], code: CodeCount['code']): number {
  return bins.findIndex((bin) => countCode(bin, code) > 0);
}

function tableRows(
  { codes }: LoadResults,
  bins: readonly TimeBin[],
  total: number,
  operation: Pick<Operation, 'codes'>,
): readonly (readonly [Markup, string, string, string])[] {
  return codes.map(({ code, count }) => {
    const meaning = operation.codes.find((known) => known.code === code)?.meaning;
    const bin = bins[firstBin(bins, code)];
    const when = bin === undefined ? 'not known' : `${round(bin.from)} to ${round(bin.to)} s`;
    return [
      html`${codeText(code)}${meaning !== undefined && html` <span class="tally">${meaning}</span>`}`,
      countText(count),
      shareText(count, total),
      when,
    ];
  });
}
