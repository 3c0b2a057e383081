import { Worker } from 'node:worker_threads';
import type { RightResult } from './run-mutant.ts';

/**
 * Runs conforming servers in another thread. Reports each result, and ends early if interrupted. Functions cannot be sent to a
 * thread, so it imports the set and finds the servers by name.
 */
export async function runInThread(
  task: { readonly module: string; readonly servers: readonly RightResult['server'][]; readonly seed: number },
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
