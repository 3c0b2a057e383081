import { readDocumentText, refuse } from '../document-error.ts';
import type { Spec } from './model.ts';
import { readOpenApiSpec } from './openapi/read.ts';
import { readPageSpec } from './page-facts.ts';

const next = 'give an openapi.yaml or a page from the vendor in Markdown';

/**
 * Reads a document from a file: OpenAPI 3 in YAML or JSON, or a page of the vendor's export in Markdown. The file name
 * decides which; if it does not, such as for a pipe, the text decides.
 * @throws DocumentError if the file cannot be read or is empty.
 */
export function readSpecFile(file: string): Spec {
  const text = readDocumentText(file, next);
  return text.trim() === '' ? refuse(file, undefined, `it is empty; ${next}`) : readSpec(file, text);
}

/** Reads a document from its text. */
export function readSpec(file: string, text: string): Spec {
  return isPage(file, text) ? readPageSpec(file, text) : readOpenApiSpec(file, text);
}

function isPage(file: string, text: string): boolean {
  if (/\.(?:md|markdown)$/i.test(file)) return true;
  if (/\.(?:ya?ml|json)$/i.test(file)) return false;
  return !(/^\s*(?:\{|---\s)/.test(text) || /^(?:openapi|swagger)\s*:/m.test(text));
}
