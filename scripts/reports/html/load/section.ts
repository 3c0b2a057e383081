import { type LoadResults, loadExitCode, type WorkloadResult } from '../../../../load/results.ts';
import type { Operation } from '../../../../spec/operation.ts';
import { plural } from '../../../../spec/plural.ts';
import { across, percent } from '../chart/figure.ts';
import { countedText, countText, msText, msTick } from '../chart/number-text.ts';
import { durationScale, type Scale } from '../chart/scale.ts';
import { toneShapes } from '../chart/tones.ts';
import { type Entry, exitLook, glance, icon, type Section, section, status, table } from '../elements.ts';
import { html, type Markup } from '../html.ts';
import { codesFigure } from './codes.ts';
import { driftFigure } from './drift.ts';
import { kneeFigure } from './knee.ts';
import { latencyFigure } from './latency.ts';
import { rateFigure } from './rate.ts';
import { stagesFigures } from './stages.ts';
import { windowsFigure } from './windows.ts';

/** The result of a load by its exit code. */
export const endOfLoad: Readonly<Record<ReturnType<typeof loadExitCode>, string>> = {
  0: 'passed',
  1: 'failed',
  3: 'not valid',
  130: 'interrupted',
};

/** The load run: its verdict, its objectives and its measurements. */
export function loadSection(load: LoadResults, operation: Operation): Section {
  const { profile, target, objectives, reasons, notes, noiseFloor, valid } = load;
  const exitCode = loadExitCode(load);
  const end = lastMoment(load);
  return section(
    { id: 'load', title: 'Load', tally: profile, shapes: toneShapes() },
    html`<p class="lead">${status(exitLook(exitCode), endOfLoad[exitCode])} on <code>${target.url}</code>${load.seconds > 0 && `, ${plural(load.seconds, 'second')}`}</p>
    ${!valid && html`<div class="notice error">${icon('error')}<div><strong>These numbers are not valid.</strong> The charts show the measurements, but no objective is judged.${reasons.length > 0 && html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}</div></div>`}
    ${
      valid &&
      objectives.length > 0 &&
      table({
        caption: 'Objectives',
        look: 'objectives',
        columns: ['Objective', 'Result', 'Measured'],
        rows: objectives.map(({ name, kept, detail }) => [
          name,
          status(kept ? 'passed' : 'failed', kept ? 'met' : 'missed'),
          detail,
        ]),
      })
    }
    ${glance(numberRows(load), 'figures')}
    ${noiseFloor !== null && html`<p class="reason">Noise floor: the latency of the load generator itself, measured against a server that does nothing. A latency close to it says little about your server.</p>`}
    ${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
    <div class="charts">
    ${kneeFigure(load)}
    ${stagesFigures(load)}
    ${driftFigure(load)}
    ${latencyFigure(load)}
    ${rateFigure(load, end)}
    ${windowsFigure(load, end)}
    ${codesFigure(load, end, operation)}
    ${workloadsTable(load)}
    </div>`,
  );
}

/** All charts over time end at the same point, so that they can be compared. */
function lastMoment({ seconds, curve, series, windows }: LoadResults): number {
  const moments = [...curve.map(({ at }) => at), ...series.map(({ at }) => at), ...windows.map(({ from }) => from)];
  return Math.max(seconds, ...moments);
}

function numberRows(load: LoadResults): readonly Entry[] {
  const { requests, planned, dropped, latency, generatorCpu, noiseFloor, lane, processes, k6 } = load;
  const { p90, p999 } = latency;
  return [
    ['requests', `${countText(requests)} of ${countText(planned)} planned, ${countText(dropped)} dropped`],
    ['p90, p99.9', requests === 0 ? 'none' : `${msText(p90)}, ${msText(p999)}`],
    ['signed', lane === 'rows' ? 'before the run' : 'while it ran'],
    [
      'generator',
      `${processes === 1 ? 'one process' : `${processes} processes`}, k6 ${k6.version}, ${generatorCpu === null ? 'CPU not known' : `${generatorCpu} cores used`}`,
    ],
    ['noise floor', noiseFloor === null ? 'not known' : `p50 ${msText(noiseFloor.p50)}, p99 ${msText(noiseFloor.p99)}`],
  ];
}

/** The results of each kind of request, with its latency from p50 to p99 on one scale. */
export function workloadsTable({ workloads }: LoadResults): Markup | undefined {
  if (workloads.length === 0) return undefined;
  const values = workloads.flatMap(({ latency: { p50, p99 } }) => [p50, p99]).filter((value) => value > 0);
  const scale = durationScale(Math.min(...values, 1), Math.max(...values, 1));
  const wrong = workloads.filter(({ requests, right, open }) => right + open < requests);
  return html`<div class="chart all" id="load-workloads">
    <h3>Kinds of request</h3>
    <p>${wrong.length === 0 ? 'Every kind was answered as the contract says.' : html`<strong>${wrong.length} of ${countedText(workloads.length, 'kind')}</strong> ${wrong.length === 1 ? 'was' : 'were'} not always answered as the contract says.`} A bar shows p50 to p99 on a ${scale.byFactors ? 'logarithmic ' : ''}scale from ${msTick(scale.low)} to ${msTick(scale.high)}.</p>
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
