import { Worker } from 'node:worker_threads';
import type { Dialect } from '../../spec/dialect.ts';
import type { Judged, JudgeOptions } from './judge-exchange.ts';
import type { Proxied } from './start-proxy.ts';

/** What a thread judges with. The operation has functions, which cannot be sent to a thread, so it imports them. */
export type ThreadTask = Pick<JudgeOptions, 'module' | 'fixtures' | 'showSecrets'> & {
  readonly settings: Omit<Dialect, 'operation'>;
};

const mostWaiting = 200;

/**
 * Starts a thread that judges exchanges: to explain one wrong request can take a second, and no other request should wait for
 * it. `judge` judges one after the other; it is undefined if too many are waiting, and rejects if the thread breaks. Disposal
 * waits for the exchanges that were accepted.
 */
export function startJudgeThread(
  { module }: Pick<JudgeOptions, 'module'>,
  { operation: _, ...settings }: Dialect,
  given: Pick<ThreadTask, 'fixtures' | 'showSecrets'>,
): AsyncDisposable & { readonly judge: (proxied: Proxied) => Promise<Judged> | undefined } {
  const task: ThreadTask = { module, settings, ...given };
  const worker = new Worker(new URL('./judge-thread-entry.ts', import.meta.url), { workerData: task });
  const waiting: PromiseWithResolvers<Judged>[] = [];
  let broken: Error | undefined;
  worker.on('error', (error) => {
    broken = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  worker.on('message', (judged: Judged) => waiting.shift()?.resolve(judged));
  return {
    judge: (proxied) => {
      if (broken !== undefined) return Promise.reject(broken);
      if (waiting.length >= mostWaiting) return undefined;
      const result = Promise.withResolvers<Judged>();
      waiting.push(result);
      worker.postMessage(proxied);
      return result.promise;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(waiting.map(({ promise }) => promise));
      await worker.terminate();
    },
  };
}
