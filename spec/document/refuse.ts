import type { Block, TableLine } from './blocks.ts';
import { refuse } from './document-error.ts';
import { readLabel } from './label.ts';
import type { DocumentField, VendorDocument } from './model.ts';

/** Refuses a text that cannot be a page of the export, before it is parsed. @throws DocumentError */
export function refuseOtherTexts(text: string, file: string): void {
  const begins = text.trimStart();
  const line = text.slice(0, text.length - begins.length).split('\n').length;
  const other = (message: string): never => refuse(file, line, message);
  if (begins === '') other("the page is empty; export the operation's page as Markdown");
  const control = firstControl(text);
  if (control !== undefined)
    refuse(file, control, 'this is no text: it has control characters; export the page as Markdown');
  if (/^<(?:!doctype|html|head|body|\?xml)\b/i.test(begins)) other('this is HTML; export the page as Markdown');
  if (/^(?:\{|\[\s*[{["])/.test(begins)) other('this is JSON; the page of the export is Markdown');
  if (/^(?:openapi|swagger)\s*:/m.test(text)) other('this is an OpenAPI file; the page of the export is Markdown');
}

function firstControl(text: string): number | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const at = text.search(/[\u0000-\u0008\u000e-\u001f\ufffd]/);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}

/**
 * Refuses a code block without its closing fence: all that follows it, to the next fence or the end, would be its text.
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
      const why = 'the code block that begins here is not closed: the page is cut or lost a line; export it anew';
      refuse(file, block.line, why);
    }
  }
}

/**
 * Refuses a page that ends too early. The exporter writes a status table after the parameters, the body of an answer after
 * a status that has one, and an example after that body: where the page ends before, it must at least be whole.
 * @throws DocumentError
 */
export function refuseCut(blocks: readonly Block[], document: VendorDocument): void {
  const last = blocks.at(-1);
  if (last === undefined) return;
  const cut = (why: string): never =>
    refuse(document.file, last.line, `the page ends ${why}: it is cut; export it anew`);
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
