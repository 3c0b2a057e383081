import { table } from '../elements.ts';
import { type Content, html, type Markup } from '../html.ts';
import { momentText } from './number-text.ts';
import { type Scale, timeScale } from './scale.ts';

/**
 * A figure of the report: a chart, its finding in words and its numbers in a table. Each can be understood alone.
 * @param key entries made by `keyEntry`. The first cell of a row names it; `wide` uses the full width.
 */
export function figure(of: {
  readonly id: string;
  readonly title: string;
  readonly finding: Content;
  readonly key?: readonly (Markup | false)[];
  readonly drawing: Content;
  readonly head?: readonly string[];
  readonly rows?: readonly (readonly Content[])[];
  readonly wide?: boolean;
}): Markup {
  const { id, title, finding, key = [], drawing, head: [first = '', ...others] = [], rows = [], wide = false } = of;
  const columns = [first, ...others.map((number) => ({ number }))];
  return html`<figure class="chart${wide && ' all'}" id="${id}">
    <figcaption><h3>${title}</h3><p>${finding}</p></figcaption>
    ${key.some((entry) => entry !== false) && html`<ul class="key">${key}</ul>`}
    ${drawing}
    ${
      rows.length > 0 &&
      html`<details class="data"><summary>Numbers<span class="unseen"> of: ${title}</span></summary>
    <div class="wide" tabindex="0" role="group" aria-label="Numbers of: ${title}, may scroll">${table({ caption: title, columns, rows })}</div>
  </details>`
    }
  </figure>`;
}

/** An entry of a key: a sample of a shape as SVG of 22 by 12 pixels, and its meaning. */
export function keyEntry(sample: Content, meaning: Content): Markup {
  return html`<li><svg class="sample" width="22" height="12" aria-hidden="true">${sample}</svg>${meaning}</li>`;
}

/** An axis: its scale, its name with the unit, and the text of a tick. */
export type Axis = { readonly scale: Scale; readonly name: string; readonly text: (value: number) => string };

/** The time axis of a run, from its start to its end in seconds. */
export function timeAxis(end: number): Axis {
  return { scale: timeScale(end), name: 'time since the start', text: momentText };
}

/** Space above every plot for the name of the y axis, and below it for ticks and the name of the x axis. */
const [forName, forTicks] = [24, 42];

/**
 * A chart as SVG. Positions along x are percentages and heights are pixels, so it fits any width and its text keeps its size
 * without a script. Shapes that must stretch are in a `stretched` part.
 * @param label the description for readers who do not see the chart. `height` is that of the plot itself, and `above` the space
 * above it for marks, in pixels. `namedAtEnd` makes space for names at the right end of lines.
 */
export function plot(of: {
  readonly label: string;
  readonly height: number;
  readonly above?: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly namedAtEnd?: boolean;
  readonly content: Content;
}): Markup {
  const { label, height, above = 0, x, y, namedAtEnd = false, content } = of;
  const top = forName + above;
  return html`<svg class="plot${namedAtEnd && ' named'}" role="img" aria-label="${label}" height="${top + height + forTicks}">
    <text class="axis" x="-48" y="12">${y.name}</text>
    <g transform="translate(0 ${top})">
    ${y.scale.ticks.map((tick) => gridLine(tick, y, height))}
    ${content}
    ${x.scale.ticks.map((tick, at) => tickMark(tick, x, height, x.scale.ticks.length > 5 && at % 2 === 1))}
    <text class="axis end" x="100%" y="${height + 38}">${x.name}</text>
    </g>
  </svg>`;
}

/** The position of a value along x. */
export function across(scale: Scale, value: number): string {
  return percent(scale.share(value));
}

/** A share of the width. */
export function percent(share: number): string {
  return `${round(share * 100)}%`;
}

/** The height of a value in pixels from the top of a plot. */
export function down(scale: Scale, value: number, height: number): number {
  return round(height * (1 - scale.share(value)));
}

/** Rounds a number to visible digits. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function gridLine(tick: number, { scale, text }: Axis, height: number): Markup {
  const y = down(scale, tick, height);
  return html`<line class="${y === height ? 'base' : 'grid'}" x2="100%" y1="${y}" y2="${y}"/><text class="tick end" x="-8" y="${y + 4}">${text(tick)}</text>`;
}

/** A `spare` tick is hidden on a page that is too narrow for all ticks. */
function tickMark(tick: number, { scale, text }: Axis, height: number, spare: boolean): Markup {
  const x = across(scale, tick);
  return html`<line class="notch" x1="${x}" x2="${x}" y1="${height}" y2="${height + 5}"/><text class="tick middle${spare && ' spare'}" x="${x}" y="${height + 19}">${text(tick)}</text>`;
}
