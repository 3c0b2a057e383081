import type { Content, Markup } from './html.ts';
import { html } from './html.ts';

/** A table with row names in the first column. */
export type Table = {
  /** Caption for readers who do not see the table. */
  readonly caption: string;
  readonly look?: string;
  /** Names of the columns; `number` marks a column of numbers. */
  readonly columns: readonly (string | { readonly number: string })[];
  readonly rows: readonly (readonly Content[])[];
};

/** A plain table. */
export function table({ caption, look, columns, rows }: Table): Markup {
  const cell = (content: Content, at: number): Markup =>
    typeof columns[at] === 'object' ? html`<td class="number">${content}</td>` : html`<td>${content}</td>`;
  return html`<table class="plain${look !== undefined && ` ${look}`}">
    <caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map((column) => (typeof column === 'string' ? html`<th scope="col">${column}</th>` : html`<th scope="col" class="number">${column.number}</th>`))}</tr></thead>
    <tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((content, at) => cell(content, at + 1))}</tr>`)}</tbody>
  </table>`;
}
