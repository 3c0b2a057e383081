import type { CaseRow, Results } from '../../../contract/results.ts';
import { plural } from '../../../spec/plural.ts';
import { noDocumentedCode } from '../words.ts';
import type { RunSettings } from './case-details.ts';
import { briefDetails } from './case-details.ts';
import { caseAnchor, durationText, shortReceived } from './cell-text.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';
import { outcomes, status } from './icons.ts';

const bases: readonly CaseRow['basis'][] = ['document', 'family', 'security', 'inferred'];

/** Every case, as a table that can be filtered; without a script it is a table whose ids are links that open. */
export function casesSection(results: Results & RunSettings): Markup {
  const { cases, codes } = results;
  const count = plural(cases.length, 'case');
  return html`<section id="cases" aria-labelledby="cases-title">
    <h2 id="cases-title" tabindex="-1">All cases <span class="tally">${count}</span></h2>
    ${filters(cases, codes)}
    <p id="shown" class="shown" role="status"></p>
    <table class="cases">
      <caption class="unseen">Every case with its outcome; the link of a case opens its details</caption>
      <thead><tr>
        <th scope="col">Outcome</th><th scope="col">Case</th><th scope="col">Basis</th>
        <th scope="col">Expected</th><th scope="col">Received</th><th scope="col">Time</th>
      </tr></thead>
      ${cases.map((row) => caseBody(row, results))}
    </table>
    <p class="nothing" hidden>No case matches. <button type="button" class="clear">Clear the filter</button></p>
  </section>`;
}

function caseBody(row: CaseRow, run: RunSettings): Markup {
  const { id, title, basis, outcome, expected, received, durationMs } = row;
  const code = row.noDocumentedCode === true ? 'none' : row.code;
  return html`<tbody id="${caseAnchor(id)}" data-outcome="${outcome}" data-basis="${basis}" data-code="${code}"><tr>
    <td>${status(outcome)}</td>
    <th scope="row"><a class="id" href="#${caseAnchor(id)}">${id}</a><span class="title">${title}</span></th>
    <td>${basis}</td>
    <td>${expected.text ?? expected.codes.join(' or ')}</td>
    <td>${shortReceived(received)}</td>
    <td>${durationText(durationMs)}</td>
    </tr><tr class="more"><td colspan="6">${briefDetails(row, run)}</td></tr></tbody>`;
}

function filters(cases: readonly CaseRow[], codes: Results['codes']): Markup {
  const present = outcomes.map((outcome) => [outcome, cases.filter((row) => row.outcome === outcome).length] as const);
  return html`<form class="filters scripted" role="search" aria-label="Cases">
    <p class="field grow"><label for="q">Find</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" placeholder="id, title or reason"></p>
    <p class="field"><label for="basis">Basis</label><select id="basis" name="basis"><option value="">any</option>${bases.map((basis) => html`<option>${basis}</option>`)}</select></p>
    <p class="field"><label for="code">Code</label><select id="code" name="code"><option value="">any</option>${codes.map(({ code }) => html`<option>${code}</option>`)}<option value="none">${noDocumentedCode}</option></select></p>
    <fieldset class="field"><legend>Outcome</legend><div class="chips">${present
      .filter(([, count]) => count > 0)
      .map(
        ([outcome, count]) =>
          html`<label class="chip"><input type="checkbox" name="outcome" value="${outcome}">${status(outcome)} <span class="tally">${count}</span></label>`,
      )}</div></fieldset>
    <button type="button" class="clear">Clear</button>
  </form>`;
}
