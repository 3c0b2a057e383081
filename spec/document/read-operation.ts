import type { Block, TableLine } from './blocks.ts';
import { cellText, wordText } from './cells.ts';
import { DocumentError } from './document-error.ts';
import { type Label, labelOf } from './label.ts';
import type {
  DocumentedExample,
  DocumentedStatus,
  DocumentField,
  DocumentRemark,
  NotUnderstood,
  PlacedText,
  VendorDocument,
} from './model.ts';
import { readFields } from './read-fields.ts';
import { readStatuses } from './read-statuses.ts';
import { readTable } from './read-table.ts';
import { refuseCut } from './refuse-cut.ts';
import { isChinese, type Section, saysNothing, type TableKind, tableColumns } from './words.ts';

/** A part of the page: its label (none for what stands before the first), and the blocks up to the next label. */
type Part = { readonly label?: Label; readonly line: number; readonly blocks: readonly Block[] };

type Draft = {
  title?: PlacedText;
  texts: Partial<Record<'path' | 'method' | 'requestType' | 'responseType' | 'description', PlacedText>>;
  requestExample?: DocumentedExample;
  parameters: DocumentField[];
  statuses: DocumentedStatus[];
  responses: {
    line: number;
    code?: number;
    headers: DocumentField[];
    fields: DocumentField[];
    example?: DocumentedExample;
  }[];
  remarks: DocumentRemark[];
  notUnderstood: NotUnderstood[];
};

/**
 * One operation from the blocks of its part of a page. `last` says that the page ends with it.
 * @throws DocumentError where its address or method is missing, a table is broken or the page is cut.
 */
export function readOperation(blocks: readonly Block[], file: string, last: boolean): VendorDocument {
  const draft: Draft = { texts: {}, parameters: [], statuses: [], responses: [], remarks: [], notUnderstood: [] };
  const parts = partsOf(blocks);
  for (const part of parts) readPart(part, draft, file);
  const { path, method, ...texts } = draft.texts;
  const line = path?.line ?? blocks[0]?.line ?? 1;
  if (path === undefined || !path.text.startsWith('/')) {
    throw new DocumentError(file, line, `the address must be a path, as /v2/…; it is "${path?.text ?? ''}"`);
  }
  if (method === undefined || !/^[A-Za-z]+$/.test(method.text)) {
    throw new DocumentError(
      file,
      method?.line ?? line,
      'no line says "Request Method" (请求方式) with one method; export the page anew',
    );
  }
  const document: VendorDocument = {
    file,
    language: parts.some(({ label }) => label?.section !== undefined && isChinese(label.name)) ? 'zh' : 'en',
    ...(draft.title === undefined ? {} : { title: draft.title }),
    path,
    method: { ...method, text: method.text.toUpperCase() },
    ...texts,
    ...(draft.requestExample === undefined ? {} : { requestExample: draft.requestExample }),
    parameters: draft.parameters,
    statuses: draft.statuses,
    responses: draft.responses,
    remarks: draft.remarks,
    notUnderstood: draft.notUnderstood.sort((a, b) => a.line - b.line),
  };
  if (last) refuseCut(blocks, document);
  return document;
}

function partsOf(blocks: readonly Block[]): readonly Part[] {
  const parts: { label?: Label; line: number; blocks: Block[] }[] = [{ line: blocks[0]?.line ?? 1, blocks: [] }];
  for (const block of blocks) {
    const label = labelOf(block);
    // A description may have bold words and headings of its own.
    const inside =
      parts.at(-1)?.label?.section === 'description' && label?.section === undefined && label?.response === undefined;
    if (label !== undefined && !inside) parts.push({ label, line: block.line, blocks: [] });
    else parts.at(-1)?.blocks.push(block);
  }
  return parts;
}

function readPart(part: Part, draft: Draft, file: string): void {
  const { label, line } = part;
  const section = label?.section;
  if (label?.response !== undefined) {
    draft.responses.push({ line, code: label.response, headers: [], fields: [] });
    const { rest } = label;
    if (rest !== '') draft.notUnderstood.push({ line, text: rest, why: 'the parts of an answer were looked for here' });
    readLoose(part, draft);
  } else if (section === undefined) {
    if (label !== undefined) {
      const text = [label.name, label.rest].filter((piece) => piece !== '').join(': ');
      draft.notUnderstood.push({ line, text, why: 'no part of a page is called so' });
    }
    readLoose(part, draft);
  } else if (section === 'remark') {
    draft.remarks.push({ label: label?.name ?? '', text: label?.rest ?? '', line });
    readLoose(part, draft);
  } else if (isTable(section)) readTables(section, part, draft, file);
  else if (section === 'requestExample' || section === 'responseExample') readExample(section, part, draft);
  else readText(section, part, draft);
}

function isTable(section: Section): section is TableKind {
  return section in tableColumns;
}

function readText(section: keyof Draft['texts'], { label, line, blocks }: Part, draft: Draft): void {
  const told = draft.texts[section];
  const rest = label?.rest ?? '';
  if (section === 'description') {
    const text = cellText([rest, ...blocks.map(sourceOf)].join('\n').replace(/^`([^`]*)`$/s, '$1'));
    const more = told === undefined || told.text === '' ? text : `${told.text}\n${text}`;
    draft.texts[section] = { text: more.trim(), line: told?.line ?? line };
    return;
  }
  const [first, ...others] = blocks;
  // The value may stand in a line of its own.
  const below = wordText(rest) === '' && first?.kind === 'text' ? first : undefined;
  const text = wordText(below?.text ?? rest);
  if (told === undefined) draft.texts[section] = { text, line: below?.line ?? line };
  else if (text !== told.text) draft.notUnderstood.push({ line, text, why: `line ${told.line} says "${told.text}"` });
  readLoose({ line, blocks: below === undefined ? blocks : others }, draft);
}

function readTables(kind: TableKind, part: Part, draft: Draft, file: string): void {
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

/** The answer that is being told of: the last one, or a new one where that is told already. */
function responseFor(
  draft: Draft,
  line: number,
  isTold: (response: Draft['responses'][number]) => boolean,
): Draft['responses'][number] {
  const last = draft.responses.at(-1);
  if (last !== undefined && !isTold(last)) return last;
  const added = { line, headers: [], fields: [] };
  draft.responses.push(added);
  return added;
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

function readExample(section: 'requestExample' | 'responseExample', { label, line, blocks }: Part, draft: Draft): void {
  const code = blocks.find((block) => block.kind === 'code');
  const rest = label?.rest ?? '';
  if (rest !== '' && !saysNothing(rest))
    draft.notUnderstood.push({ line, text: rest, why: 'a code block was looked for here' });
  const left = blocks.filter((block) => block !== code && (block.kind !== 'text' || !saysNothing(block.text)));
  if (code !== undefined) {
    const example = exampleOf(code);
    if (example.value === undefined && !/^text\b/.test(code.language)) {
      draft.notUnderstood.push({ line: code.line, text: firstLine(code.text), why: 'the example is not JSON' });
    }
    if (section === 'responseExample')
      responseFor(draft, line, (response) => response.example !== undefined).example = example;
    else if (draft.requestExample === undefined) draft.requestExample = example;
    else left.push(code);
  }
  readLoose({ line, blocks: left }, draft);
}

function exampleOf({ line, language, text }: Extract<Block, { kind: 'code' }>): DocumentedExample {
  try {
    return { line, language, text, value: JSON.parse(text) as unknown };
  } catch {
    return { line, language, text };
  }
}

/** What stands where nothing was looked for. The first heading is the title; the table of contents has no content. */
function readLoose({ blocks }: Part, draft: Draft): void {
  for (const block of blocks) {
    const text = sourceOf(block).trim();
    if (text === '' || text === '[TOC]' || /^-{3,}$/.test(text)) continue;
    if (block.kind === 'heading' && draft.texts.path === undefined) {
      // The nearest heading before the address names the operation; those above it name its group.
      if (draft.title !== undefined) draft.remarks.push({ label: 'heading', ...draft.title });
      draft.title = { text, line: block.line };
    } else if (block.kind === 'heading') draft.remarks.push({ label: 'heading', text, line: block.line });
    else draft.notUnderstood.push({ line: block.line, text, why: 'nothing was looked for here' });
  }
}

function sourceOf(block: Block): string {
  if (block.kind === 'code') return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
  return 'cells' in block ? `| ${block.cells.map((cell) => cell.trim()).join(' | ')} |` : block.text;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
