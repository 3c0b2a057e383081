import { cellText, indentOf, wordText } from './cells.ts';
import { DocumentError } from './document-error.ts';
import type { DocumentField, NotUnderstood } from './model.ts';
import { optionsOf } from './options.ts';
import type { NamedRow } from './read-table.ts';

/** The fields of a table as a tree, and what of them has no place. */
export type ReadFields = {
  readonly fields: readonly DocumentField[];
  readonly notUnderstood: readonly NotUnderstood[];
};

type Growing = { readonly indent: number; readonly field: DocumentField; readonly fields: DocumentField[] };

/** Far more than any page has; what walks the tree need not mind its depth. */
const deepest = 40;

/** A row belongs to the nearest row above it that is indented less. @throws DocumentError for a nesting without end. */
export function readFields(rows: readonly NamedRow[], file: string): ReadFields {
  const top: DocumentField[] = [];
  const path: Growing[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const row of rows) {
    const indent = indentOf(row.cells.name ?? '');
    while ((path.at(-1)?.indent ?? -1) >= indent) path.pop();
    if (path.length >= deepest) {
      throw new DocumentError(file, row.line, `the row is nested ${deepest} levels deep; no page of the export is`);
    }
    const fields: DocumentField[] = [];
    const field = { ...fieldOf(row, notUnderstood), fields };
    const siblings = path.at(-1)?.fields ?? top;
    notUnderstood.push(...oddities(field, siblings));
    siblings.push(field);
    path.push({ indent, field, fields });
  }
  return { fields: top, notUnderstood };
}

function fieldOf({ line, cells }: NamedRow, notUnderstood: NotUnderstood[]): Omit<DocumentField, 'fields'> {
  const description = cellText(cells.description ?? '');
  const place = wordText(cells.in ?? '');
  const mark = wordText(cells.required ?? '');
  const required = requiredOf(mark);
  if (mark !== '' && required === undefined) {
    notUnderstood.push({ line, text: mark, why: 'a required mark is true or false' });
  }
  return {
    name: wordText((cells.name ?? '').replace(/^[\s\u2000-\u200a\u3000\u00a0]+/, '')),
    line,
    description,
    ...(place === '' ? {} : { in: place }),
    ...(required === undefined ? {} : { required }),
    type: wordText(cells.type ?? ''),
    schema: wordText(cells.schema ?? ''),
    options: optionsOf(description),
  };
}

function requiredOf(mark: string): boolean | undefined {
  if (/^(true|yes|y|是|必须|必填)$/i.test(mark)) return true;
  if (/^(false|no|n|否|非必须|非必填)$/i.test(mark)) return false;
  return undefined;
}

function oddities(field: DocumentField, siblings: readonly DocumentField[]): readonly NotUnderstood[] {
  const { name, line } = field;
  if (name === '') return [{ line, text: field.description || field.type, why: 'a row without a name' }];
  const twin = siblings.find((other) => other.name === name && other.in === field.in);
  return twin === undefined ? [] : [{ line, text: name, why: `the same name stands on line ${twin.line}` }];
}
