import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { recordWindows } from '../../load/compare/record.ts';
import type { K6 } from '../../load/k6-binary.ts';
import { startNullServer } from '../../load/null-server.ts';
import { operationPath } from '../../spec/pure-bt/path.ts';
import { writeWhole } from '../reports/files.ts';
import type { Recorded } from './recorded.ts';
import { chunkOrder, conditions } from './recorded.ts';
import { startSlowServer } from './slow-servers.ts';

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
  await using servers = new AsyncDisposableStack();
  const started = await Promise.all([
    ...conditions.map(({ slower }) => startSlowServer(medianMs * (1 + slower), spread)),
    startNullServer(),
  ]);
  for (const server of started) servers.use(server);
  const sides = started.map(({ url }) => ({
    url: url + operationPath,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer head.payload.signature' },
    product: {
      pk: 'p1slow',
      ps: 'productsecret-16',
      bindingCode: '0123456789ABCDEF',
      bindingSecret: 'bindingSecretNew1',
      oldBindingSecret: 'bindingSecretOld1',
      userDomainSecret: 'userDomainSecretOfNobody',
    },
  }));
  for (let block = chunks.length * blocksPerChunk; block < blocks && !signal.aborted; block += blocksPerChunk) {
    const startedAt = new Date().toISOString();
    const order = chunkOrder(block, blocksPerChunk);
    const recording = await recordWindows({
      k6,
      sides,
      order,
      rate,
      windowSeconds,
      timeoutMs: 10_000,
      signedBindingCode: 'transmitted',
      signal,
    });
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
