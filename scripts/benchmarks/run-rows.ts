import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { didYouMean } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';
import type { BenchFile, BenchResult } from './bench.generated.ts';
import { type Bench, judgeLine, type Measured, type Row, Unmeasured } from './row.ts';

/**
 * The rows with these ids, in the order of the table; all rows if no id is given.
 * @throws UserError (exit code 2) for an unknown id.
 */
export function selectRows(rows: readonly Row[], ids: readonly string[]): readonly Row[] {
  const known = rows.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UserError(`no row is called "${id}"; ${didYouMean(id, known, `there are ${known.join(', ')}`)}`, 2);
    }
  }
  return ids.length === 0 ? rows : rows.filter(({ id }) => ids.includes(id));
}

/** Measures rows one after the other. A row that cannot be measured says why, and the others still run. */
export async function runRows(
  rows: readonly Row[],
  options: Pick<Bench, 'quick' | 'signal' | 'say'>,
  /** Gets the results so far after each row. */
  onRow?: (file: BenchFile) => Promise<void>,
): Promise<BenchFile> {
  const { quick, say } = options;
  const versions: Record<string, string> = { node: process.versions.node };
  const results: BenchResult[] = [];
  const startedAt = new Date().toISOString();
  const file = (): BenchFile => ({
    schema: 'bindgate.bench/1',
    startedAt,
    quick,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      versions: { ...versions },
    },
    rows: [...results],
  });
  for (const row of rows) {
    say(`${row.id} …`);
    const folder = await mkdtemp(join(tmpdir(), 'bindgate-bench-'));
    const uses = (program: string, version: string): void => {
      versions[program] = version;
    };
    const measured = await measureRow(row, { ...options, folder, uses });
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    results.push(...row.lines.map((line, at) => judgeLine(row.id, line, measured[at] ?? { samples: [] })));
    await onRow?.(file());
  }
  return file();
}

async function measureRow(row: Row, bench: Bench): Promise<readonly Measured[]> {
  const nothing = (note: string): readonly Measured[] => row.lines.map(() => ({ samples: [], note }));
  if (bench.signal.aborted) return nothing('interrupted');
  const [needed, cores] = [row.cores ?? 1, availableParallelism()];
  if (needed > cores) return nothing(`needs ${needed} cores; this process may use ${cores}`);
  try {
    return await row.measure(bench);
  } catch (error) {
    if (bench.signal.aborted) return nothing('interrupted');
    // Whatever breaks is said in its row; the other rows do not depend on it.
    const why = error instanceof Error ? error.message : String(error);
    return nothing(inert(error instanceof Unmeasured ? why : `failed: ${why}`, 300));
  }
}
