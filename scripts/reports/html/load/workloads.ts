import type { LoadResults, WorkloadResult } from '../../../../load/results.ts';
import { countedText, countText, msText, msTick } from '../chart/number-text.ts';
import { across, percent } from '../chart/plot.ts';
import type { Scale } from '../chart/scale.ts';
import { durationScale } from '../chart/scale.ts';
import type { Markup } from '../html.ts';
import { html } from '../html.ts';

/** What came of each kind of request, with its latency from p50 to p99 on one scale. */
export function workloadsTable({ workloads }: LoadResults): Markup | undefined {
  if (workloads.length === 0) return undefined;
  const values = workloads.flatMap(({ latency: { p50, p99 } }) => [p50, p99]).filter((value) => value > 0);
  const scale = durationScale(Math.min(...values, 1), Math.max(...values, 1));
  const wrong = workloads.filter(({ requests, right, open }) => right + open < requests);
  return html`<div class="chart all" id="load-workloads">
    <h3>Kinds of request</h3>
    <p>${wrong.length === 0 ? 'Every kind was answered as the contract says.' : html`<strong>${wrong.length} of ${countedText(workloads.length, 'kind')}</strong> ${wrong.length === 1 ? 'was' : 'were'} not always answered as the contract says.`} A bar goes from p50 to p99, ${scale.byFactors ? 'by factors ' : ''}from ${msTick(scale.low)} to ${msTick(scale.high)}.</p>
    <table class="plain workloads">
      <caption class="unseen">Kinds of request</caption>
      <thead><tr><th scope="col">A request with</th><th scope="col" class="number">Right</th><th scope="col" class="number">p50</th><th scope="col" class="number">p95</th><th scope="col" class="number">p99</th><th scope="col" class="spread">p50 to p99</th></tr></thead>
      <tbody>${workloads.map((workload) => workloadRow(workload, scale))}</tbody>
    </table>
  </div>`;
}

function workloadRow({ title, requests, right, open, usual, latency }: WorkloadResult, scale: Scale): Markup {
  const all = right + open >= requests;
  return html`<tr>
    <th scope="row">${title} <span class="tally">answered ${usual}</span></th>
    <td class="number${!all && ' wrong'}">${countText(right + open)} of\u00a0${countText(requests)}${open > 0 && html` <span class="tally">${countText(open)} by another reading</span>`}</td>
    ${[latency.p50, latency.p95, latency.p99].map((value) => html`<td class="number">${requests === 0 ? '–' : msText(value)}</td>`)}
    <td class="spread">${requests > 0 && spread(latency, scale)}</td>
  </tr>`;
}

function spread({ p50, p99 }: WorkloadResult['latency'], scale: Scale): Markup {
  const [from, to] = [scale.share(p50), Math.max(scale.share(p99), scale.share(p50))];
  return html`<svg class="spread-of" height="14" aria-hidden="true"><line class="grid" x2="100%" y1="7" y2="7"/><rect class="bar-of" x="${percent(from)}" width="${percent(to - from)}" y="3" height="8"/><circle class="point sure" cx="${across(scale, p50)}" cy="7" r="4"/></svg>`;
}
