import { severity } from '../../../contract/judge/clusters.ts';
import type { CaseRow } from '../../../contract/results.ts';
import { plural } from '../../../spec/plural.ts';
import { durationText, noDocumentedCode } from '../words.ts';
import { briefDetails, type ReportedRun } from './case-details.ts';
import { caseLink, type Section, section, status } from './elements.ts';
import { html, type Markup } from './html.ts';

const bases: readonly CaseRow['basis'][] = ['document', 'family', 'security', 'inferred'];

/** Every case in a table with filters. Without a script, the ids are links that open the details. */
export function casesSection(run: ReportedRun): Section {
  const { cases } = run;
  const count = cases.length;
  return section(
    { id: 'cases', title: 'All cases', count, tally: plural(count, 'case') },
    html`${filters(run)}
    <p id="shown" class="shown" role="status"></p>
    <table class="cases">
      <caption class="unseen">Every case with its outcome; the link of a case opens its details</caption>
      <thead><tr>
        <th scope="col">Outcome</th><th scope="col">Case</th><th scope="col">Basis</th>
        <th scope="col">Expected</th><th scope="col">Received</th><th scope="col">Time</th>
      </tr></thead>
      ${cases.map((row) => caseBody(row, run))}
    </table>
    <p class="nothing" hidden>No case matches. <button type="button" class="clear">Clear the filter</button></p>`,
  );
}

function caseBody(row: CaseRow, run: ReportedRun): Markup {
  const { id, title, basis, outcome, expected, received, durationMs } = row;
  const code = row.noDocumentedCode === true ? 'none' : row.code;
  return html`<tbody id="case-${id}" data-outcome="${outcome}" data-basis="${basis}" data-code="${code}"><tr>
    <td>${status(outcome)}</td>
    <th scope="row">${caseLink(row)}<span class="title">${title}</span></th>
    <td>${basis}</td>
    <td>${expected.text ?? expected.codes.join(' or ')}</td>
    <td>${shortReceived(received)}</td>
    <td>${durationText(durationMs)}</td>
    </tr><tr class="more"><td colspan="6">${briefDetails(row, run)}</td></tr></tbody>`;
}

/** The answers for a cell: codes, or the HTTP status if there is no code. */
function shortReceived(received: CaseRow['received']): string {
  const all = new Set(
    received.map(({ httpStatus, code }) => String(code ?? (httpStatus === null ? 'no answer' : `HTTP ${httpStatus}`))),
  );
  return all.size > 3 ? `${[...all].slice(0, 3).join(', ')}, …` : [...all].join(', ');
}

function filters({ cases, codes }: ReportedRun): Markup {
  const counts = Map.groupBy(cases, ({ outcome }) => outcome);
  return html`<form class="filters scripted" role="search" aria-label="Cases">
    <p class="field grow"><label for="q">Find</label><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" placeholder="id, title or reason"></p>
    <p class="field"><label for="basis">Basis</label><select id="basis" name="basis"><option value="">any</option>${bases.map((basis) => html`<option>${basis}</option>`)}</select></p>
    <p class="field"><label for="code">Code</label><select id="code" name="code"><option value="">any</option>${codes.map(({ code }) => html`<option>${code}</option>`)}<option value="none">${noDocumentedCode}</option></select></p>
    <fieldset class="field"><legend>Outcome</legend><div class="chips">${severity
      .filter((outcome) => counts.has(outcome))
      .map(
        (outcome) =>
          html`<label class="chip"><input type="checkbox" name="outcome" value="${outcome}">${status(outcome)} <span class="tally">${counts.get(outcome)?.length}</span></label>`,
      )}</div></fieldset>
    <button type="button" class="clear">Clear</button>
  </form>`;
}
