import type { Estimate, LoadResults, StageResult } from '../../../../load/results.ts';
import { figure } from '../chart/figure.ts';
import type { IntervalRow } from '../chart/intervals.ts';
import { intervals, pointKey } from '../chart/intervals.ts';
import { addedText, countText, listText, msText, msTick } from '../chart/number-text.ts';
import type { Content } from '../html.ts';
import { html } from '../html.ts';

/** What each stage of a request costs the server: in latency, and in the time of the server that it takes. */
export function stagesFigures({ stages = [] }: LoadResults): Content {
  if (stages.length === 0) return undefined;
  return [
    stageFigure(stages, {
      id: 'load-stages',
      title: 'Cost of each stage',
      axis: 'added to the median latency',
      of: ({ marginal }) => marginal,
      lead: (first) =>
        html`A request that stops at ${first.stage} takes <strong>${msText(first.latency.value)}</strong>. `,
    }),
    stageFigure(stages, {
      id: 'load-capacity',
      title: 'Capacity of each stage',
      axis: 'server time a request takes',
      of: ({ marginalCapacity }) => marginalCapacity,
      lead: (first) =>
        first.capacity !== null &&
        html`<strong>${countText(Math.round(first.capacity.value))} a second</strong> stop at ${first.stage}. `,
    }),
  ];
}

type Side = {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly of: (stage: StageResult) => Estimate | null;
  readonly lead: (first: StageResult) => Content;
};

function stageFigure(stages: readonly StageResult[], { id, title, axis, of, lead }: Side): Content {
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
    finding: html`${lead(first)}Dearest is <strong>${dearest.name}</strong> with ${addedText(value)} (${msText(low)} to ${msText(high)}).${merged.length > 0 && ` Not told apart from the stage before: ${listText(merged)}.`}`,
    key: [pointKey('sure', 'told apart'), ...(merged.length > 0 ? [pointKey('unsure', 'not told apart')] : [])],
    drawing: intervals({
      label: `Points with 95 % intervals, ${axis}, in milliseconds: ${rows.map(({ name, value: text, look }) => `${name} ${text}${look === 'unsure' ? ', not told apart' : ''}`).join('; ')}.`,
      axis: `${axis}, 95 % interval`,
      text: msTick,
      reference: 0,
      rows,
    }),
    table: {
      head: ['stage', 'code', 'median', 'capacity', 'adds', '95 % interval', 'told apart'],
      rows: stages.map((stage) => stageRow(stage, of(stage))),
    },
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
