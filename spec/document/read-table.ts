import { refuse } from '../document-error.ts';
import type { TableLine } from './blocks.ts';
import { cellText } from './cells.ts';
import type { Draft } from './document-draft.ts';
import type { NotUnderstood } from './model.ts';
import { type Column, columnName, findColumn, type TableKind, tableColumns } from './words.ts';

/** A row with its unchanged cells by column. */
export type NamedRow = { readonly line: number; readonly cells: Readonly<Partial<Record<Column, string>>> };

/**
 * Reads the rows of a table by its header. A missing schema cell counts as empty; all other cells are required.
 * @throws DocumentError if a column is missing or a row has too few cells.
 */
export function readTable(
  kind: TableKind,
  lines: readonly TableLine[],
  { file, notUnderstood }: Draft,
): readonly NamedRow[] {
  const [header, ...below] = lines;
  if (header === undefined) return [];
  const columns = header.cells.map(findColumn);
  refuseMissing(kind, header, columns, file);
  notUnderstood.push(...unknownColumns(header, columns));
  const rows: NamedRow[] = [];
  for (const row of joined(below, columns.length)) {
    refuseShort(row, columns, header, file);
    const named = nestedResponseColumns(kind, row) ?? columns;
    const cells: Partial<Record<Column, string>> = {};
    for (const [index, cell] of row.cells.entries()) {
      const column = named[index];
      if (column !== undefined && cells[column] === undefined) cells[column] = cell;
      else if (cellText(cell) !== '')
        notUnderstood.push({ line: row.line, text: cellText(cell), why: extraCell(header.cells[index]) });
    }
    if (Object.values(cells).some((cell) => cellText(cell) !== '')) rows.push({ line: row.line, cells });
  }
  return rows;
}

function unknownColumns(
  { line, cells }: TableLine,
  columns: readonly (Column | undefined)[],
): readonly NotUnderstood[] {
  return cells.flatMap((cell, index) => {
    const column = columns[index];
    const text = cellText(cell);
    if (text === '' || (column !== undefined && columns.indexOf(column) === index)) return [];
    const why = column === undefined ? 'this column is unknown' : 'this column appears twice';
    return [{ line, text, why }];
  });
}

function refuseMissing(
  kind: TableKind,
  header: TableLine,
  columns: readonly (Column | undefined)[],
  file: string,
): void {
  const missing = tableColumns[kind].filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  const names = missing.map(columnName).join(', ');
  const found = header.cells.map(cellText).join(', ');
  refuse(file, header.line, `the table has no column ${names}; it has ${found}; export the page again`);
}

/** Joins rows: if the exporter did not replace a line break in a description by `<br/>`, the row continues on the next line. */
function joined(rows: readonly TableLine[], width: number): readonly TableLine[] {
  const whole: TableLine[] = [];
  for (const row of rows) {
    const before = whole.at(-1);
    if (before === undefined || before.closed || row.opened || before.cells.length >= width) whole.push(row);
    else {
      const [first = '', ...others] = row.cells;
      const cells = [...before.cells.slice(0, -1), `${before.cells.at(-1) ?? ''}\n${first}`, ...others];
      whole[whole.length - 1] = { ...before, cells, closed: row.closed };
    }
  }
  return whole;
}

function refuseShort(row: TableLine, columns: readonly (Column | undefined)[], header: TableLine, file: string): void {
  const missing = columns.slice(row.cells.length);
  // Older versions of the exporter leave out an empty schema cell at the end of a row.
  if (missing.every((column) => column === 'schema') && (row.closed || !header.closed)) return;
  if (missing.length === 0) return;
  const names = missing.map(columnName).join(', ');
  const cells = `${row.cells.length} of ${columns.length} cells (no ${names})`;
  refuse(file, row.line, `the row has ${cells}: the page is cut or a cell is missing; export it again`);
}

/**
 * The exporter writes the inner rows of a response with the cells of a request: two more, which are empty and `false`.
 * Such a row is read with the columns of a request.
 */
function nestedResponseColumns(kind: TableKind, { cells }: TableLine): readonly Column[] | undefined {
  const { parameters } = tableColumns;
  if (kind !== 'response' || cells.length !== parameters.length) return undefined;
  const [, , place = '', mark = ''] = cells;
  return cellText(place) === '' && /^(true|false)$/.test(cellText(mark)) ? parameters : undefined;
}

function extraCell(heading: string | undefined): string {
  return heading === undefined
    ? 'an extra cell after the last column'
    : `a cell of the unknown column "${cellText(heading)}"`;
}
