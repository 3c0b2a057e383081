import { cellText, wordText } from './cells.ts';
import { DocumentError } from './document-error.ts';
import type { DocumentedStatus, NotUnderstood } from './model.ts';
import type { NamedRow } from './read-table.ts';

/** The rows of the status table, and those whose code is no number. */
export type ReadStatuses = {
  readonly statuses: readonly DocumentedStatus[];
  readonly notUnderstood: readonly NotUnderstood[];
};

/** @throws DocumentError where a code stands in the table twice. */
export function readStatuses(rows: readonly NamedRow[], file: string): ReadStatuses {
  const statuses: DocumentedStatus[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const { line, cells } of rows) {
    const code = wordText(cells.code ?? '');
    const meaning = cellText(cells.description ?? '');
    const schema = wordText(cells.schema ?? '');
    if (!/^\d{1,9}$/.test(code)) {
      const text = [code, meaning, schema].filter((cell) => cell !== '').join(' | ');
      notUnderstood.push({ line, text, why: 'a status code is a whole number' });
      continue;
    }
    const twin = statuses.find((status) => status.code === Number(code));
    if (twin !== undefined) {
      throw new DocumentError(
        file,
        line,
        `code ${code} stands on line ${twin.line} too: a code has one meaning; remove one`,
      );
    }
    statuses.push({ code: Number(code), meaning, schema, line });
  }
  return { statuses, notUnderstood };
}
