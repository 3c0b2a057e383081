import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { type Recording, recordWindows } from '../../load/compare/record.ts';
import type { K6 } from '../../load/run/k6-binary.ts';
import { startNullServer } from '../../load/run/null-server.ts';
import { atServer, openProduct, siteOf } from '../../load/run/product.ts';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import { type ServerProcess, startServer } from '../benchmarks/run-process.ts';
import { operations } from '../operations.ts';
import { writeWhole } from '../reports/files.ts';

/** A, the same server in another process, and two servers that are slower by a known share. */
export const conditions: readonly { readonly name: string; readonly slower: number }[] = [
  { name: 'A', slower: 0 },
  { name: "A'", slower: 0 },
  { name: 'B5', slower: 0.05 },
  { name: 'B10', slower: 0.1 },
];

/** Index of the null server among the sides of a chunk. */
export const floorSide: number = conditions.length;

/** One k6 run of the calibration; its first windows warm up every side and measure the noise floor. */
export type Chunk = Recording & { readonly startedAt: string; readonly loadAverage: number };

/** The file that `calibrate-compare record` writes. */
export type Recorded = {
  readonly schema: 'bindgate.calibration/1';
  readonly rate: number;
  readonly windowSeconds: number;
  /** The delays of A: their median in milliseconds, and the standard deviation of their logarithm. */
  readonly medianMs: number;
  readonly spread: number;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string; readonly k6: string };
  readonly chunks: readonly Chunk[];
};

/** Windows at the beginning of a chunk that no comparison uses: one of each side, then the noise floor. */
export const leadingWindows: number = conditions.length + 1;

/** Windows of one block: every condition twice, mirrored, so that each pair of conditions forms ABBA or BAAB. */
export const blockWindows: number = conditions.length * 2;

/** The sides of the windows of a chunk. From block to block, the conditions change places. */
export function chunkOrder(firstBlock: number, blocks: number): readonly number[] {
  const all = conditions.map((_, index) => index);
  const ofBlocks = Array.from({ length: blocks }, (_, index) => {
    const turn = (firstBlock + index) % all.length;
    const rotated = [...all.slice(turn), ...all.slice(0, turn)];
    // Each rotation forwards, then backwards, so that no condition comes first more often than another.
    const half = Math.floor((firstBlock + index) / all.length) % 2 === 0 ? rotated : rotated.reverse();
    return [...half, ...[...half].reverse()];
  });
  return [...all, floorSide, ...ofBlocks.flat()];
}

const rate = 200;
const windowSeconds = 2;
/** Median delay of A in milliseconds. */
const medianMs = 5;
/** Standard deviation of the logarithm of every delay; a p99 is then 1.8 times the median. */
const spread = 0.25;
/** Four minutes, which is the most that an interruption can lose. */
const blocksPerChunk = 15;

/**
 * Records windows of every condition in one session, and rewrites the file after every chunk.
 * An existing file is continued.
 */
export async function recordCalibration(
  file: string,
  blocks: number,
  k6: K6,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  const chunks = before === undefined ? [] : [...(JSON.parse(before) as Recorded).chunks];
  await using stack = new AsyncDisposableStack();
  const [chosen] = operations;
  const { operation: device } = await chosen.operation();
  const operation = (await chosen.load()).loadOperation(makeDefaultDialect(device));
  const sides = await Promise.all(
    conditions.map(async ({ slower }) => {
      const { url } = stack.use(await startSlowServer(slower, signal));
      const states = createStatesClient({ operation: device, url: `${url}/_states` });
      return openProduct(siteOf(operation, openUrlTarget({ baseUrl: url }, states)), [], signal);
    }),
  );
  const nothing = stack.use(await startNullServer(operation.success));
  const everySide = [...sides, ...sides.slice(0, 1).map((side) => atServer(side, nothing.url))];
  for (let block = chunks.length * blocksPerChunk; block < blocks && !signal.aborted; block += blocksPerChunk) {
    const startedAt = new Date().toISOString();
    const order = chunkOrder(block, blocksPerChunk);
    const generator = { k6, processes: 1, outputs: [], signal };
    const recording = await recordWindows(generator, everySide, { order, rate, windowSeconds });
    if (recording.interrupted) return;
    const [loadAverage = 0] = loadavg();
    chunks.push({ ...recording, startedAt, loadAverage });
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      node: process.version,
      k6: k6.version,
    };
    const recorded: Recorded = {
      schema: 'bindgate.calibration/1',
      rate,
      windowSeconds,
      medianMs,
      spread,
      machine,
      chunks,
    };
    await writeWhole(file, `${JSON.stringify(recorded)}\n`);
    say(
      `${startedAt}  block ${block + blocksPerChunk} of ${blocks}: ${recording.requests} requests, ${recording.dropped} dropped, generator ${recording.generatorCpu?.toFixed(2)} cores, load ${loadAverage.toFixed(2)}`,
    );
  }
}

/** Starts a server in a process of its own that answers after a random delay. */
export function startSlowServer(slower: number, signal: AbortSignal): Promise<ServerProcess> {
  const file = join(import.meta.dirname, 'slow-server.ts');
  return startServer([file, String(medianMs * (1 + slower)), String(spread)], signal);
}
