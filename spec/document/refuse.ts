import { refuse } from '../document-error.ts';
import type { Block, TableLine } from './blocks.ts';
import { readLabel } from './label.ts';
import type { DocumentField, VendorDocument } from './model.ts';

/** Refuses a text that is not a page of the export, before parsing. @throws DocumentError */
export function refuseOtherTexts(text: string, file: string): void {
  const begins = text.trimStart();
  const lineAt = (at: number): number => text.slice(0, at).split('\n').length;
  const line = lineAt(text.length - begins.length);
  if (begins === '') refuse(file, line, "the page is empty; export the operation's page as Markdown");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this searches for control characters
  const control = text.search(/[\u0000-\u0008\u000e-\u001f\ufffd]/);
  if (control >= 0)
    refuse(file, lineAt(control), 'this is not text: it has control characters; export the page as Markdown');
  const [other] = otherTexts.find(([, pattern]) => pattern.test(begins)) ?? [];
  if (other !== undefined) refuse(file, line, `this is ${other}; export the page as Markdown`);
}

const otherTexts: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['HTML', /^<(?:!doctype|html|head|body|\?xml)\b/i],
  ['JSON', /^(?:\{|\[\s*[{["])/],
  ['an OpenAPI file', /^(?:openapi|swagger)\s*:/m],
];

/**
 * Refuses a code block without a closing fence: everything up to the next fence or the end would be part of the block.
 * @throws DocumentError
 */
export function refuseOpenFence(blocks: readonly Block[], file: string): void {
  for (const block of blocks) {
    if (block.kind !== 'code') continue;
    const swallowed = block.text
      .split('\n')
      .some(
        (text, index) =>
          readLabel({ kind: 'text', line: block.line + 1 + index, text })?.section !== undefined &&
          text.startsWith('**'),
      );
    if (!block.closed || swallowed) {
      const why =
        'the code block that begins here is not closed: the page is cut or a line is missing; export it again';
      refuse(file, block.line, why);
    }
  }
}

/**
 * Refuses a page that is cut. The exporter writes a status table after the parameters, the body of an answer after a
 * status with a schema, and an example after that body.
 * @throws DocumentError
 */
export function refuseCut(blocks: readonly Block[], document: VendorDocument): void {
  const last = blocks.at(-1);
  if (last === undefined) return;
  const cut = (why: string): never =>
    refuse(document.file, last.line, `the page ends ${why}: it is cut; export it again`);
  const { parameters, statuses, responses } = document;
  const label = readLabel(last);
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
  const withSchema = statuses.find(({ schema }) => schema !== '');
  if (answer === undefined && withSchema !== undefined)
    cut(`in a table, before the answer of status ${withSchema.code}`);
  // The older template ends with the status table.
  if (answer === undefined || answer.example !== undefined || statuses.at(-1)?.line === last.line) return;
  const top = answer.fields.map(({ name }) => name);
  const hasMessage = top.some((name) => /^(msg|message)$/i.test(name));
  if (top.includes('code') && top.includes('data') && !hasMessage) cut('in a table, before the msg of the answer');
  const wanted = typeArgument(withSchema?.schema ?? '');
  if (wanted !== undefined && !mentions(answer.fields, wanted)) cut(`in a table, before the ${wanted} of the answer`);
}

/** The class of the answer's data: `Verified` in `Response«Verified»`. */
function typeArgument(schema: string): string | undefined {
  return /«(.*)»$/.exec(schema)?.[1];
}

function mentions(fields: readonly DocumentField[], name: string): boolean {
  return fields.some(({ type, schema, fields: inner }) => type === name || schema === name || mentions(inner, name));
}
