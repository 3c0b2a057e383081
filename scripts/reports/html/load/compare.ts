import type { Outcome } from '../../../../contract/run/outcome.ts';
import type { ComparedMetric, ComparedSide, CompareResults, Verdict } from '../../../../load/compare/results.ts';
import { figure } from '../chart/figure.ts';
import { bandKey, type IntervalRow, intervals, type Look, pointKey } from '../chart/intervals.ts';
import { changeText, countText, listText, msText } from '../chart/number-text.ts';
import { glance, icon, type Section, section, status } from '../elements.ts';
import { type Content, html } from '../html.ts';

/** A verdict as the look of a point, as a status and in words. */
export const verdicts: Readonly<
  Record<Verdict, { readonly look: Look; readonly status: Outcome; readonly meaning: string }>
> = {
  PASS: { look: 'sure', status: 'passed', meaning: 'Within the tolerance' },
  FAIL: { look: 'worse', status: 'failed', meaning: 'Worse' },
  INCONCLUSIVE: { look: 'unsure', status: 'error', meaning: 'Not decided' },
};

/** Whether B is slower than A: the ratio of each metric with its interval. */
export function compareSection(compare: CompareResults): Section {
  const { verdict, reasons, valid, interrupted, kind, a, b } = compare;
  const stopped = interrupted ? 'The session was interrupted.' : 'The session is not valid.';
  return section(
    { id: 'compare', title: 'Comparison' },
    html`<p class="lead">${status(verdicts[verdict].status, verdict)} A is <code>${a.name}</code>, B is <code>${b.name}</code></p>
    ${(!valid || interrupted) && html`<div class="notice error">${icon('error')}<div><strong>${stopped}</strong> There is no verdict.</div></div>`}
    ${kind === 'stored' && html`<p class="lead">Two files of different sessions show a trend, not proof.</p>`}
    ${reasons.map((reason) => html`<p class="reason">${reason}</p>`)}
    ${glance(
      Object.entries({ A: a, B: b }).map(([name, side]) => [`codes of ${name}`, codesText(side)]),
      'figures',
    )}
    <div class="charts">${ratiosFigure(compare)}</div>`,
  );
}

function codesText({ outcomes }: ComparedSide): string {
  const codes = Object.entries(outcomes).sort(([, one], [, other]) => other - one);
  return codes.map(([code, count]) => `${code} ×${countText(count)}`).join(', ') || 'none';
}

function ratiosFigure({ metrics, kind, settings }: CompareResults): Content {
  const interval = intervalName(kind, settings?.confidence);
  const rows = metrics.flatMap(({ name, ratio, low, high, verdict }): readonly IntervalRow[] => {
    if (ratio === null || low === null || high === null) return [];
    const tolerance = settings?.limits[name].tolerance;
    return [
      {
        name,
        estimate: { value: ratio, low, high },
        value: `${changeText(ratio)} ${verdict}`,
        look: verdicts[verdict].look,
        ...(tolerance !== undefined && { range: tolerated(name, tolerance) }),
      },
    ];
  });
  return figure({
    id: 'compare-ratios',
    title: 'B compared with A',
    wide: true,
    finding: finding(metrics),
    key: [
      ...Object.entries(verdicts).map(
        ([verdict, { look }]) => rows.some((row) => row.look === look) && pointKey(look, verdict),
      ),
      rows.some(({ range }) => range !== undefined) && bandKey('tolerated'),
    ],
    drawing:
      rows.length > 0 &&
      intervals({
        label: `Points with intervals, B compared with A, no change in the middle: ${rows.map(({ name, value }) => `${name} ${value}`).join('; ')}.`,
        axis: `B compared with A, ${interval}`,
        text: changeText,
        reference: 1,
        rows,
      }),
    head: ['metric', 'A', 'B', 'change', interval, 'verdict'],
    rows: metrics.map(metricRow),
  });
}

/** A falling rate is worse; a growing latency is worse. */
function tolerated(name: ComparedMetric['name'], tolerance: number): readonly [number, number] {
  return name === 'rate' ? [1 / (1 + tolerance), 1] : [1, 1 + tolerance];
}

function intervalName(kind: CompareResults['kind'], confidence: number | undefined): string {
  if (kind === 'stored') return 'known spread';
  return confidence === undefined ? 'interval' : `${Math.round(confidence * 100)} % interval`;
}

function finding(metrics: readonly ComparedMetric[]): string {
  const said = (['FAIL', 'INCONCLUSIVE', 'PASS'] as const).flatMap((verdict) => {
    const found = metrics.filter((metric) => metric.verdict === verdict);
    const names = found.map(({ name, ratio }) => (ratio === null ? name : `${name} (${changeText(ratio)})`));
    return names.length === 0 ? [] : [`${verdicts[verdict].meaning}: ${listText(names)}.`];
  });
  return said.join(' ') || 'No metric could be compared.';
}

function metricRow({ name, ratio, low, high, verdict, a, b }: ComparedMetric): readonly string[] {
  const measured = (value: number): string => (name === 'rate' ? `${countText(value)}/s` : msText(value));
  return [
    name,
    measured(a),
    measured(b),
    ratio === null ? '–' : changeText(ratio),
    low === null || high === null ? '–' : `${changeText(low)} to ${changeText(high)}`,
    verdict,
  ];
}
