import type { LoadResults, WindowResult } from '../../../../load/results.ts';
import { down, figure, percent, plot, round, timeAxis } from '../chart/figure.ts';
import { endLabels, line, type Point } from '../chart/marks.ts';
import { countText, momentText, msText, msTick } from '../chart/number-text.ts';
import { durationScale } from '../chart/scale.ts';
import { type Content, html, type Markup } from '../html.ts';

const height = 170;
const drawn = ['p50', 'p95', 'p99'] as const;
/** With more points, dots on a line would overlap. */
const dotsAtMost = 40;

/** The latency over time. Undefined if no window has a request. */
export function windowsFigure({ windows: all, seconds }: LoadResults, end: number): Markup | undefined {
  const windows = all.filter(({ requests }) => requests > 0);
  if (windows.length === 0) return undefined;
  const x = timeAxis(end);
  const values = windows.flatMap(({ latency }) => drawn.map((name) => latency[name]));
  const y = durationScale(Math.min(...values), Math.max(...values));
  const wide = windowWidth(all, seconds);
  const lines = drawn.map((name) => ({
    name,
    points: windows.map(({ from, latency }): Point => [x.scale.share(from + wide / 2), down(y, latency[name], height)]),
  }));
  return figure({
    id: 'load-windows',
    title: 'Latency over time',
    finding: finding(windows, wide),
    drawing: plot({
      label: `Lines over ${momentText(end)}, one point every ${momentText(wide)}: ${drawn.map((name) => `${name} from ${rangeText(windows, name)}`).join(', ')}.`,
      height,
      namedAtEnd: true,
      x,
      y: { scale: y, name: y.byFactors ? 'latency (logarithmic)' : 'latency', text: msTick },
      content: [
        lines.map(({ name, points }) => drawLine(name, points)),
        // If they end at one point, the highest percentile is on top.
        endLabels(lines.map(({ name, points }) => ({ text: name, y: points.at(-1)?.[1] ?? 0 })).toReversed(), height),
      ],
    }),
    head: ['from', 'requests', ...drawn],
    rows: windows.map(({ from, requests, latency }) => [
      `${round(from)} s`,
      countText(requests),
      ...drawn.map((name) => msText(latency[name])),
    ]),
  });
}

function drawLine(look: string, points: readonly Point[]): Content {
  return [
    line(points, height, points.length > dotsAtMost ? `${look} dense` : look),
    points.length <= dotsAtMost &&
      points.map(([share, y]) => html`<circle class="dot ${look}" cx="${percent(share)}" cy="${y}" r="2.5"/>`),
  ];
}

function finding(windows: readonly WindowResult[], wide: number): Markup {
  const worst = windows.reduce((most, one) => (one.latency.p99 > most.latency.p99 ? one : most));
  if (windows.length === 1) {
    return html`One window of ${momentText(wide)}: the p99 was <strong>${msText(worst.latency.p99)}</strong>.`;
  }
  return html`Over windows of ${momentText(wide)} the p99 was ${rangeText(windows, 'p99')}, worst in the window from <strong>${momentText(round(worst.from))}</strong> on; the median was ${rangeText(windows, 'p50')}.`;
}

function rangeText(windows: readonly WindowResult[], name: (typeof drawn)[number]): string {
  const values = windows.map(({ latency }) => latency[name]);
  return `${msText(Math.min(...values))} to ${msText(Math.max(...values))}`;
}

/** All windows have the same length; a single window is the whole run. */
function windowWidth(windows: readonly WindowResult[], seconds: number): number {
  const steps = windows.slice(1).map(({ from }, at) => from - (windows[at]?.from ?? 0));
  const shortest = Math.min(...steps.filter((step) => step > 0));
  return Number.isFinite(shortest) ? shortest : seconds;
}
