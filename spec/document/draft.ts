import type { Block } from './blocks.ts';
import type { Label } from './label.ts';
import type {
  DocumentedExample,
  DocumentedStatus,
  DocumentField,
  DocumentRemark,
  NotUnderstood,
  PlacedText,
} from './model.ts';

/** A part of the page: its label (none for what stands before the first), and the blocks up to the next label. */
export type Part = { readonly label?: Label; readonly line: number; readonly blocks: readonly Block[] };

/** An answer as far as it is read. */
export type DraftResponse = {
  line: number;
  code?: number;
  headers: DocumentField[];
  fields: DocumentField[];
  example?: DocumentedExample;
};

/** An operation as far as it is read. */
export type Draft = {
  title?: PlacedText;
  texts: Partial<Record<'path' | 'method' | 'requestType' | 'responseType' | 'description', PlacedText>>;
  requestExample?: DocumentedExample;
  parameters: DocumentField[];
  statuses: DocumentedStatus[];
  responses: DraftResponse[];
  remarks: DocumentRemark[];
  notUnderstood: NotUnderstood[];
};

/** The answer that is being told of: the last one, or a new one where that is told already. */
export function responseFor(draft: Draft, line: number, isTold: (response: DraftResponse) => boolean): DraftResponse {
  const last = draft.responses.at(-1);
  if (last !== undefined && !isTold(last)) return last;
  const added = { line, headers: [], fields: [] };
  draft.responses.push(added);
  return added;
}

/** What stands where nothing was looked for. The first heading is the title; the table of contents has no content. */
export function readLoose({ blocks }: Part, draft: Draft): void {
  for (const block of blocks) {
    const text = sourceOf(block).trim();
    if (text === '' || text === '[TOC]' || /^-{3,}$/.test(text)) continue;
    if (block.kind === 'heading' && draft.texts.path === undefined) {
      // The nearest heading before the address names the operation; those above it name its group.
      if (draft.title !== undefined) draft.remarks.push({ label: 'heading', ...draft.title });
      draft.title = { text, line: block.line };
    } else if (block.kind === 'heading') draft.remarks.push({ label: 'heading', text, line: block.line });
    else draft.notUnderstood.push({ line: block.line, text, why: 'nothing was looked for here' });
  }
}

/** A block as it stood on the page, but for the padding of cells. */
export function sourceOf(block: Block): string {
  if (block.kind === 'code') return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
  return 'cells' in block ? `| ${block.cells.map((cell) => cell.trim()).join(' | ')} |` : block.text;
}
