import type { Block } from './blocks.ts';
import { findSection, isChinese, readStatus, type Section } from './words.ts';

/** A line that announces a part of the page, as `**Request Method**:` with what follows it. */
export type Label = {
  readonly name: string;
  /** Absent where no part is called so. */
  readonly section?: Section;
  /** The status whose answer follows, where the exporter writes several. */
  readonly response?: number;
  readonly rest: string;
};

/** The label that a block is: bold and with a colon, or a known name as a heading or a line of its own. */
export function readLabel(block: Block): Label | undefined {
  if (block.kind === 'heading') return isDistinct(block.text) ? known(block.text, '') : undefined;
  if (block.kind === 'text') return readTextLabel(block.text);
  // A line right below a table is a row of it to the parser.
  const glued = (block.kind === 'row' || block.kind === 'header') && !block.opened && block.cells.length === 1;
  return glued ? readTextLabel(block.cells[0] ?? '') : undefined;
}

function readTextLabel(line: string): Label | undefined {
  const text = line.trim();
  // Lengths are bounded, so that no line of a hostile page takes long.
  const [, name, rest = ''] = /^\*\*([^*]{1,80})\*\*\s{0,8}[:：]?(.*)$/s.exec(text) ?? [];
  if (name !== undefined) {
    const found = known(name, rest);
    if (found !== undefined) return found;
    const hasColon = /[:：]\s{0,8}$/.test(name) || /^\*\*[^*]{1,80}\*\*\s{0,8}[:：]/.test(text);
    return hasColon ? { name: name.trim(), rest: rest.trim() } : undefined;
  }
  const [, bare, after = ''] = /^([^:：*|`]{2,40})[:：](.*)$/s.exec(text) ?? [];
  return bare === undefined || !isDistinct(bare) ? undefined : known(bare, after);
}

/** One English word, not in bold, may be anything: the title of a page, a line of its front matter. */
function isDistinct(name: string): boolean {
  return isChinese(name) || /\S\s+\S/.test(name);
}

function known(name: string, rest: string): Label | undefined {
  const section = findSection(name);
  if (section !== undefined) return { name: name.trim(), section, rest: rest.trim() };
  const response = readStatus(name);
  return response === undefined ? undefined : { name: name.trim(), response, rest: rest.trim() };
}
