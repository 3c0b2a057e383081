import type { Block } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import { labelOf } from './label.ts';

/** Refuses a text that cannot be a page of the export, before it is parsed. @throws DocumentError */
export function refuseOtherTexts(text: string, file: string): void {
  const begins = text.trimStart();
  const line = text.slice(0, text.length - begins.length).split('\n').length;
  const refuse = (message: string): never => {
    throw new DocumentError(file, line, message);
  };
  if (begins === '') refuse("the page is empty; export the operation's page as Markdown");
  const control = firstControl(text);
  if (control !== undefined)
    throw new DocumentError(file, control, 'this is no text: it has control characters; export the page as Markdown');
  if (/^<(?:!doctype|html|head|body|\?xml)\b/i.test(begins)) refuse('this is HTML; export the page as Markdown');
  if (/^(?:\{|\[\s*[{["])/.test(begins)) refuse('this is JSON; the page of the export is Markdown');
  if (/^(?:openapi|swagger)\s*:/m.test(text)) refuse('this is an OpenAPI file; the page of the export is Markdown');
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
          labelOf({ kind: 'text', line: block.line + 1 + index, text })?.section !== undefined && text.startsWith('**'),
      );
    if (!block.closed || swallowed) {
      throw new DocumentError(
        file,
        block.line,
        'the code block that begins here is not closed: the page is cut or lost a line; export it anew',
      );
    }
  }
}
