/** The code of the thread: judges each exchange that it gets, and sends the result back. */
import { parentPort, workerData } from 'node:worker_threads';
import { judgeExchange } from './judge-exchange.ts';
import type { ThreadTask } from './judge-thread.ts';
import type { RequestCheck } from './remark.ts';
import type { Proxied } from './start-proxy.ts';

const { module, settings, fixtures, showSecrets } = workerData as ThreadTask;
const check = (await import(module)) as RequestCheck;
const dialect = { ...settings, operation: check.operation };
parentPort?.on('message', (proxied: Proxied) => {
  parentPort?.postMessage(judgeExchange(proxied, { ...check, dialect, fixtures, showSecrets }));
});
