/** The thread's own side: runs the variants it was named, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { cases } from '../cases/menu.ts';
import { openLab, runVariant } from './run.ts';
import type { ThreadNews, ThreadTask } from './thread.ts';
import { variants } from './variants/menu.ts';

const { variants: named, seed } = workerData as ThreadTask;
const lab = await openLab({ cases, seed });
for (const variant of variants.filter(({ id }) => named.includes(id))) {
  const { alarms } = await runVariant(variant, lab);
  parentPort?.postMessage({ id: variant.id, alarms } satisfies ThreadNews);
}
