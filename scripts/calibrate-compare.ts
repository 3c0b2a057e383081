/**
 * `npm run calibrate`: measures how often `bindgate compare` (on a quiet machine) and the timing cases are wrong; docs/compare.md and
 * docs/cases.md have the results.
 *
 *     npm run calibrate -- --quick                     record 15 blocks and draw 100 comparisons: 5 minutes
 *     npm run calibrate -- record FILE [BLOCKS]        record windows of servers with known differences (150 blocks: 42 minutes)
 *     npm run calibrate -- draw FILE [COMPARISONS]     comparisons drawn from these windows, decided like the command does
 *     npm run calibrate -- end-to-end FILE [OF-EACH]   complete comparisons with the command itself, added to FILE (10 of each: 45 minutes)
 *     npm run calibrate -- timing [OF-EACH]            timing cases without and with planted delays of 0.5 ms (100 of each: 5 minutes)
 */
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureK6, k6Places } from '../load/run/k6-binary.ts';
import { drawComparisons } from './calibrate/draw.ts';
import { compareEndToEnd } from './calibrate/end-to-end.ts';
import { recordCalibration } from './calibrate/record.ts';
import { tallyTable } from './calibrate/tally.ts';
import { runTimings, simulateTimings } from './calibrate/timing.ts';
import { operations } from './operations.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const commands: Readonly<Record<string, (file: string, count?: number) => Promise<void>>> = {
  record: (file, count = 150) => record(file, count),
  draw: (file, count = 100) => draw(file, count),
  'end-to-end': async (file, count = 10) =>
    say(tallyTable(await compareEndToEnd(file, count, interrupted.signal, say))),
};
const [command = '', file = '', number] = process.argv.slice(2);
const ofEach = file === '' ? 100 : Number(file);
if (command === '--quick') {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-calibrate-'));
  await record(join(folder.path, 'windows.json'), 15);
  if (!interrupted.signal.aborted) await draw(join(folder.path, 'windows.json'), 100);
} else if (command === 'timing' && Number.isInteger(ofEach) && ofEach > 0) {
  await calibrateTiming();
} else if (file !== '' && command in commands) {
  await commands[command]?.(file, number === undefined ? undefined : Number(number));
} else {
  say('usage: npm run calibrate -- --quick, record|draw|end-to-end FILE [COUNT], or timing [COUNT]');
  process.exitCode = 2;
}

async function calibrateTiming(): Promise<void> {
  say(`${tallyTable(simulateTimings(ofEach * 10))}\n`);
  say(tallyTable(await runTimings(operations[0], ofEach, interrupted.signal, say)));
}

async function record(to: string, blocks: number): Promise<void> {
  const k6 = await ensureK6(k6Places(say, interrupted.signal));
  await recordCalibration(to, blocks, k6, interrupted.signal, say);
}

async function draw(from: string, comparisons: number): Promise<void> {
  const { about, tallies } = await drawComparisons(from, comparisons);
  say(`${about}\n\n${tallyTable(tallies)}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
