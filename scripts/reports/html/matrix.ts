import { type CodeCoverage, notSelected } from '../../../contract/judge/coverage.ts';
import type { CaseRow, Results } from '../../../contract/results.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import { plural } from '../../../spec/plural.ts';
import { noDocumentedCode } from '../words.ts';
import { type Section, section, status } from './elements.ts';
import { html, type Markup } from './html.ts';

/** The documented codes: covered by a passed case, failed, or not tested, and why. */
export function matrixSection({ codes, cases }: Results): Section {
  const covered = codes.filter((code) => code.status === 'covered').length;
  const unselected = codes.filter(({ reason }) => reason === notSelected).length;
  const missing = codes.filter(({ status: state, reason }) => state !== 'covered' && reason !== notSelected);
  const { coded = [], others = [] } = Object.groupBy(cases, ({ noDocumentedCode: none }) =>
    none === true ? 'others' : 'coded',
  );
  const operations = Map.groupBy(codes, ({ operation }) => operation);
  const aboutCode = ({ operation, code }: CodeCoverage): readonly CaseRow[] =>
    coded.filter((row) => row.code === code && operationOf(row.id) === operation);
  return section(
    { id: 'codes', title: 'Codes', tally: `${covered} of ${codes.length} covered` },
    html`<p class="lead">A code is “covered” if a case received it and passed, “failed” if its cases ran but none of them passed, and “not tested” if none of its cases could run.</p>
    ${[...operations].map(([id, some]) => html`${id !== undefined && html`<h3>Operation <code>${id}</code></h3>`}<ul class="matrix">${some.map((code) => cell(code, aboutCode(code)))}</ul>`)}
    ${others.length > 0 && html`<p class="lead"><a href="#cases?code=none">${plural(others.length, 'case')}</a> about faults with ${noDocumentedCode}.</p>`}
    ${missing.length > 0 && notCoveredTable(missing)}
    ${unselected > 0 && html`<p class="lead">${unselected === 1 ? '1 code was' : `${unselected} codes were`} not selected (<code>--only</code> or <code>--failed</code>).</p>`}`,
  );
}

/** The look of a code's coverage, and its word. */
export function coverageLook({ status: coverage, reason }: CodeCoverage): readonly [look: Outcome, word: string] {
  if (coverage === 'covered') return ['passed', 'covered'];
  if (coverage === 'not-implemented') return ['failed', 'failed'];
  return ['skipped', reason === notSelected ? 'not selected' : 'not tested'];
}

/** The operation of a case; undefined for the first one: its ids have no colon. */
function operationOf(id: string): string | undefined {
  return id.includes(':') ? id.split(':', 1)[0] : undefined;
}

function cell(code: CodeCoverage, about: readonly CaseRow[]): Markup {
  const [look, word] = coverageLook(code);
  const failed = about.filter(({ outcome }) => outcome === 'failed').length;
  // A case that allows two codes is listed under the first, but may cover the second.
  const size =
    code.status === 'covered' && about.length === 0
      ? 'covered by a case of another code'
      : plural(about.length, 'case');
  return html`<li><a class="code ${look}" href="#cases?code=${code.code}">
    <span class="number">${code.code}</span>
    ${status(look, word)}
    <span class="meaning">${code.meaning}</span>
    <span class="size">${size}${failed > 0 && html`, <span class="failed">${failed} failed</span>`}</span>
  </a></li>`;
}

function notCoveredTable(missing: readonly CodeCoverage[]): Markup {
  return html`<table class="plain why">
    <caption>Not covered, and why</caption>
    <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Why</th></tr></thead>
    <tbody>${missing.map(
      (code) => html`<tr>
        <th scope="row"><code>${code.code}</code>${code.operation !== undefined && html` of <code>${code.operation}</code>`}</th>
        <td>${status(...coverageLook(code))}</td>
        <td>${code.reason ?? 'its cases ran, but none passed'}</td>
      </tr>`,
    )}</tbody>
  </table>`;
}
