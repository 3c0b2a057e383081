import { Worker } from 'node:worker_threads';
import type { RightResult, RightServer } from './run-mutant.ts';

/** The task of a thread. Functions cannot be sent to a thread, so it imports the set and finds the servers by name. */
export type ThreadTask = { readonly module: string; readonly servers: readonly RightServer[]; readonly seed: number };

/** Runs conforming servers in another thread. Reports each result, and ends early if interrupted. */
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
