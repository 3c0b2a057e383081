/** The thread's own side: runs the servers it was told, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { cases } from '../pure-bt/cases/menu.ts';
import { drawServer } from '../pure-bt/mutants/readings/draw.ts';
import { variants } from '../pure-bt/mutants/variants/menu.ts';
import { openLab, runServer, runVariant } from './run.ts';
import type { ThreadNews, ThreadTask } from './thread.ts';

const { variants: named, servers, seed } = workerData as ThreadTask;
const lab = await openLab({ cases, seed });
for (const variant of variants.filter(({ id }) => named.includes(id))) {
  const { alarms } = await runVariant(variant, lab);
  parentPort?.postMessage({ id: variant.id, alarms } satisfies ThreadNews);
}
for (const at of servers) parentPort?.postMessage((await runServer(drawServer(seed, at), lab)) satisfies ThreadNews);
