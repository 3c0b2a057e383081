import type { Results } from '../../../contract/results.ts';
import type { Operation } from '../../../spec/operation.ts';
import type { GateResults } from '../../gate/gate.generated.ts';
import { changedSettings } from '../dialect-text.ts';
import { durationText } from './cell-text.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';
import { exitLook, status } from './icons.ts';
import { table } from './table.ts';

/** The steps of the gate in the order in which they ran. */
export function gateSection({ stations }: GateResults): Markup {
  return html`<section id="gate" aria-labelledby="gate-title">
    <h2 id="gate-title">Gate</h2>
    ${table({
      caption: 'Steps of the gate',
      columns: ['Step', 'Result', 'Summary', { number: 'Duration' }],
      rows: stations.map(({ name, exitCode, summary, durationMs }) => [
        name,
        status(exitLook(exitCode), exitCode === 0 ? 'passed' : `exit ${exitCode}`),
        summary,
        durationText(durationMs),
      ]),
    })}
  </section>`;
}

/** Codes in answers that are not in the document. */
export function undocumentedSection(undocumented: Results['undocumented']): Markup {
  return html`<section id="undocumented" aria-labelledby="undocumented-title">
    <h2 id="undocumented-title">Not in the document</h2>
    <p class="lead">The server answered with these codes. Some refusals have no documented code; what a sibling page of the family uses for the same fault is accepted, and still no promise of this one.</p>
    ${table({
      caption: 'Codes that are not in the document',
      look: 'narrow',
      columns: ['Code', { number: 'Answers' }, 'Known from'],
      rows: undocumented.map(({ code, count, sibling }) => [
        html`<code>${code}</code>`,
        count,
        sibling === true ? 'a sibling page' : html`<strong>nowhere</strong>`,
      ]),
    })}
  </section>`;
}

/** Every open question of the document, and the reading that was used. */
export function dialectSection({ dialect }: Pick<Results, 'dialect'>, operation: Operation): Markup {
  const changed = changedSettings(dialect, operation).map(({ key }) => key);
  return html`<section id="dialect" aria-labelledby="dialect-title">
    <h2 id="dialect-title">Dialect</h2>
    <p class="lead">Open questions of the document, and the reading that this run used. ${changed.length === 0 ? 'All settings have their defaults.' : `${changed.length} of them differ from the default.`}</p>
    ${table({
      caption: 'Dialect settings',
      look: 'settings',
      columns: ['Setting', 'Used', 'Default'],
      rows: Object.entries(operation.settings).map(([key, setting]) => [
        html`<code>${key}</code>${changed.includes(key) && html` <span class="tag">changed</span>`}<span class="title">${setting.question}</span>`,
        html`<code>${String(dialect[key])}</code>`,
        html`<code>${String(setting.default)}</code>`,
      ]),
    })}
  </section>`;
}
