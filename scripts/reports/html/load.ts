import type { LoadResults } from '../../../load/results.ts';
import { loadExitCode } from '../../../load/verdict.ts';
import type { Content, Markup } from './html.ts';
import { html } from './html.ts';
import { lookOfExit, status } from './icons.ts';

/** The load run in numbers. Charts belong here: `histogram` has the whole distribution. */
export function loadSection(load: LoadResults): Markup {
  const { profile, target, objectives, reasons, valid } = load;
  return html`<section id="load" aria-labelledby="load-title">
    <h2 id="load-title">Load <span class="tally">${profile}</span></h2>
    <p class="lead">${status(lookOfExit(loadExitCode(load)), valid ? 'measured' : 'not valid')} on <code>${target.url}</code>${valid ? '' : ': the numbers mean nothing, and no objective counts.'}</p>
    ${reasons.map((reason) => html`<p class="reason">${reason}</p>`)}
    <table class="plain narrow">
      <caption class="unseen">Load in numbers</caption>
      <tbody>${numbersOf(load).map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody>
    </table>
    ${valid && objectives.length > 0 && objectivesTable(objectives)}
  </section>`;
}

function numbersOf(load: LoadResults): readonly (readonly [string, Content])[] {
  const { requests, ratePerSecond, dropped, codes, latency, generatorCpu, noiseFloor, k6 } = load;
  const { p50, p90, p95, p99, p999, max } = latency;
  return [
    ['requests', `${requests} at ${ratePerSecond} a second, ${dropped} dropped`],
    ['codes', codes.map(({ code, count }) => `${code} ×${count}`).join(', ') || 'none'],
    ['latency', `p50 ${p50} · p90 ${p90} · p95 ${p95} · p99 ${p99} · p99.9 ${p999} · max ${max} ms`],
    ['noise floor', noiseFloor === null ? 'not known' : `p50 ${noiseFloor.p50} · p99 ${noiseFloor.p99} ms`],
    ['generator', `k6 ${k6.version}, ${generatorCpu === null ? 'CPU not known' : `${generatorCpu} cores`}`],
  ];
}

function objectivesTable(objectives: LoadResults['objectives']): Markup {
  return html`<table class="plain">
    <caption>Objectives</caption>
    <thead><tr><th scope="col">Objective</th><th scope="col">Ended</th><th scope="col">Measured</th></tr></thead>
    <tbody>${objectives.map(
      ({ name, kept, detail }) =>
        html`<tr><th scope="row">${name}</th><td>${status(kept ? 'passed' : 'failed', kept ? 'kept' : 'broken')}</td><td>${detail}</td></tr>`,
    )}</tbody>
  </table>`;
}
