import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Docker, Engine } from './engine.ts';

/** The label of every container and network of a run. Its value is the id of the run. */
export const runLabel = 'bindgate.run';

/**
 * Creates the network of a run, in which its containers reach each other by name. Resolves to the host where ports are
 * published: loopback only if the engine is on this machine, because an engine's default is every interface.
 */
export async function createNetwork(engine: Engine, name: string, run: string): Promise<string> {
  const { host } = engine.info.containerRuntime;
  const network = { Name: name, Driver: 'bridge', Labels: { [runLabel]: run } };
  if (host === 'localhost' || (await isOurs(host))) {
    const onLoopback = { ...network, Options: { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' } };
    // Only Docker knows this option, so another engine may refuse it.
    const created = await engine.network.create(onLoopback).catch(() => undefined);
    if (created !== undefined) return '127.0.0.1';
  }
  await engine.network.create(network);
  return host;
}

/**
 * Whether an address belongs to this machine, found out by listening there. On a machine with /.dockerenv, testcontainers
 * returns the gateway of the bridge. In a container that address is not local, on the engine's own machine it is.
 * The list of interfaces is not enough: Node leaves out a bridge without a running container.
 */
function isOurs(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, host, () => server.close(() => resolve(true)));
  });
}

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
