import type { BenchFile, BenchResult } from './bench.generated.ts';

const heads = ['row', 'what', 'ours', 'next to', 'ratio', 'spread', 'goal', ''];

/** The results as a table in Markdown, which is also what the terminal shows. */
export function benchTable({ rows }: Pick<BenchFile, 'rows'>): string {
  const cells = [heads, ...rows.map(toCells)];
  const widths = heads.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** The notes of rows, one line each. */
export function benchNotes({ rows }: Pick<BenchFile, 'rows'>): readonly string[] {
  return rows.flatMap((row) => (row.note === undefined ? [] : [`${name(row)}: ${row.note}`]));
}

function toCells(row: BenchResult): readonly string[] {
  const { what, nextTo, unit, ours, peer, ratio, goal, met, spread } = row;
  const peerText = nextTo === null ? '–' : `${peer === null ? '' : `${number(peer)}: `}${nextTo}`;
  return [
    name(row),
    what,
    ours === null ? 'not measured' : `${number(ours)} ${unit}`,
    peerText,
    ratio === null ? '–' : number(ratio),
    spread === null ? '–' : spread.map(number).join('–'),
    goal,
    metText(met),
  ];
}

function metText(met: boolean | null): string {
  if (met === null) return '?';
  return met ? 'met' : 'not met';
}

function name({ id, part }: Pick<BenchResult, 'id' | 'part'>): string {
  return part === null ? id : `${id} ${part}`;
}

/** Three digits, without an exponent. */
function number(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
