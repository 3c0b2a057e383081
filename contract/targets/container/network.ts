import { createServer } from 'node:net';
import type { Engine } from './engine.ts';
import { runLabel } from './remove.ts';

/**
 * Makes the network of a run, on which its containers meet by name. Resolves to the host where their ports are published:
 * loopback alone where the engine is this machine's, since an engine's default is every interface.
 */
export async function createNetwork(engine: Engine, name: string, run: string): Promise<string> {
  const { host } = engine.info.containerRuntime;
  const network = { Name: name, Driver: 'bridge', Labels: { [runLabel]: run } };
  if (host === 'localhost' || (await isOurs(host))) {
    const onLoopback = { ...network, Options: { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' } };
    // The option is Docker's own; another engine may refuse it.
    const created = await engine.network.create(onLoopback).catch(() => undefined);
    if (created !== undefined) return '127.0.0.1';
  }
  await engine.network.create(network);
  return host;
}

/**
 * Whether an address is one of this machine's own, by listening there. testcontainers takes a machine with a /.dockerenv for
 * a container and names the gateway of its bridge; a container does not hold that address, the engine's own machine does.
 * The list of interfaces does not tell: Node leaves out a bridge on which nothing runs yet.
 */
function isOurs(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, host, () => server.close(() => resolve(true)));
  });
}
