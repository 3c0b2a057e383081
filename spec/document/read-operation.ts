import type { Block } from './blocks.ts';
import { cellText, wordText } from './cells.ts';
import { DocumentError } from './document-error.ts';
import { type Draft, type Part, readLoose, sourceOf } from './draft.ts';
import { type Label, labelOf } from './label.ts';
import type { PlacedText, VendorDocument } from './model.ts';
import { readExample } from './read-example.ts';
import { readTables } from './read-tables.ts';
import { refuseCut } from './refuse-cut.ts';
import { isChinese, type Section, saysNothing, type TableKind, tableColumns } from './words.ts';

/**
 * One operation from the blocks of its part of a page. `last` says that the page ends with it.
 * @throws DocumentError where its address or method is missing, a table is broken or the page is cut.
 */
export function readOperation(blocks: readonly Block[], file: string, last: boolean): VendorDocument {
  const draft: Draft = { texts: {}, parameters: [], statuses: [], responses: [], remarks: [], notUnderstood: [] };
  const parts = partsOf(blocks);
  for (const part of parts) readPart(part, draft, file);
  const { path: address, method, ...texts } = draft.texts;
  const line = address?.line ?? blocks[0]?.line ?? 1;
  const path = address === undefined ? undefined : withoutHost(address, draft);
  if (path === undefined || !path.text.startsWith('/')) {
    throw new DocumentError(file, line, `the address must be a path, as /v2/…; it is "${path?.text ?? ''}"`);
  }
  if (method === undefined || !/^(?:get|put|post|delete|options|head|patch|trace)$/i.test(method.text)) {
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

/** A page copied by hand may have the whole URL. */
function withoutHost({ text, line }: PlacedText, draft: Draft): PlacedText {
  const [, host, path] = /^([a-z]+:\/\/[^/]+)(\/.*)$/i.exec(text) ?? [];
  if (host === undefined || path === undefined) return { text, line };
  draft.remarks.push({ label: 'host', text: host, line });
  return { text: path, line };
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
    const written = cellText([rest, ...blocks.map(sourceOf)].join('\n').replace(/^`([^`]*)`$/s, '$1'));
    const text = saysNothing(written) ? '' : written;
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
