import { type Block, splitBlocks } from './blocks.ts';
import { refuse } from './document-error.ts';
import { readLabel } from './label.ts';
import type { VendorDocument } from './model.ts';
import { readOperation } from './read-operation.ts';
import { readPage } from './read-page.ts';
import { refuseOpenFence, refuseOtherTexts } from './refuse.ts';

/** The operation to read from a page with several. */
export type Chosen = { readonly path: string; readonly method?: string };

/**
 * Reads the operation on a page of the vendor's export. Everything that is not understood is in `notUnderstood`.
 * @param file the page's name, for messages.
 * @throws DocumentError (exit code 2, with file and line) if the text is not a page of the export, is cut or contradicts
 * itself, if the page has several operations and none is chosen, or if the chosen one is missing.
 */
export function readDocument(text: string, file: string, chosen?: Chosen): VendorDocument {
  const documents = readDocuments(text, file);
  const [first, second] = documents;
  const names = documents.map(({ method, path }) => `${method.text} ${path.text} (line ${path.line})`).join(', ');
  if (chosen !== undefined) {
    const meant = documents.find(
      ({ path, method }) => path.text === chosen.path && (chosen.method ?? method.text) === method.text,
    );
    if (meant !== undefined) return meant;
    refuse(file, first?.path.line ?? 1, `no operation has the path ${chosen.path}; the page has ${names}`);
  }
  if (first !== undefined && second === undefined) return first;
  const why = `the page has several operations: ${names}; choose one with --operation, or put one into a separate file`;
  return refuse(file, second?.path.line ?? 1, why);
}

/** Reads every operation of a page: a page from the browser has one, an exported group has several. @throws DocumentError */
export function readDocuments(text: string, file: string): readonly VendorDocument[] {
  const bare = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  refuseOtherTexts(bare, file);
  const lines = bare.split('\n');
  const blocks = splitBlocks(bare, lines);
  refuseOpenFence(blocks, file);
  const starts = operationStarts(blocks);
  const [first] = starts;
  if (first === undefined) {
    const why = `no line says "API Address" (接口地址), so this is not the vendor's page of an operation`;
    refuse(file, 1, `${why}; export that page as Markdown and give the file`);
  }
  const before = blocks.slice(0, first);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? blocks.length;
    return readOperation([...(index === 0 ? before : []), ...blocks.slice(start, end)], file, end === blocks.length);
  });
}

/**
 * Reads the operation in a file.
 * @throws DocumentError like `readDocument`, and for a file that cannot be read or is not UTF-8.
 */
export function readDocumentFile(file: string, chosen?: Chosen): VendorDocument {
  return readDocument(readPage(file), file, chosen);
}

/** The start of each operation: the heading before its address, or the address. */
function operationStarts(blocks: readonly Block[]): readonly number[] {
  const addresses = blocks.flatMap((block, index) => {
    const label = readLabel(block);
    // The exporter's English cover page also has a **URL** line, but only an operation's address is followed by a method.
    return label?.section === 'path' && isFollowedByMethod(blocks, index) ? [index] : [];
  });
  return addresses.map((address, index) => {
    const before = blocks.slice(addresses[index - 1] ?? 0, address);
    const heading = before.findLastIndex(({ kind }) => kind === 'heading');
    const at = address - before.length + heading;
    const between = before.slice(heading + 1);
    return heading < 0 || between.some((block) => readLabel(block) !== undefined) ? address : at;
  });
}

function isFollowedByMethod(blocks: readonly Block[], address: number): boolean {
  const next = blocks.slice(address + 1).find((block) => {
    const section = readLabel(block)?.section;
    return section !== undefined && section !== 'remark';
  });
  return next === undefined || readLabel(next)?.section !== 'path';
}
