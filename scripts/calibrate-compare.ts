/**
 * How often `bindgate compare` is wrong, measured: run by hand; what came of it stands in docs/compare.md.
 *
 *     calibrate-compare record FILE [BLOCKS]        windows of servers that differ by a known share, once (150 blocks: 42 minutes)
 *     calibrate-compare draw FILE [COMPARISONS]     comparisons drawn from these windows, decided as the command decides
 *     calibrate-compare end-to-end FILE [OF-EACH]   whole comparisons with the command itself, added to FILE (10 of each: 45 minutes)
 */
import { ensureK6, k6Places } from '../load/run/k6-binary.ts';
import { drawComparisons } from './calibrate/draw.ts';
import { compareEndToEnd } from './calibrate/end-to-end.ts';
import { recordCalibration } from './calibrate/record.ts';
import { tallyTable } from './calibrate/tally.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const [command, file, number] = process.argv.slice(2);
const count = number === undefined ? undefined : Number(number);
if (file === undefined || !['record', 'draw', 'end-to-end'].includes(command ?? '')) {
  say('usage: calibrate-compare record|draw|end-to-end FILE [COUNT]');
  process.exitCode = 2;
} else if (command === 'record') {
  const k6 = await ensureK6(k6Places(say, interrupted.signal));
  await recordCalibration(file, count ?? 150, k6, interrupted.signal, say);
} else if (command === 'draw') {
  const { about, tallies } = await drawComparisons(file, count ?? 100);
  say(`${about}\n\n${tallyTable(tallies)}`);
} else {
  say(tallyTable(await compareEndToEnd(file, count ?? 10, interrupted.signal, say)));
}
