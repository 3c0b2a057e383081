import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import type { BenchFile, BenchResult } from './bench.generated.ts';
import { judgeLine } from './judge-line.ts';
import type { Measured, Row } from './row.ts';
import { Unmeasured } from './row.ts';

/** How to run the rows. */
export type RunOptions = {
  readonly quick: boolean;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  /** Called after each row, with the results so far. */
  readonly onRow?: (file: BenchFile) => Promise<void>;
};

/** Measures rows one after the other. A row that cannot be measured says why, and the others still run. */
export async function runRows(rows: readonly Row[], options: RunOptions): Promise<BenchFile> {
  const { quick, signal, say, onRow } = options;
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
    const measured = await measureRow(row, { quick, signal, say, folder, uses });
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    results.push(...row.lines.map((line, at) => judgeLine(row.id, line, measured[at] ?? { samples: [] })));
    await onRow?.(file());
  }
  return file();
}

async function measureRow(row: Row, bench: Parameters<Row['measure']>[0]): Promise<readonly Measured[]> {
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
