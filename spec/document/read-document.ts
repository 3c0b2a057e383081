import { DocumentError, readDocumentText } from '../document-error.ts';
import { splitBlocks } from './blocks.ts';
import { type Call, type Chosen, chooseOne, isChosen, parseChosen } from './chosen.ts';
import { findOperations, type OperationBlocks } from './find-operations.ts';
import type { VendorDocument } from './model.ts';
import { readOperation } from './read-operation.ts';
import { refuseOpenFence, refuseOtherTexts } from './refuse.ts';

/**
 * Reads the operation on a page of the vendor's export. Everything that is not understood is in `notUnderstood`. If an
 * operation is chosen, a fault in another one does not matter.
 * @param file the page's name, for messages.
 * @throws DocumentError (exit code 2, with file and line) if the text is not a page of the export, is cut or contradicts
 * itself, if the page has several operations and none is chosen, or if the chosen one is missing.
 */
export function readDocument(text: string, file: string, chosen?: Chosen): VendorDocument {
  const all = splitOperations(text, file).map((found) => ({
    address: found.address,
    ...settle(() => readOperation(found, file)),
  }));
  const concerns = (address: string): boolean =>
    chosen === undefined || (chosen.method === undefined && chosen.path === address);
  const broken = all.find(({ address, error }) => error !== undefined && concerns(address));
  if (broken !== undefined) throw broken.error;
  const documents = all.flatMap(({ document }) => document ?? []);
  if (!documents.some((document) => chosen === undefined || isChosen(toCall(document), chosen))) {
    // The chosen one may be behind the fault.
    for (const { error } of all) if (error !== undefined) throw error;
  }
  return chooseOne(documents, toCall, chosen, file);
}

/** Reads every operation of a page: a page from the browser has one, an exported group has several. @throws DocumentError */
export function readDocuments(text: string, file: string): readonly VendorDocument[] {
  return splitOperations(text, file).map((found) => readOperation(found, file));
}

/** How the operation of a page is called. */
export function toCall({ method, path }: Pick<VendorDocument, 'method' | 'path'>): Call {
  return { method: method.text, path: path.text, line: path.line };
}

function settle(read: () => VendorDocument): { readonly document?: VendorDocument; readonly error?: DocumentError } {
  try {
    return { document: read() };
  } catch (error) {
    if (error instanceof DocumentError) return { error };
    throw error;
  }
}

/** Finds the operations of a page without reading their tables. @throws DocumentError if it has no operation. */
function splitOperations(text: string, file: string): readonly OperationBlocks[] {
  const bare = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  refuseOtherTexts(bare, file);
  const blocks = splitBlocks(bare);
  refuseOpenFence(blocks, file);
  return findOperations(blocks, file);
}

/**
 * Reads the operation in a file.
 * @param operation the value of `--operation`.
 * @throws DocumentError like `readDocument`, and for a file that cannot be read or is not UTF-8.
 */
export function readDocumentFile(file: string, operation?: string): VendorDocument {
  const chosen = parseChosen(operation);
  return readDocument(readPage(file), file, chosen);
}

/** The text of a page. @throws DocumentError for a file that cannot be read or is not UTF-8. */
export function readPage(file: string): string {
  return readDocumentText(file, 'give the page as Markdown in UTF-8');
}
