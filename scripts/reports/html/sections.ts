import type { Results } from '../../../contract/results.ts';
import type { GateResults } from '../../gate/gate.generated.ts';
import { changedSettings, durationText } from '../words.ts';
import type { ReportedRun } from './case-details.ts';
import { exitLook, type Section, section, status, table } from './elements.ts';
import { html } from './html.ts';

/** The steps of the gate in the order in which they ran. */
export function gateSection({ stations }: GateResults): Section {
  return section(
    { id: 'gate', title: 'Gate' },
    table({
      caption: 'Steps of the gate',
      columns: ['Step', 'Result', 'Summary', { number: 'Duration' }],
      rows: stations.map(({ name, exitCode, summary, durationMs }) => [
        name,
        status(exitLook(exitCode), exitCode === 0 ? 'passed' : `exit ${exitCode}`),
        summary,
        durationText(durationMs),
      ]),
    }),
  );
}

/** Codes in answers that are not in the document. Undefined if there are no such codes. */
export function undocumentedSection({ undocumented }: Results): Section | undefined {
  if (undocumented.length === 0) return undefined;
  return section(
    { id: 'undocumented', title: 'Not in the document' },
    html`<p class="lead">The server answered with these codes. Some refusals have no documented code; what a sibling page of the family uses for the same fault is accepted, and still no promise of this one.</p>
    ${table({
      caption: 'Codes that are not in the document',
      look: 'narrow',
      columns: ['Code', { number: 'Answers' }, 'Known from'],
      rows: undocumented.map(({ code, count, sibling }) => [
        html`<code>${code}</code>`,
        count,
        sibling === true ? 'a sibling page' : html`<strong>nowhere</strong>`,
      ]),
    })}`,
  );
}

/** Every open question of the document, and the reading that was used. */
export function dialectSection({ dialect, operation }: ReportedRun): Section {
  const changed = changedSettings(dialect, operation).map(({ key }) => key);
  return section(
    { id: 'dialect', title: 'Dialect' },
    html`<p class="lead">Open questions of the document, and the reading that this run used. ${changed.length === 0 ? 'All settings have their defaults.' : `${changed.length} of them differ from the default.`}</p>
    ${table({
      caption: 'Dialect settings',
      look: 'settings',
      columns: ['Setting', 'Used', 'Default'],
      rows: Object.entries(operation.settings).map(([key, setting]) => [
        html`<code>${key}</code>${changed.includes(key) && html` <span class="tag">changed</span>`}<span class="title">${setting.question}</span>`,
        html`<code>${String(dialect[key])}</code>`,
        html`<code>${String(setting.default)}</code>`,
      ]),
    })}`,
  );
}
