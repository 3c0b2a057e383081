/**
 * How often `bindgate compare` is wrong, measured; run by hand, results stand in docs/compare.md.
 *
 *     calibrate-compare record FILE [BLOCKS]     windows of servers that differ by a known share, once (150 blocks: 40 minutes)
 */
import { ensureK6, k6Places } from '../load/k6-binary.ts';
import { recordCalibration } from './calibrate/record.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const [command, file, count] = process.argv.slice(2);
if (command === 'record' && file !== undefined) {
  const k6 = await ensureK6(k6Places(say, interrupted.signal));
  await recordCalibration(file, Number(count ?? 150), k6, interrupted.signal, say);
} else {
  say('usage: calibrate-compare record FILE [BLOCKS]');
  process.exitCode = 2;
}
