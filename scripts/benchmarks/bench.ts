/**
 * `npm run bench`: measures what bindgate costs and finds, next to its peers and limits, and writes reports/bench.json.
 * `--quick` takes small samples; `--only ID…` measures some rows; `--docs` writes the table into docs/benchmarks.md and the
 * README. The exit code is 0 also if a goal is not met.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../contract/user-error.ts';
import type { BenchFile } from './bench.generated.ts';
import { benchNotes, benchTable, writePages } from './pages.ts';
import { answersRow } from './rows/answers.ts';
import { detectionRow } from './rows/detection.ts';
import { floorRow, lanesRow } from './rows/generator.ts';
import { growthRow } from './rows/growth.ts';
import { referenceRow } from './rows/reference.ts';
import { rowsMemoryRow, rowsRow } from './rows/rows.ts';
import { startRow } from './rows/start.ts';
import { verifyPeerRow, verifyRow } from './rows/verify.ts';
import { project } from './run-process.ts';
import { runRows, selectRows } from './run-rows.ts';

/** Every row, in the order of the table. */
const rows = [
  rowsRow,
  rowsMemoryRow,
  verifyRow,
  verifyPeerRow,
  detectionRow,
  referenceRow,
  lanesRow,
  floorRow,
  answersRow,
  startRow,
  growthRow,
];

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort());
const say = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  const { values, positionals } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0 && values.only.length === 0) {
    throw new UserError(`"${positionals[0]}" is not an option; rows are chosen with --only`, 2);
  }
  if (values.docs && (values.quick || values.only.length > 0)) {
    throw new UserError('--docs needs a whole run; leave out --quick and --only', 2);
  }
  const chosen = selectRows(rows, [...values.only, ...positionals]);
  const folder = join(project, 'reports');
  await mkdir(folder, { recursive: true });
  const write = (file: BenchFile): Promise<void> =>
    writeFile(join(folder, 'bench.json'), `${JSON.stringify(file, undefined, 2)}\n`);
  // Written after each row, so that an interrupted run leaves what it has measured.
  const file = await runRows(chosen, { quick: values.quick, signal: interrupted.signal, say }, write);
  process.stdout.write(`${benchTable(file)}\n\n`);
  for (const note of benchNotes(file)) process.stdout.write(`${note}\n`);
  process.stdout.write('results in reports/bench.json\n');
  if (values.docs && !interrupted.signal.aborted) await writePages(file, project);
} catch (error) {
  const wrongUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof UserError) && !wrongUsage) throw error;
  say(`bench: ${(error as Error).message}`);
  process.exitCode = error instanceof UserError ? error.exitCode : 2;
}
// A connection of a peer that stays open must not keep the process.
setTimeout(() => process.exit(), 1_000).unref();
