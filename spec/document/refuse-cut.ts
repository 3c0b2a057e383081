import type { Block } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import type { DocumentField, VendorDocument } from './model.ts';

/**
 * Refuses a page that ends within a table. The exporter writes a status table after the parameters, the body of an answer
 * after a status that has one, and an example after that body: where the page ends before, it must at least be whole.
 * @throws DocumentError
 */
export function refuseCut(blocks: readonly Block[], document: VendorDocument): void {
  const last = blocks.at(-1);
  if (last === undefined || !('cells' in last)) return;
  const cut = (why: string): never => {
    throw new DocumentError(document.file, last.line, `the page ends in a table, ${why}: it is cut; export it anew`);
  };
  if (!last.closed) cut('in the middle of a row');
  const { parameters, statuses, responses } = document;
  const answer = responses.at(-1);
  if (statuses.length === 0 && answer === undefined && parameters.length > 0) cut('before the status table');
  const promised = statuses.find(({ schema }) => schema !== '');
  if (answer === undefined && promised !== undefined) cut(`before the answer of status ${promised.code}`);
  if (answer === undefined || answer.example !== undefined) return;
  const top = answer.fields.map(({ name }) => name);
  if (top.includes('code') && top.includes('data') && !top.some((name) => /^(msg|message)$/i.test(name)))
    cut('before the msg of the answer');
  const wanted = typeArgument(promised?.schema ?? '');
  if (wanted !== undefined && !mentions(answer.fields, wanted)) cut(`before the ${wanted} of the answer`);
}

/** `Verified` of `Response«Verified»`: the class whose fields the answer carries. */
function typeArgument(schema: string): string | undefined {
  return /«(.*)»$/.exec(schema)?.[1];
}

function mentions(fields: readonly DocumentField[], name: string): boolean {
  return fields.some(({ type, schema, fields: inner }) => type === name || schema === name || mentions(inner, name));
}
