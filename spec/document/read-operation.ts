import { refuse } from '../document-error.ts';
import type { Block } from './blocks.ts';
import { cellText, wordText } from './cells.ts';
import { blockSource, type Draft, emptyDraft, misplaced, type Part, readLoose, responseFor } from './document-draft.ts';
import type { OperationBlocks } from './find-operations.ts';
import { type Label, readLabel } from './label.ts';
import type { DocumentedExample, PlacedText, VendorDocument } from './model.ts';
import { readClasses } from './read-classes.ts';
import { readAppendix, readHead } from './read-head.ts';
import { readTables } from './read-tables.ts';
import { refuseCut } from './refuse.ts';
import { isChinese, type Section, saysNothing, type TableKind, tableColumns } from './words.ts';

/**
 * Reads one operation from its blocks on a page.
 * @throws DocumentError if its address or method is missing, a table is broken or the page is cut.
 */
export function readOperation({ blocks, head, appendix, isEnd }: OperationBlocks, file: string): VendorDocument {
  const draft = emptyDraft(file);
  readHead(head, draft);
  const parts = requestTypeFirst(splitParts(blocks));
  for (const part of parts) readPart(part, draft);
  readAppendix(appendix, draft);
  const { texts, ...read } = draft;
  const { path: address, method, ...others } = texts;
  const line = address?.line ?? blocks[0]?.line ?? 1;
  const path = address === undefined ? undefined : withoutHost(address, draft);
  if (path === undefined || !path.text.startsWith('/'))
    refuse(file, line, `the address must be a path such as /v2/…; it is "${path?.text ?? ''}"`);
  if (method === undefined || !/^(?:get|put|post|delete|options|head|patch|trace)$/i.test(method.text)) {
    const why = 'no line says "Request Method" (请求方式) with one method; export the page again';
    refuse(file, method?.line ?? line, why);
  }
  const document: VendorDocument = {
    ...read,
    language: parts.some(({ label }) => label?.section !== undefined && isChinese(label.name)) ? 'zh' : 'en',
    path,
    method: { ...method, text: method.text.toUpperCase() },
    ...others,
    notUnderstood: draft.notUnderstood.sort((a, b) => a.line - b.line),
  };
  if (isEnd) refuseCut(blocks, document);
  return document;
}

/** A page that was copied by hand may have a complete URL. */
function withoutHost({ text, line }: PlacedText, draft: Draft): PlacedText {
  const [, host, path] = /^([a-z]+:\/\/[^/]+|[\w.-]+:\d+)(\/.*)$/i.exec(text) ?? [];
  if (host === undefined || path === undefined) return { text, line };
  draft.remarks.push({ label: 'host', text: host, line });
  return { text: path, line };
}

/**
 * The first of the labels `consumes` and `produces` has the type of the request: the older template means the words as
 * Swagger does, the newer one swaps them.
 */
function requestTypeFirst(parts: readonly Part[]): readonly Part[] {
  const names = parts.map(({ label }) => label?.name.toLowerCase());
  const [consumes, produces] = [names.indexOf('consumes'), names.indexOf('produces')];
  if (consumes < 0 || produces < consumes) return parts;
  const swapped: Readonly<Record<number, Section>> = { [consumes]: 'requestType', [produces]: 'responseType' };
  return parts.map((part, index) => {
    const section = swapped[index];
    return part.label === undefined || section === undefined ? part : { ...part, label: { ...part.label, section } };
  });
}

function splitParts(blocks: readonly Block[]): readonly Part[] {
  const parts: { label?: Label; line: number; blocks: Block[] }[] = [{ line: blocks[0]?.line ?? 1, blocks: [] }];
  for (const [index, block] of blocks.entries()) {
    const isClass = parts.at(-1)?.label?.section === 'classes' && isClassTitle(block, blocks[index + 1]);
    const label = isClass ? undefined : readLabel(block);
    // A description may contain bold words and headings.
    const inside =
      parts.at(-1)?.label?.section === 'description' && label?.section === undefined && label?.response === undefined;
    if (label !== undefined && !inside) parts.push({ label, line: block.line, blocks: [] });
    else parts.at(-1)?.blocks.push(block);
  }
  return parts;
}

/** Whether a bold word is the name of a class, such as `**Status**`, although it is also the name of a part. */
function isClassTitle(block: Block, next: Block | undefined): boolean {
  return block.kind === 'text' && /^\*\*\w+\*\*$/.test(block.text.trim()) && next?.kind === 'header';
}

function readPart(part: Part, draft: Draft): void {
  const { label, line, blocks } = part;
  const { section, response, name = '', rest = '' } = label ?? {};
  if (label === undefined) readLoose(blocks, draft);
  else if (response !== undefined) {
    draft.responses.push({ line, code: response, headers: [], fields: [] });
    if (rest !== '') draft.notUnderstood.push({ line, text: rest, why: 'the parts of an answer are expected here' });
    readLoose(blocks, draft);
  } else if (section === undefined) {
    const text = [name, rest].filter((piece) => piece !== '').join(': ');
    draft.notUnderstood.push({ line, text, why: 'this part of a page is unknown' });
    readLoose(blocks, draft);
  } else if (section === 'remark' || section === 'head') {
    draft.remarks.push({ label: name, text: rest, line });
    readLoose(blocks, draft);
  } else if (section === 'classes') readClasses(part, draft);
  else if (isTable(section)) readTables(section, part, draft);
  else if (section === 'requestExample' || section === 'responseExample') readExample(section, part, draft);
  else readText(section, part, draft);
}

function isTable(section: Section): section is TableKind {
  return section in tableColumns;
}

function readText(section: keyof Draft['texts'], { label, line, blocks }: Part, draft: Draft): void {
  const known = draft.texts[section];
  const rest = label?.rest ?? '';
  if (section === 'description') {
    const written = cellText([rest, ...blocks.map(blockSource)].join('\n').replace(/^`([^`]*)`$/s, '$1'));
    const text = saysNothing(written) ? '' : written;
    const more = known === undefined || known.text === '' ? text : `${known.text}\n${text}`;
    draft.texts[section] = { text: more.trim(), line: known?.line ?? line };
    return;
  }
  const [first, ...others] = blocks;
  // The value may be on the next line.
  const below = wordText(rest) === '' && first?.kind === 'text' ? first : undefined;
  const text = listedTypes(wordText(below?.text ?? rest));
  if (known === undefined) draft.texts[section] = { text, line: below?.line ?? line };
  else if (text !== known.text)
    draft.notUnderstood.push({ line, text, why: `line ${known.line} says "${known.text}"` });
  readLoose(below === undefined ? blocks : others, draft);
}

/** The older template writes content types as a list in JSON: `["application/json"]`. */
function listedTypes(text: string): string {
  const [, list] = /^\[((?:"[^"\\]*",?)*)\]$/.exec(text) ?? [];
  return list === undefined ? text : list.replaceAll('"', '');
}

function readExample(section: 'requestExample' | 'responseExample', { label, line, blocks }: Part, draft: Draft): void {
  misplaced(draft, { line, text: label?.rest ?? '', why: 'a code block is expected here' });
  const code = blocks.find((block) => block.kind === 'code');
  const left = blocks.filter((block) => block !== code && (block.kind !== 'text' || !saysNothing(block.text)));
  // The older template writes an empty block if there is no body.
  if (code !== undefined && code.text.trim() !== '') {
    const example = toExample(code);
    if (example.value === undefined && !/^text\b/.test(code.language)) {
      const text = code.text.split('\n')[0] ?? '';
      draft.notUnderstood.push({ line: code.line, text, why: 'the example is not JSON' });
    }
    if (section === 'responseExample')
      responseFor(draft, line, (response) => response.example !== undefined).example = example;
    else if (draft.requestExample === undefined) draft.requestExample = example;
    else left.push(code);
  }
  readLoose(left, draft);
}

function toExample({ line, language, text }: Extract<Block, { kind: 'code' }>): DocumentedExample {
  try {
    return { line, language, text, value: JSON.parse(text) as unknown };
  } catch {
    return { line, language, text };
  }
}
