import { Worker } from 'node:worker_threads';
import type { Elsewhere } from './detect.ts';
import type { Alarm, VariantResult } from './run.ts';

/** What the thread is told. Servers are made of functions, which cannot travel: they are named, or drawn again. */
export type ThreadTask = {
  readonly variants: readonly string[];
  readonly servers: readonly number[];
  readonly seed: number;
};

/** What it tells, for each variant and each random server. */
export type ThreadNews =
  | { readonly id: string; readonly alarms: VariantResult['alarms'] }
  | { readonly at: number; readonly alarms: readonly Alarm[] };

/** Runs variants and random servers in a thread of its own: a run of all cases keeps one core busy for a second. */
export function inThread(seed = 42): Elsewhere {
  return ({ variants, servers }, onResult, signal) => {
    if (variants.length + servers.length === 0 || signal.aborted) return Promise.resolve();
    const workerData: ThreadTask = { variants: variants.map(({ id }) => id), servers, seed };
    const worker = new Worker(new URL('./thread-entry.ts', import.meta.url), { workerData });
    const stop = (): void => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (news: ThreadNews) => {
      if ('at' in news) return onResult(news);
      const variant = variants.find((given) => given.id === news.id);
      if (variant !== undefined) onResult({ variant, alarms: news.alarms });
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
