import type { Block } from './blocks.ts';
import { cellText } from './cells.ts';
import { blockSource, type Draft, isLayout } from './document-draft.ts';
import { type Label, readLabel } from './label.ts';
import type { VendorDocument } from './model.ts';

type Remark = VendorDocument['remarks'][number];

/**
 * Reads what is before the first operation as remarks: the head of a whole document (title, description, host, contacts,
 * version, address of the API's description), its table of contents and the name of the first group.
 */
export function readHead(blocks: readonly Block[], draft: Draft): void {
  const { remarks, notUnderstood } = draft;
  /** The last remark with a description, as long as its lines may go on. */
  let description: number | undefined;
  for (const block of blocks) {
    const { line } = block;
    const text = blockSource(block).trim();
    if (isLayout(text)) continue;
    const label = readLabel(block);
    const remark = toRemark(block, text, label, remarks.length === 0);
    const described = description === undefined ? undefined : remarks[description];
    if (remark !== undefined) {
      if (label !== undefined) description = isDescription(label) ? remarks.length : undefined;
      remarks.push(remark);
    } else if (description !== undefined && described !== undefined && label === undefined)
      remarks[description] = { ...described, text: `${described.text}\n${cellText(text)}` };
    else notUnderstood.push({ line, text, why: 'nothing is expected here' });
  }
}

function toRemark(block: Block, text: string, label: Label | undefined, isFirst: boolean): Remark | undefined {
  const { line, kind } = block;
  if (kind === 'heading') return { label: 'heading', text, line };
  if (label !== undefined) {
    return isOfHead(label.section) ? { label: label.name, text: cellText(label.rest), line } : undefined;
  }
  if (/^(?:[-*+]|\d+\.)?\s*\[[^\]]*\]\(#[^)]*\)$/.test(text)) return { label: 'contents', text, line };
  // The older template has the title in bold.
  const [, title] = isFirst ? (/^\*\*([^*]+)\*\*$/.exec(text) ?? []) : [];
  return title === undefined ? undefined : { label: 'title', text: title, line };
}

/** Keeps what a team added after the last operation: the appendix of a whole document. */
export function readAppendix(blocks: readonly Block[], draft: Draft): void {
  for (const block of blocks) {
    const text = blockSource(block).trim();
    if (text !== '' && block.kind !== 'delimiter') draft.remarks.push({ label: 'appendix', text, line: block.line });
  }
}

/** Whether a label can be in the head. A label that is not known may be a part of the description. */
function isOfHead(section: string | undefined): boolean {
  return section === undefined || ['head', 'path', 'description', 'remark'].includes(section);
}

/** Whether text may follow in further lines. A label that is not known is a part of a description. */
function isDescription({ name, section }: Label): boolean {
  return section === undefined || section === 'description' || /^(?:简介|introduction)$/i.test(name);
}
