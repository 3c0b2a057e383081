/** The text of a cell or a label: `<br/>` is a line break, paragraph tags and the backticks of a code span are dropped. */
export function cellText(cell: string): string {
  return cell
    .replace(/<br\s*\/?>|<\/p>\s*<p>/gi, '\n')
    .replace(/^\s*<p>|<\/p>\s*$/gi, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** A name, a type or a path: as `cellText`, without the backticks around it. */
export function wordText(cell: string): string {
  return cellText(cell)
    .replace(/^`+(.*?)`+$/s, '$1')
    .trim();
}

/** How far a cell is indented: an em space counts two, every other space one. The exporter writes four a level. */
export function measureIndent(cell: string): number {
  const [spaces = ''] = /^[\s\u2000-\u200a\u3000\u00a0]*/.exec(cell) ?? [];
  return [...spaces].reduce((sum, space) => sum + (space === '\u2003' || space === '\u3000' ? 2 : 1), 0);
}
