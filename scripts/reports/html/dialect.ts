import type { DialectKey } from '../../../spec/pure-bt/dialect.ts';
import { defaultDialect, dialectKeys } from '../../../spec/pure-bt/dialect.ts';
import type { DialectValues } from '../../../spec/pure-bt/settings.ts';
import { dialectSettings } from '../../../spec/pure-bt/settings.ts';
import type { Markup } from './html.ts';
import { html } from './html.ts';

/** The settings of a dialect that are not the default. */
export function changedSettings(
  dialect: DialectValues,
): readonly { readonly key: DialectKey; readonly value: string }[] {
  return dialectKeys
    .filter((key) => dialect[key] !== defaultDialect[key])
    .map((key) => ({ key, value: String(dialect[key]) }));
}

/** Every open question of the document with the reading that was used. */
export function dialectSection(dialect: DialectValues): Markup {
  const changed = changedSettings(dialect).length;
  return html`<section id="dialect" aria-labelledby="dialect-title">
    <h2 id="dialect-title">Dialect</h2>
    <p class="lead">What the document leaves open, and the reading this run used. ${changed === 0 ? 'Every setting has its default.' : `${changed} changed from the default.`}</p>
    <table class="plain settings">
      <caption class="unseen">Dialect settings</caption>
      <thead><tr><th scope="col">Setting</th><th scope="col">Used</th><th scope="col">Default</th></tr></thead>
      <tbody>${dialectKeys.map((key) => row(key, dialect))}</tbody>
    </table>
  </section>`;
}

function row(key: DialectKey, dialect: DialectValues): Markup {
  const changed = dialect[key] !== defaultDialect[key];
  return html`<tr${changed && html` class="changed"`}>
    <th scope="row"><code>${key}</code>${changed && html` <span class="tag">changed</span>`}<span class="title">${dialectSettings[key].question}</span></th>
    <td><code>${String(dialect[key])}</code></td>
    <td><code>${String(defaultDialect[key])}</code></td>
  </tr>`;
}
