import { readFileSync, statSync } from 'node:fs';
import { whyUnreadable } from '../error-code.ts';
import type { Spec } from './model.ts';
import { readOpenApiSpec } from './openapi/read.ts';
import { readPageSpec } from './page-facts.ts';
import { SpecError } from './spec-error.ts';

/** In bytes. Larger than any document; a larger file is probably the wrong one. */
const largest = 10_000_000;

/**
 * Reads a document from a file: OpenAPI 3 in YAML or JSON, or a page of the vendor's export in Markdown. The file name
 * decides which; if it does not, such as for a pipe, the text decides. Throws an error with exit code 2 and a message in
 * one line if the file cannot be read.
 */
export function readSpecFile(file: string): Spec {
  return readSpec(file, readText(file));
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

function readText(file: string): string {
  const bytes = readBytes(file);
  if (bytes.length > largest)
    throw new SpecError(`${file} has ${bytes.length} bytes; the limit for a document is ${largest}`);
  if (bytes.includes(0))
    throw new SpecError(`${file} is binary; give an openapi.yaml or a page from the vendor in Markdown`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SpecError(`${file} is not UTF-8 text; save it as UTF-8`);
  }
  if (text.trim() === '')
    throw new SpecError(`${file} is empty; give an openapi.yaml or a page from the vendor in Markdown`);
  return text;
}

function readBytes(file: string): Buffer {
  try {
    if (statSync(file).size > largest)
      throw new SpecError(`${file} has more than ${largest} bytes; give a smaller document`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof SpecError) throw error;
    throw new SpecError(`${file}: ${whyUnreadable(error)}; correct the path`);
  }
}
