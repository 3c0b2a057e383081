import type { GateResults } from '../../gate/results.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';
import { lookOfExit, status } from './icons.ts';
import { duration } from './words.ts';

/** The gate's stations in the order in which they ran. */
export function stationsSection({ stations }: GateResults): Markup {
  return html`<section id="gate" aria-labelledby="gate-title">
    <h2 id="gate-title">Gate</h2>
    <table class="plain">
      <caption class="unseen">Stations of the gate</caption>
      <thead><tr><th scope="col">Station</th><th scope="col">Ended</th><th scope="col">Summary</th><th scope="col" class="number">Took</th></tr></thead>
      <tbody>${stations.map(
        ({ name, exitCode, summary, durationMs }) => html`<tr>
          <th scope="row">${name}</th>
          <td>${status(lookOfExit(exitCode), exitCode === 0 ? 'passed' : `exit ${exitCode}`)}</td>
          <td>${summary}</td>
          <td class="number">${duration(durationMs)}</td>
        </tr>`,
      )}</tbody>
    </table>
  </section>`;
}
