import { refuse } from '../document-error.ts';
import type { Block, TableLine } from './blocks.ts';
import { type Draft, misplaced, type Part, readLoose } from './document-draft.ts';
import type { DocumentField } from './model.ts';
import { readFields, splitTables } from './read-tables.ts';
import { findColumn } from './words.ts';

type Class = { readonly line: number; readonly fields: readonly DocumentField[] };

/** Far more than on any page. Without it, classes with fields of each other could make a small page endless. */
const mostFields = 20_000;

/**
 * Reads the tables of classes. The older template writes them after the table that uses the classes; their rows become the
 * rows below the fields of these classes, as the newer template writes them.
 * @throws DocumentError for a broken table, or if the classes have too many fields together.
 */
export function readClasses({ label, line, blocks }: Part, draft: Draft): void {
  misplaced(draft, { line, text: label?.rest ?? '', why: 'tables of classes are expected here' });
  const titled: { readonly name: string; readonly line: number; readonly rows: TableLine[] }[] = [];
  const others: Block[] = [];
  for (const block of blocks) {
    const [, name] = block.kind === 'text' ? (/^\*\*([^*]+)\*\*$/.exec(block.text.trim()) ?? []) : [];
    const last = titled.at(-1);
    if (name !== undefined) titled.push({ name: name.trim(), line: block.line, rows: [] });
    else if (last !== undefined && 'cells' in block) last.rows.push(block);
    else others.push(block);
  }
  const inRequest = new Map<string, Class>();
  const inResponse = new Map<string, Class>();
  for (const { name, line: at, rows } of titled) {
    const [header] = rows;
    const isMarked = header?.cells.some((cell) => findColumn(cell) === 'required') === true;
    const fields = splitTables(rows, others).flatMap((table) =>
      readFields(isMarked ? 'parameters' : 'response', table, draft),
    );
    (isMarked ? inRequest : inResponse).set(name, { line: at, fields });
  }
  draft.parameters = expand(draft.parameters, inRequest, draft);
  const answer = draft.responses.at(-1);
  if (answer !== undefined) answer.fields = expand(answer.fields, inResponse, draft);
  else expand([], inResponse, draft);
  readLoose(others, draft);
}

/** Puts the rows of classes below the fields of these classes, and lists the classes that no field has. */
function expand(fields: readonly DocumentField[], classes: ReadonlyMap<string, Class>, draft: Draft): DocumentField[] {
  const used = new Set<string>();
  let count = 0;
  const withRows = (field: DocumentField, holders: readonly string[]): DocumentField => {
    count += 1;
    if (count > mostFields)
      refuse(
        draft.file,
        field.line,
        `the classes have more than ${mostFields} fields together; pages of the export do not`,
      );
    const name = [field.schema, field.type].find((each) => classes.has(each));
    if (name !== undefined) used.add(name);
    if (name === undefined || field.fields.length > 0 || holders.includes(name)) return field;
    const rows = classes.get(name)?.fields ?? [];
    return { ...field, fields: rows.map((row) => withRows(withoutPlace(row), [...holders, name])) };
  };
  const expanded = fields.map((field) => withRows(field, []));
  for (const [name, { line, fields: rows }] of classes) {
    if (used.has(name)) continue;
    const text = [name, ...rows.map((row) => [row.name, row.description].join(' '))].join(', ');
    draft.notUnderstood.push({ line, text, why: 'no field has this class' });
  }
  return expanded;
}

/** The older template repeats in each row of a class where its object is sent. */
function withoutPlace({ in: _, ...row }: DocumentField): DocumentField {
  return row;
}
