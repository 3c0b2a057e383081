/** The code of the thread: runs its servers one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MutantSet } from './mutant.ts';
import { runRight } from './run-mutant.ts';
import type { runInThread } from './thread.ts';

const { module, servers, seed } = workerData as Parameters<typeof runInThread>[0];
const { mutantSet } = (await import(module)) as { readonly mutantSet: MutantSet };
const lab = { set: mutantSet, seed, signal: AbortSignal.any([]) };
for (const server of servers) parentPort?.postMessage(await runRight(server, lab));
