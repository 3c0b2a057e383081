import { type Call, type Chosen, chooseOne, isChosen } from '../document/chosen.ts';
import { readDocumentText, refuse } from '../document-error.ts';
import type { Operation, Spec } from './model.ts';
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

/**
 * Two documents with only the chosen operation. A document with a single operation may call it by another path, but one of
 * them must have the chosen call.
 * @throws DocumentError if an operation is missing or if several have the chosen path; the message lists the choices.
 */
export function onlyOperation(
  [before, after]: readonly [Spec, Spec],
  chosen: Chosen | undefined,
): readonly [before: Spec, after: Spec] {
  if (chosen === undefined) return [before, after];
  const hasCall = ({ operations }: Spec): boolean =>
    operations.some((operation) => isChosen(toCall(operation), chosen));
  const only = (spec: Spec, other: Spec): Spec => {
    if (spec.operations.length === 1 && !hasCall(spec) && hasCall(other)) return spec;
    return { ...spec, operations: [chooseOne(spec.operations, toCall, chosen, spec.file)] };
  };
  return [only(before, after), only(after, before)];
}

function toCall({ method, path, at }: Operation): Call {
  return { method, path, line: at.line };
}
