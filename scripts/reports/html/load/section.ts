import type { LoadResults } from '../../../../load/results.ts';
import { loadExitCode } from '../../../../load/results.ts';
import type { Operation } from '../../../../spec/operation.ts';
import { plural } from '../../../../spec/plural.ts';
import { countText, msText } from '../chart/number-text.ts';
import { toneShapes } from '../chart/tones.ts';
import type { Fact, Section } from '../elements.ts';
import { exitLook, glance, icon, section, status, table } from '../elements.ts';
import { html } from '../html.ts';
import { codesFigure } from './codes.ts';
import { driftFigure } from './drift.ts';
import { kneeFigure } from './knee.ts';
import { latencyFigure } from './latency.ts';
import { rateFigure } from './rate.ts';
import { stagesFigures } from './stages.ts';
import { windowsFigure } from './windows.ts';
import { workloadsTable } from './workloads.ts';

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
    ${glance(numberRows(load), ' figures')}
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

function numberRows(load: LoadResults): readonly Fact[] {
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
