import { definedOnly } from '../defined-only.ts';
import { refuse } from '../document-error.ts';
import type { Block, TableLine } from './blocks.ts';
import { cellText, measureIndent, wordText } from './cells.ts';
import { type Draft, misplaced, type Part, readLoose, responseFor } from './document-draft.ts';
import type { DocumentField } from './model.ts';
import { readListedOptions } from './options.ts';
import { type NamedRow, readTable } from './read-table.ts';
import { saysNothing, type TableKind } from './words.ts';

/** Reads the tables of a part of the page. @throws DocumentError for a broken table. */
export function readTables(kind: TableKind, { label, line, blocks }: Part, draft: Draft): void {
  misplaced(draft, { line, text: label?.rest ?? '', why: 'a table is expected here' });
  const others: Block[] = [];
  if (kind === 'response')
    // The older template writes the example above the table.
    responseFor(draft, line, ({ fields }) => fields.length > 0);
  for (const table of splitTables(blocks, others)) {
    const rows = readTable(kind, table, draft);
    if (kind === 'statuses') readStatuses(rows, draft);
    else if (kind === 'parameters') draft.parameters.push(...toFieldTree(rows, draft));
    else if (kind === 'response') draft.responses.at(-1)?.fields.push(...toFieldTree(rows, draft));
    else responseFor(draft, line, ({ fields }) => fields.length > 0).headers.push(...toFieldTree(rows, draft));
  }
  const broken = others.find((block) => block.kind === 'text' && block.text.trimStart().startsWith('|'));
  if (broken !== undefined) {
    const why = 'this row is outside a table: the table header or the line below it is broken or missing';
    refuse(draft.file, broken.line, why);
  }
  readLoose(
    others.filter((block) => block.kind !== 'text' || !saysNothing(block.text)),
    draft,
  );
}

/** The rows of a table as a tree of fields. @throws DocumentError for a broken table. */
export function readFields(kind: TableKind, table: readonly TableLine[], draft: Draft): readonly DocumentField[] {
  return toFieldTree(readTable(kind, table, draft), draft);
}

/** Finds the tables in the blocks; all other blocks are added to `others`. */
export function splitTables(blocks: readonly Block[], others: Block[]): readonly (readonly TableLine[])[] {
  const tables: TableLine[][] = [];
  for (const block of blocks) {
    if (block.kind === 'header') tables.push([block]);
    else if (block.kind === 'row') tables.at(-1)?.push(block);
    else if (block.kind !== 'delimiter') others.push(block);
  }
  return tables;
}

/** Reads the rows of the status table. @throws DocumentError if a code is on the page twice. */
function readStatuses(rows: readonly NamedRow[], { file, statuses, notUnderstood }: Draft): void {
  const earlier = statuses.length;
  for (const { line, cells } of rows) {
    const code = wordText(cells.code ?? '');
    const meaning = cellText(cells.description ?? '');
    const schema = wordText(cells.schema ?? '');
    const known = statuses.findIndex((status) => status.code === Number(code));
    if (!/^\d{1,9}$/.test(code)) {
      const text = [code, meaning, schema].filter((cell) => cell !== '').join(' | ');
      notUnderstood.push({ line, text, why: 'a status code must be a whole number' });
    } else if (known >= earlier) {
      refuse(
        file,
        line,
        `code ${code} is also on line ${statuses[known]?.line}: a code has one meaning; remove one of them`,
      );
    } else if (known >= 0) {
      refuse(file, line, `code ${Number(code)} is also in an earlier table; remove one of them`);
    } else statuses.push({ code: Number(code), meaning, schema, line });
  }
}

/** Far deeper than any page, so that code that walks the tree can be recursive. */
const deepest = 40;

/**
 * The fields of a table as a tree: the parent of a row is the nearest row above it with a smaller indent.
 * @throws DocumentError if the nesting is too deep.
 */
function toFieldTree(rows: readonly NamedRow[], draft: Draft): readonly DocumentField[] {
  const top: DocumentField[] = [];
  const path: { readonly indent: number; readonly fields: DocumentField[] }[] = [];
  for (const row of rows) {
    const indent = measureIndent(row.cells.name ?? '');
    while ((path.at(-1)?.indent ?? -1) >= indent) path.pop();
    if (path.length >= deepest)
      refuse(draft.file, row.line, `the row is nested ${deepest} levels deep; pages of the export are not`);
    const fields: DocumentField[] = [];
    const siblings = path.at(-1)?.fields ?? top;
    siblings.push({ ...toField(row, siblings, draft), fields });
    path.push({ indent, fields });
  }
  return top;
}

function toField(
  { line, cells }: NamedRow,
  siblings: readonly DocumentField[],
  { notUnderstood }: Draft,
): Omit<DocumentField, 'fields'> {
  const name = wordText((cells.name ?? '').replace(/^[\s\u2000-\u200a\u3000\u00a0]+/, ''));
  const description = cellText(cells.description ?? '');
  const place = wordText(cells.in ?? '') || undefined;
  const mark = wordText(cells.required ?? '');
  const type = wordText(cells.type ?? '');
  const required = readRequired(mark);
  if (mark !== '' && required === undefined)
    notUnderstood.push({ line, text: mark, why: 'a required mark must be true or false' });
  const twin = siblings.find((other) => other.name === name && other.in === place);
  if (name === '') notUnderstood.push({ line, text: description || type, why: 'the row has no name' });
  else if (twin !== undefined) notUnderstood.push({ line, text: name, why: `the same name is on line ${twin.line}` });
  const schema = wordText(cells.schema ?? '');
  return definedOnly({
    name,
    line,
    description,
    in: place,
    required,
    type,
    schema,
    options: readListedOptions(description),
  });
}

function readRequired(mark: string): boolean | undefined {
  if (/^(true|yes|y|是|必须|必填)$/i.test(mark)) return true;
  if (/^(false|no|n|否|非必须|非必填)$/i.test(mark)) return false;
  return undefined;
}
