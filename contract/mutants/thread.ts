import { Worker } from 'node:worker_threads';
import type { Elsewhere } from './detect.ts';
import type { VariantResult } from './run.ts';

/** What the thread is told. Servers are made of functions, which cannot travel: they are named, and are in its menu too. */
export type ThreadTask = { readonly variants: readonly string[]; readonly seed: number };

/** What it tells, for each variant. */
export type ThreadNews = { readonly id: string; readonly alarms: VariantResult['alarms'] };

/** Runs variants of the menu in a thread of its own: a run of all cases keeps one core busy for a second. */
export function inThread(seed = 42): Elsewhere {
  return (variants, onResult, signal) => {
    if (variants.length === 0 || signal.aborted) return Promise.resolve();
    const workerData: ThreadTask = { variants: variants.map(({ id }) => id), seed };
    const worker = new Worker(new URL('./thread-entry.ts', import.meta.url), { workerData });
    const stop = (): void => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', ({ id, alarms }: ThreadNews) => {
      const variant = variants.find((given) => given.id === id);
      if (variant !== undefined) onResult({ variant, alarms });
    });
    return new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
    });
  };
}
