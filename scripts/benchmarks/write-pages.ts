import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchFile } from './bench.generated.ts';
import { benchNotes, benchTable } from './table.ts';

/** The lines that the README quotes, as id and part. */
const quoted: readonly (readonly [id: string, part: string | null])[] = [
  ['rows', 'bulk'],
  ['verify-peer', null],
  ['detection', 'Schemathesis'],
];

/** What each page shows of a run. */
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
