import type { Outcome } from '../../../contract/run/outcome.ts';
import { type Content, html, type Markup } from './html.ts';

/** A section of the page, and what its entry in the list of sections shows. */
export type Section = { readonly id: string; readonly title: string; readonly count?: number; readonly markup: Markup };

/** Makes a section. `tally` has the numbers next to its title, and `shapes` what its charts use. */
export function section(
  head: Omit<Section, 'markup'> & { readonly tally?: string; readonly look?: string; readonly shapes?: Markup },
  content: Content,
): Section {
  const { id, title, tally, look, shapes } = head;
  // The script of the page moves the focus to the title of all cases.
  const markup = html`<section id="${id}"${look !== undefined && html` class="${look}"`} aria-labelledby="${id}-title">
    ${shapes}<h2 id="${id}-title"${id === 'cases' && html` tabindex="-1"`}>${title}${tally !== undefined && html` <span class="tally">${tally}</span>`}</h2>
    ${content}
  </section>`;
  return { ...head, markup };
}

/** A status: an icon and text with the same meaning. */
export function status(look: Outcome, words: Content = look): Markup {
  return html`<span class="status ${look}">${icon(look)}${words}</span>`;
}

/** Only the icon; its meaning must be next to it as text. */
export function icon(look: Outcome): Markup {
  return html`<svg class="icon" aria-hidden="true"><use href="#i-${look}"/></svg>`;
}

/** The look of an exit code: passed, failed, or error. */
export function exitLook(exitCode: number): Outcome {
  if (exitCode === 0) return 'passed';
  return exitCode === 1 ? 'failed' : 'error';
}

/** The shapes of the icons, defined once per page. Each has its own outline, so that colour is not needed. */
export function iconShapes(): Markup {
  return html`<svg class="shapes" aria-hidden="true">
    <symbol id="i-passed" viewBox="0 0 16 16"><circle class="solid" cx="8" cy="8" r="7.5"/><path class="mark" d="m4.6 8.3 2.3 2.4 4.6-5"/></symbol>
    <symbol id="i-failed" viewBox="0 0 16 16"><path class="solid" d="M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z"/><path class="mark" d="m5.5 5.5 5 5m0-5-5 5"/></symbol>
    <symbol id="i-error" viewBox="0 0 16 16"><rect class="solid" x=".8" y=".8" width="14.4" height="14.4" rx="3"/><path class="mark" d="M8 4v4.6m0 2.7v.4"/></symbol>
    <symbol id="i-warned" viewBox="0 0 16 16"><path class="solid" d="M8 1 15.6 14.8H.4z"/><path class="mark" d="M8 6v4m0 2.2v.3"/></symbol>
    <symbol id="i-skipped" viewBox="0 0 16 16"><circle class="hollow" cx="8" cy="8" r="6.7"/><path class="hollow" d="M5 8h6"/></symbol>
  </svg>`;
}

/**
 * A table with row names in the first column.
 * @param caption for readers who do not see the table. `number` marks a column of numbers.
 */
export function table(of: {
  readonly caption: string;
  readonly look?: string;
  readonly columns: readonly (string | { readonly number: string })[];
  readonly rows: readonly (readonly Content[])[];
}): Markup {
  const { caption, look, columns, rows } = of;
  const cell = (content: Content, at: number): Markup =>
    typeof columns[at] === 'object' ? html`<td class="number">${content}</td>` : html`<td>${content}</td>`;
  return html`<table class="plain${look !== undefined && ` ${look}`}">
    <caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map((column) => (typeof column === 'string' ? html`<th scope="col">${column}</th>` : html`<th scope="col" class="number">${column.number}</th>`))}</tr></thead>
    <tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((content, at) => cell(content, at + 1))}</tr>`)}</tbody>
  </table>`;
}

/** An entry of a definition list: a name and its value. Lists leave out entries without a value. */
export type Entry = readonly [name: string, value: Content];

/** The entries that have a value. */
export function presentEntries(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(([, value]) => value !== undefined && value !== false && value !== '');
}

/** Entries as small blocks in a row. */
export function glance(entries: readonly Entry[], look?: string): Markup {
  return html`<dl class="glance${look !== undefined && ` ${look}`}">${presentEntries(entries).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A link to a case's row. */
export function caseLink({ id }: { readonly id: string }): Markup {
  return html`<a class="id" href="#case-${id}">${id}</a>`;
}
