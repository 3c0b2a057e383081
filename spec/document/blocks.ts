import type { Nodes, Table, TableRow } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** A piece of a page. `line` is its first line; lines are counted from 1. */
export type Block =
  | { readonly kind: 'heading' | 'text'; readonly line: number; readonly text: string }
  | TableLine
  | {
      readonly kind: 'code';
      readonly line: number;
      readonly lastLine: number;
      readonly language: string;
      readonly text: string;
      readonly closed: boolean;
    };

/** One line of a table. A header is a line directly above a delimiter line, even if the parser reads it as a row. */
export type TableLine = {
  readonly kind: 'header' | 'row' | 'delimiter';
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether it begins and ends with a pipe. The exporter writes all rows with both. */
  readonly opened: boolean;
  readonly closed: boolean;
};

/**
 * Markdown features that an exported page does not use. A description may have any character; a star, an underscore or an
 * angle bracket in it is plain text, not markup. Fences, tables, headings, escapes and entities stay on.
 */
const plainText = [
  ...['attention', 'autolink', 'codeText', 'htmlText', 'labelStartLink', 'labelStartImage', 'labelEnd'],
  ...[
    'hardBreakEscape',
    'htmlFlow',
    'setextUnderline',
    'codeIndented',
    'list',
    'blockQuote',
    'thematicBreak',
    'definition',
  ],
];

/** Splits a page into pieces. */
export function splitBlocks(text: string): readonly Block[] {
  const lines = text.split('\n');
  const { children } = fromMarkdown(text, {
    extensions: [{ disable: { null: plainText } }, gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  return children.flatMap((node) => blocks(node, lines));
}

function blocks(node: Nodes, lines: readonly string[]): readonly Block[] {
  const line = node.position?.start.line ?? 0;
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', line, text: nodeText(node) }];
    case 'table':
      return tableLines(node, lines);
    case 'code': {
      const lastLine = node.position?.end.line ?? line;
      const last = lines[lastLine - 1] ?? '';
      const closed = lastLine > line && /^ {0,3}(`{3,}|~{3,})\s*$/.test(last);
      return [
        {
          kind: 'code',
          line,
          lastLine,
          language: [node.lang, node.meta].filter(Boolean).join(' '),
          text: node.value,
          closed,
        },
      ];
    }
    case 'paragraph':
      // The exporter writes blank lines between labels, but they may be missing after copy and paste.
      return nodeText(node)
        .split('\n')
        .map((text, index) => ({ kind: 'text', line: line + index, text }));
    default:
      return [{ kind: 'text', line, text: lines.slice(line - 1, node.position?.end.line ?? line).join('\n') }];
  }
}

function tableLines(table: Table, lines: readonly string[]): readonly Block[] {
  const [header, ...rows] = table.children;
  if (header === undefined) return [];
  const all: readonly TableLine[] = [
    tableLine(header, lines, 'header'),
    ...rows.map((row) => tableLine(row, lines, 'row')),
  ];
  // The parser joins tables without a blank line between them. So the row above each delimiter line is a header.
  const isDelimiter = ({ cells }: TableLine): boolean => cells.every((cell) => /^:?-+:?$/.test(cell));
  return all.map((row, index) => {
    if (row.kind === 'row' && isDelimiter(row)) return { ...row, kind: 'delimiter' };
    const next = all[index + 1];
    return next !== undefined && isDelimiter(next) ? { ...row, kind: 'header' } : row;
  });
}

function tableLine(row: TableRow, lines: readonly string[], kind: TableLine['kind']): TableLine {
  const line = row.position?.start.line ?? 0;
  const source = (lines[line - 1] ?? '').trim();
  return {
    kind,
    line,
    cells: row.children.map(nodeText),
    opened: source.startsWith('|'),
    closed: /(?:^|[^\\])(?:\\\\)*\|$/.test(source),
  };
}

function nodeText(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(nodeText).join('') : '';
}
