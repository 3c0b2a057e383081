import type { Block } from './blocks.ts';
import type { Label } from './label.ts';
import type { DocumentedResponse, DocumentField, NotUnderstood, PlacedText, VendorDocument } from './model.ts';
import { saysNothing } from './words.ts';

/** A part of the page: its label and the blocks up to the next label. The blocks before the first label have no label. */
export type Part = { readonly label?: Label; readonly line: number; readonly blocks: readonly Block[] };

type Growing<Whole> = {
  -readonly [Key in keyof Whole]: Whole[Key] extends readonly (infer Item)[] ? Item[] : Whole[Key];
};

/** An answer that is not yet read completely. */
export type DraftResponse = Growing<DocumentedResponse>;

/** An operation that is not yet read completely. */
export type Draft = Growing<
  Pick<VendorDocument, 'file' | 'title' | 'requestExample' | 'parameters' | 'statuses' | 'remarks' | 'notUnderstood'>
> & {
  texts: Partial<Record<'path' | 'method' | 'requestType' | 'responseType' | 'description', PlacedText>>;
  responses: DraftResponse[];
};

/** An operation before reading. */
export function emptyDraft(file: string): Draft {
  return { file, texts: {}, parameters: [], statuses: [], responses: [], remarks: [], notUnderstood: [] };
}

/** Records a text that is not understood, unless it is empty or says "none". */
export function misplaced({ notUnderstood }: Draft, { line, text, why }: NotUnderstood): void {
  if (text !== '' && !saysNothing(text)) notUnderstood.push({ line, text, why });
}

/** The answer that the current part describes: the last one, or a new one if the last one is already described. */
export function responseFor(
  draft: Draft,
  line: number,
  isDescribed: (response: DraftResponse) => boolean,
): DraftResponse {
  const last = draft.responses.at(-1);
  if (last !== undefined && !isDescribed(last)) return last;
  const added = { line, headers: [] as DocumentField[], fields: [] };
  draft.responses.push(added);
  return added;
}

/** Reads unexpected blocks. The first heading is the title; the table of contents is ignored. */
export function readLoose(blocks: readonly Block[], draft: Draft): void {
  for (const block of blocks) {
    const { line } = block;
    const text = blockSource(block).trim();
    if (isLayout(text)) continue;
    if (block.kind !== 'heading') draft.notUnderstood.push({ line, text, why: 'nothing is expected here' });
    else if (draft.texts.path !== undefined) draft.remarks.push({ label: 'heading', text, line });
    else {
      // The last heading before the address is the operation's title; earlier ones are titles of its group.
      if (draft.title !== undefined) draft.remarks.push({ label: 'heading', ...draft.title });
      draft.title = { text, line };
    }
  }
}

/** Whether a line is empty, a rule or the mark of a table of contents. */
export function isLayout(text: string): boolean {
  return text === '' || text === '[TOC]' || /^-{3,}$/.test(text);
}

/** The source of a block on the page, without the padding of cells. */
export function blockSource(block: Block): string {
  if (block.kind === 'code') return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
  return 'cells' in block ? `| ${block.cells.map((cell) => cell.trim()).join(' | ')} |` : block.text;
}
