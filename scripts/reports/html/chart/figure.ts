import { table } from '../elements.ts';
import type { Content, Markup } from '../html.ts';
import { html } from '../html.ts';

/** A chart, its finding in words and its numbers in a table. Each can be understood alone. */
export type Figure = {
  readonly id: string;
  readonly title: string;
  readonly finding: Content;
  readonly key?: readonly KeyEntry[];
  readonly drawing: Content;
  /** The numbers behind it; the first cell of a row names it. */
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly Content[])[] };
  /** Whether it uses the full width. */
  readonly wide?: boolean;
};

/** An entry of a key: a sample of a shape, and its meaning. */
export type KeyEntry = { readonly sample: Markup; readonly words: Content };

/** A figure of the report. */
export function figure({ id, title, finding, key = [], drawing, table, wide = false }: Figure): Markup {
  return html`<figure class="chart${wide && ' all'}" id="${id}">
    <figcaption><h3>${title}</h3><p>${finding}</p></figcaption>
    ${key.length > 0 && html`<ul class="key">${key.map(({ sample, words }) => html`<li>${sample}${words}</li>`)}</ul>`}
    ${drawing}
    ${table !== undefined && table.rows.length > 0 && dataTable(title, table)}
  </figure>`;
}

/** A sample for a key: SVG of 22 by 12 pixels. */
export function sample(drawing: Content): Markup {
  return html`<svg class="sample" width="22" height="12" aria-hidden="true">${drawing}</svg>`;
}

function dataTable(title: string, { head: [first = '', ...others], rows }: NonNullable<Figure['table']>): Markup {
  const columns = [first, ...others.map((number) => ({ number }))];
  return html`<details class="data"><summary>Numbers<span class="unseen"> of: ${title}</span></summary>
    <div class="wide" tabindex="0" role="group" aria-label="Numbers of: ${title}, may scroll">${table({ caption: title, columns, rows })}</div>
  </details>`;
}
