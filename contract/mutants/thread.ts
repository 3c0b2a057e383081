import { Worker } from 'node:worker_threads';
import type { Elsewhere } from './detect.ts';
import type { RightResult, RightServer } from './run.ts';

/** What the thread is told. Servers are made of functions, which cannot travel: it imports the set and finds them by name. */
export type ThreadTask = { readonly module: string; readonly servers: readonly RightServer[]; readonly seed: number };

/** Runs servers that are right in a thread of its own: a run of all cases keeps one core busy for a second. */
export const inThread: Elsewhere = async (servers, { set: { module }, seed, signal, onResult }) => {
  if (servers.length === 0 || signal.aborted) return;
  const workerData: ThreadTask = { module, servers, seed };
  const worker = new Worker(new URL('./thread-entry.ts', import.meta.url), { workerData });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', (result: RightResult) => onResult(result));
  await new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));
  signal.removeEventListener('abort', stop);
};
