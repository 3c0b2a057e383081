import { Worker } from 'node:worker_threads';
import type { RightResult, RightServer } from './run-mutant.ts';

/** What a thread is told. Servers are made of functions, which cannot travel: it imports the set and finds them by name. */
export type ThreadTask = { readonly module: string; readonly servers: readonly RightServer[]; readonly seed: number };

/** Runs servers that are right in a thread of their own; reports each when it is done, and ends early when interrupted. */
export async function runInThread(
  task: ThreadTask,
  signal: AbortSignal,
  onResult: (result: RightResult) => void,
): Promise<void> {
  if (task.servers.length === 0 || signal.aborted) return;
  const worker = new Worker(new URL('./thread-entry.ts', import.meta.url), { workerData: task });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  worker.on('message', onResult);
  await new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));
  signal.removeEventListener('abort', stop);
}
