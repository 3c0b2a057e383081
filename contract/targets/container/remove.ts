import { setTimeout as pause } from 'node:timers/promises';
import type { Docker } from './engine.ts';

/** The label of every container and network of a run. Its value is the id of the run. */
export const runLabel = 'bindgate.run';

/** Removes everything with the label of a run. Resolves to true if nothing is left. */
export async function removeRun(docker: Docker, run: string, rounds = 25): Promise<boolean> {
  const filters = { label: [`${runLabel}=${run}`] };
  // A network can be removed only after its last container. A container that is being removed answers 409 for a moment.
  for (let round = 0; round < rounds; round += 1) {
    const containers = await docker.listContainers({ all: true, filters });
    const removing = containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }));
    await Promise.allSettled(removing);
    const networks = await docker.listNetworks({ filters });
    if (containers.length === 0 && networks.length === 0) return true;
    await Promise.allSettled(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
    if (round > 0) await pause(200);
  }
  return false;
}
