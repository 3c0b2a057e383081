import type { Block } from './blocks.ts';
import { findSection, isChinese, readStatus, type Section } from './words.ts';

/** A line that begins a part of the page, such as `**Request Method**:`, with the text after it. */
export type Label = {
  readonly name: string;
  /** Absent if the name is unknown. */
  readonly section?: Section;
  /** The status of the following answer, on a page with several answers. */
  readonly response?: number;
  readonly rest: string;
};

/** Reads a label: bold text with a colon, or a known name in a heading or a separate line. */
export function readLabel(block: Block): Label | undefined {
  if (block.kind === 'heading') return isDistinct(block.text) ? known(block.text, '') : undefined;
  if (block.kind === 'text') return readTextLabel(block.text);
  // The parser reads a line directly below a table as a row.
  const glued = (block.kind === 'row' || block.kind === 'header') && !block.opened && block.cells.length === 1;
  return glued ? readTextLabel(block.cells[0] ?? '') : undefined;
}

function readTextLabel(line: string): Label | undefined {
  const text = line.trim();
  // Lengths are limited, so that a line of a hostile page cannot take long.
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

/** A single English word that is not bold may be something else, such as a title or a line of front matter. */
function isDistinct(name: string): boolean {
  return isChinese(name) || /\S\s+\S/.test(name);
}

function known(name: string, rest: string): Label | undefined {
  const section = findSection(name);
  if (section !== undefined) return { name: name.trim(), section, rest: rest.trim() };
  const response = readStatus(name);
  return response === undefined ? undefined : { name: name.trim(), response, rest: rest.trim() };
}
