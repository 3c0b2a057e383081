import type { Block } from './blocks.ts';
import type { Label } from './label.ts';
import type { DocumentedResponse, DocumentField, NotUnderstood, PlacedText, VendorDocument } from './model.ts';
import { saysNothing } from './words.ts';

/** A part of the page: its label (none for what stands before the first), and the blocks up to the next label. */
export type Part = { readonly label?: Label; readonly line: number; readonly blocks: readonly Block[] };

type Growing<Whole> = {
  -readonly [Key in keyof Whole]: Whole[Key] extends readonly (infer Item)[] ? Item[] : Whole[Key];
};

/** An answer as far as it is read. */
export type DraftResponse = Growing<DocumentedResponse>;

/** An operation as far as it is read. */
export type Draft = Growing<
  Pick<VendorDocument, 'file' | 'title' | 'requestExample' | 'parameters' | 'statuses' | 'remarks' | 'notUnderstood'>
> & {
  texts: Partial<Record<'path' | 'method' | 'requestType' | 'responseType' | 'description', PlacedText>>;
  responses: DraftResponse[];
};

/** An operation of which nothing is read yet. */
export function emptyDraft(file: string): Draft {
  return { file, texts: {}, parameters: [], statuses: [], responses: [], remarks: [], notUnderstood: [] };
}

/** Notes what has no place, unless it is empty or says that there is nothing. */
export function misplaced({ notUnderstood }: Draft, { line, text, why }: NotUnderstood): void {
  if (text !== '' && !saysNothing(text)) notUnderstood.push({ line, text, why });
}

/** The answer that is being told of: the last one, or a new one where that is told already. */
export function responseFor(draft: Draft, line: number, isTold: (response: DraftResponse) => boolean): DraftResponse {
  const last = draft.responses.at(-1);
  if (last !== undefined && !isTold(last)) return last;
  const added = { line, headers: [] as DocumentField[], fields: [] };
  draft.responses.push(added);
  return added;
}

/** What stands where nothing was looked for. The first heading is the title; the table of contents has no content. */
export function readLoose(blocks: readonly Block[], draft: Draft): void {
  for (const block of blocks) {
    const { line } = block;
    const text = blockSource(block).trim();
    if (text === '' || text === '[TOC]' || /^-{3,}$/.test(text)) continue;
    if (block.kind !== 'heading') draft.notUnderstood.push({ line, text, why: 'nothing was looked for here' });
    else if (draft.texts.path !== undefined) draft.remarks.push({ label: 'heading', text, line });
    else {
      // The nearest heading before the address names the operation; those above it name its group.
      if (draft.title !== undefined) draft.remarks.push({ label: 'heading', ...draft.title });
      draft.title = { text, line };
    }
  }
}

/** A block as it stood on the page, but for the padding of cells. */
export function blockSource(block: Block): string {
  if (block.kind === 'code') return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
  return 'cells' in block ? `| ${block.cells.map((cell) => cell.trim()).join(' | ')} |` : block.text;
}
