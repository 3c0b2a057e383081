import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The lines that the README quotes, as id and part. */
const quoted: readonly (readonly [id: string, part: string | null])[] = [
  ['rows', 'bulk'],
  ['verify-peer', null],
  ['detection', 'Schemathesis'],
];

const pages: Readonly<Record<string, (file: BenchFile) => string>> = {
  'docs/benchmarks.md': (file) => [machineText(file), benchTable(file), notesText(file)].join('\n\n'),
  'README.md': ({ rows }) =>
    benchTable({ rows: rows.filter((row) => quoted.some(([id, part]) => row.id === id && row.part === part)) }),
};

/** Writes the results of a run into the pages, between their markers. */
export async function writePages(file: BenchFile, project: string): Promise<void> {
  for (const [name, make] of Object.entries(pages)) {
    const path = join(project, name);
    await writeFile(path, fillPage(await readFile(path, 'utf8'), make(file)));
  }
}

/** A page with another text between its markers. @throws Error if it has none. */
export function fillPage(page: string, text: string): string {
  const filled = page.replace(/(<!-- bench -->)[\s\S]*?(<!-- end of bench -->)/, (_, start: string, end: string) =>
    [start, '', text, '', end].join('\n'),
  );
  if (filled === page && !page.includes(text)) throw new Error('the page has no place for the results');
  return filled;
}

function machineText({ startedAt, machine }: BenchFile): string {
  const { cpu, cores, memoryGb, system, versions } = machine;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${startedAt.slice(0, 10)}: ${cores} × ${cpu}, ${memoryGb} GB, ${system}; ${programs.join(', ')}.`;
}

function notesText(file: BenchFile): string {
  return benchNotes(file)
    .map((note) => `- ${note}`)
    .join('\n');
}
