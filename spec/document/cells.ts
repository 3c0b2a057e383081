/** The text of a cell or a label: `<br/>` becomes a line break; paragraph tags are removed. */
export function cellText(cell: string): string {
  return cell
    .replace(/<br\s*\/?>|<\/p>\s*<p>/gi, '\n')
    .replace(/^\s*<p>|<\/p>\s*$/gi, '')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** A name, a type or a path: like `cellText`, but without backticks around it. */
export function wordText(cell: string): string {
  return cellText(cell)
    .replace(/^`+(.*?)`+$/s, '$1')
    .trim();
}

/** The indent of a cell: an em space counts two, any other space one. The exporter writes four for each level. */
export function measureIndent(cell: string): number {
  const [spaces = ''] = /^[\s\u2000-\u200a\u3000\u00a0]*/.exec(cell) ?? [];
  return [...spaces].reduce((sum, space) => sum + (space === '\u2003' || space === '\u3000' ? 2 : 1), 0);
}
