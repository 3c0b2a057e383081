import type { Block, TableLine } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import { labelOf } from './label.ts';
import type { DocumentField, VendorDocument } from './model.ts';

/**
 * Refuses a page that ends too early. The exporter writes a status table after the parameters, the body of an answer after
 * a status that has one, and an example after that body: where the page ends before, it must at least be whole.
 * @throws DocumentError
 */
export function refuseCut(blocks: readonly Block[], document: VendorDocument): void {
  const last = blocks.at(-1);
  if (last === undefined) return;
  const cut = (why: string): never => {
    throw new DocumentError(document.file, last.line, `the page ends ${why}: it is cut; export it anew`);
  };
  const { parameters, statuses, responses } = document;
  const label = labelOf(last);
  if (label?.section !== undefined && label.rest === '' && label.section !== 'description')
    cut(`after "${label.name}"`);
  if (parameters.length + statuses.length + responses.length === 0) cut('without a parameter, a status or an answer');
  if ('cells' in last) refuseCutTable(last, document, cut);
}

function refuseCutTable(
  last: TableLine,
  { parameters, statuses, responses }: VendorDocument,
  cut: (why: string) => never,
): void {
  if (!last.closed) cut('in the middle of a row');
  const answer = responses.at(-1);
  if (statuses.length === 0 && answer === undefined && parameters.length > 0)
    cut('in a table, before the status table');
  const promised = statuses.find(({ schema }) => schema !== '');
  if (answer === undefined && promised !== undefined) cut(`in a table, before the answer of status ${promised.code}`);
  if (answer === undefined || answer.example !== undefined) return;
  const top = answer.fields.map(({ name }) => name);
  const hasMessage = top.some((name) => /^(msg|message)$/i.test(name));
  if (top.includes('code') && top.includes('data') && !hasMessage) cut('in a table, before the msg of the answer');
  const wanted = typeArgument(promised?.schema ?? '');
  if (wanted !== undefined && !mentions(answer.fields, wanted)) cut(`in a table, before the ${wanted} of the answer`);
}

/** `Verified` of `Response«Verified»`: the class whose fields the answer carries. */
function typeArgument(schema: string): string | undefined {
  return /«(.*)»$/.exec(schema)?.[1];
}

function mentions(fields: readonly DocumentField[], name: string): boolean {
  return fields.some(({ type, schema, fields: inner }) => type === name || schema === name || mentions(inner, name));
}
