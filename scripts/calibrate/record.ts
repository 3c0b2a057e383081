import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import type { Recording, Side } from '../../load/compare/record.ts';
import { recordWindows } from '../../load/compare/record.ts';
import type { LoadOperation } from '../../load/operation.ts';
import type { K6 } from '../../load/run/k6-binary.ts';
import { startNullServer } from '../../load/run/null-server.ts';
import { openProduct } from '../../load/run/product.ts';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import { operations } from '../operations.ts';
import { writeWhole } from '../reports/files.ts';
import type { SlowServer } from './slow-server.ts';
import { startSlowServer } from './slow-server.ts';

/** A, its twin in another process, and two that are slower by a known share. */
export const conditions: readonly { readonly name: string; readonly slower: number }[] = [
  { name: 'A', slower: 0 },
  { name: "A'", slower: 0 },
  { name: 'B5', slower: 0.05 },
  { name: 'B10', slower: 0.1 },
];

/** The null server's index among the sides of a chunk. */
export const floorSide: number = conditions.length;

/** One k6 run of the calibration; its first windows warm up every side and measure the floor. */
export type Chunk = Recording & { readonly startedAt: string; readonly loadAverage: number };

/** The file that `calibrate-compare record` writes. */
export type Recorded = {
  readonly schema: 'bindgate.calibration/1';
  readonly rate: number;
  readonly windowSeconds: number;
  /** Of A's delays: their median in milliseconds, and the standard deviation of their logarithm. */
  readonly medianMs: number;
  readonly spread: number;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string; readonly k6: string };
  readonly chunks: readonly Chunk[];
};

/** Windows at the beginning of a chunk that no comparison is drawn from: one of each side, and the floor last. */
export const leadingWindows: number = conditions.length + 1;

/** Windows of one block: every condition twice, mirrored, so that each pair of conditions is an ABBA or a BAAB in it. */
export const blockWindows: number = conditions.length * 2;

/** The sides of a chunk's windows. From block to block, every condition takes every place in turn. */
export function chunkOrder(firstBlock: number, blocks: number): readonly number[] {
  const all = conditions.map((_, index) => index);
  const ofBlocks = Array.from({ length: blocks }, (_, index) => {
    const turn = (firstBlock + index) % all.length;
    const rotated = [...all.slice(turn), ...all.slice(0, turn)];
    // Each rotation forwards and backwards in turn: of any two conditions, neither comes first more often.
    const half = Math.floor((firstBlock + index) / all.length) % 2 === 0 ? rotated : rotated.reverse();
    return [...half, ...[...half].reverse()];
  });
  return [...all, floorSide, ...ofBlocks.flat()];
}

const rate = 200;
const windowSeconds = 2;
/** Of A: milliseconds. */
export const medianMs = 5;
/** Of every delay: the standard deviation of its logarithm; a p99 is then 1.8 times the median. */
export const spread = 0.25;
/** Four minutes: what an interruption can lose. */
const blocksPerChunk = 15;

/**
 * Records windows of every condition in one session, and writes the file anew after every chunk.
 * A file that stands already is continued.
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
  const servers = await Promise.all(conditions.map(({ slower }) => startSlowServer(medianMs * (1 + slower), spread)));
  for (const server of servers) stack.use(server);
  const sides = await Promise.all(servers.map((server) => sideAt(server, operation, device)));
  const [like] = sides;
  if (like === undefined) throw new Error('a calibration without a condition');
  const nothing = stack.use(await startNullServer(operation.success));
  const floor = { ...like, site: { ...like.site, target: { ...like.site.target, url: nothing.url } } };
  for (let block = chunks.length * blocksPerChunk; block < blocks && !signal.aborted; block += blocksPerChunk) {
    const startedAt = new Date().toISOString();
    const order = chunkOrder(block, blocksPerChunk);
    const generator = { k6, processes: 1, outputs: [], signal };
    const recording = await recordWindows(generator, [like, ...sides.slice(1), floor], { order, rate, windowSeconds });
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

async function sideAt({ url, statesUrl }: SlowServer, operation: LoadOperation, device: Operation): Promise<Side> {
  const target = openUrlTarget({ baseUrl: url }, createStatesClient({ operation: device, url: statesUrl }));
  const product = await openProduct(target, operation, [], new AbortController().signal);
  return { site: { operation, target, timeoutMs: 10_000, headers: {}, insecure: false, network: {} }, product };
}
