import type { Results } from '../../../contract/results.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';

/** Codes that the server answered with and the document does not have. */
export function undocumentedSection(undocumented: Results['undocumented']): Markup {
  return html`<section id="undocumented" aria-labelledby="undocumented-title">
    <h2 id="undocumented-title">Not in the document</h2>
    <p class="lead">The server answered with these codes. Some refusals have no documented code; what a sibling page of the family uses for the same fault is accepted, and still no promise of this one.</p>
    <table class="plain narrow">
      <caption class="unseen">Codes that are not in the document</caption>
      <thead><tr><th scope="col">Code</th><th scope="col" class="number">Answers</th><th scope="col">Known from</th></tr></thead>
      <tbody>${undocumented.map(
        ({ code, count, sibling }) => html`<tr>
          <th scope="row"><code>${code}</code></th>
          <td class="number">${count}</td>
          <td>${sibling === true ? 'a sibling page' : html`<strong>nowhere</strong>`}</td>
        </tr>`,
      )}</tbody>
    </table>
  </section>`;
}
