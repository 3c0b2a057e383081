import type { Block, TableLine } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import { type Draft, type Part, readLoose, responseFor } from './draft.ts';
import { readFields } from './read-fields.ts';
import { readStatuses } from './read-statuses.ts';
import { readTable } from './read-table.ts';
import { saysNothing, type TableKind } from './words.ts';

/** The tables of a part of the page. @throws DocumentError for a broken one. */
export function readTables(kind: TableKind, part: Part, draft: Draft, file: string): void {
  const { label, line, blocks } = part;
  const rest = label?.rest ?? '';
  if (rest !== '' && !saysNothing(rest))
    draft.notUnderstood.push({ line, text: rest, why: 'a table was looked for here' });
  const others: Block[] = [];
  if (kind === 'response')
    responseFor(draft, line, ({ fields, example }) => fields.length > 0 || example !== undefined);
  for (const table of tablesOf(blocks, others)) {
    const { rows, notUnderstood } = readTable(kind, table, file);
    draft.notUnderstood.push(...notUnderstood);
    if (kind === 'statuses') {
      const read = readStatuses(rows, file);
      const twin = read.statuses.find(({ code }) => draft.statuses.some((status) => status.code === code));
      if (twin !== undefined)
        throw new DocumentError(file, twin.line, `code ${twin.code} stands in an earlier table too; remove one`);
      draft.statuses.push(...read.statuses);
      draft.notUnderstood.push(...read.notUnderstood);
      continue;
    }
    const read = readFields(rows, file);
    draft.notUnderstood.push(...read.notUnderstood);
    if (kind === 'parameters') draft.parameters.push(...read.fields);
    else if (kind === 'response') draft.responses.at(-1)?.fields.push(...read.fields);
    else responseFor(draft, line, ({ fields }) => fields.length > 0).headers.push(...read.fields);
  }
  const broken = others.find((block) => block.kind === 'text' && block.text.trimStart().startsWith('|'));
  if (broken !== undefined) {
    throw new DocumentError(
      file,
      broken.line,
      'a row stands outside a table: its header or the line below that is broken or lost',
    );
  }
  readLoose({ line, blocks: others.filter((block) => block.kind !== 'text' || !saysNothing(block.text)) }, draft);
}

/** The tables among the blocks; what is no table goes to `others`. */
function tablesOf(blocks: readonly Block[], others: Block[]): readonly (readonly TableLine[])[] {
  const tables: TableLine[][] = [];
  for (const block of blocks) {
    if (block.kind === 'header') tables.push([block]);
    else if (block.kind === 'row') tables.at(-1)?.push(block);
    else if (block.kind !== 'delimiter') others.push(block);
  }
  return tables;
}
