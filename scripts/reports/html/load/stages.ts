import type { Estimate, LoadResults, StageResult } from '../../../../load/results.ts';
import { figure } from '../chart/figure.ts';
import { type IntervalRow, intervals, pointKey } from '../chart/intervals.ts';
import { addedText, countText, listText, msText, msTick } from '../chart/number-text.ts';
import { type Content, html } from '../html.ts';

const sides = [
  {
    id: 'load-stages',
    title: 'Cost of each stage',
    axis: 'added to the median latency',
    of: ({ marginal }: StageResult) => marginal,
    lead: (first: StageResult): Content =>
      html`A request that stops at ${first.stage} takes <strong>${msText(first.latency.value)}</strong>. `,
  },
  {
    id: 'load-capacity',
    title: 'Capacity of each stage',
    axis: 'server time per request',
    of: ({ marginalCapacity }: StageResult) => marginalCapacity,
    lead: ({ capacity, stage }: StageResult): Content =>
      capacity !== null &&
      html`<strong>${countText(Math.round(capacity.value))} requests per second</strong> can reach ${stage}. `,
  },
];

/** The cost of each stage of a request for the server: in latency, and in server time. */
export function stagesFigures({ stages = [] }: LoadResults): Content {
  return sides.map((side) => stageFigure(stages, side));
}

function stageFigure(stages: readonly StageResult[], { id, title, axis, of, lead }: (typeof sides)[number]): Content {
  const rows = stages.flatMap((stage): readonly IntervalRow[] => {
    const estimate = of(stage);
    const look = stage.toldApart ? 'sure' : 'unsure';
    return estimate === null ? [] : [{ name: stage.stage, estimate, value: addedText(estimate.value), look }];
  });
  const first = stages[0];
  const dearest = rows.toSorted((a, b) => b.estimate.value - a.estimate.value)[0];
  if (first === undefined || dearest === undefined) return undefined;
  const merged = rows.filter(({ look }) => look === 'unsure').map(({ name }) => name);
  const { low, high, value } = dearest.estimate;
  return figure({
    id,
    title,
    finding: html`${lead(first)}The most expensive stage is <strong>${dearest.name}</strong> with ${addedText(value)} (${msText(low)} to ${msText(high)}).${merged.length > 0 && ` Not distinguishable from the stage before: ${listText(merged)}.`}`,
    key: [pointKey('sure', 'distinguishable'), merged.length > 0 && pointKey('unsure', 'not distinguishable')],
    drawing: intervals({
      label: `Points with 95 % intervals, ${axis}, in milliseconds: ${rows.map(({ name, value: text, look }) => `${name} ${text}${look === 'unsure' ? ', not distinguishable' : ''}`).join('; ')}.`,
      axis: `${axis}, 95 % interval`,
      text: msTick,
      reference: 0,
      rows,
    }),
    head: ['stage', 'code', 'median', 'capacity', 'adds', '95 % interval', 'distinguishable'],
    rows: stages.map((stage) => stageRow(stage, of(stage))),
  });
}

function stageRow(stage: StageResult, estimate: Estimate | null): readonly Content[] {
  const { code, right, latency, capacity, toldApart } = stage;
  return [
    html`${stage.stage} <span class="tally">a request with ${stage.title}</span>`,
    right ? String(code) : `${code}, not what the contract says`,
    msText(latency.value),
    capacity === null ? '–' : `${countText(Math.round(capacity.value))}/s`,
    ...(estimate === null
      ? ['–', '–', '–']
      : [addedText(estimate.value), `${msText(estimate.low)} to ${msText(estimate.high)}`, toldApart ? 'yes' : 'no']),
  ];
}
