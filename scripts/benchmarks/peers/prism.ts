import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import type { Bench } from '../row.ts';
import { Unmeasured } from '../row.ts';
import type { ServerProcess } from '../run-process.ts';
import { project, startServer } from '../run-process.ts';

const folder = join(project, 'node_modules', '@stoplight', 'prism-cli');

/**
 * Starts Prism on its own, with the contract and as its manual says: `mock` answers with an example and does not log;
 * `proxy` forwards to a server and names what breaks the schema of an answer in the header `sl-violations`.
 * @throws Unmeasured if Prism is not installed, or its port was taken in the meantime.
 */
export async function startPrism(
  { signal, uses }: Pick<Bench, 'signal' | 'uses'>,
  mode: 'mock' | { readonly proxyTo: string },
): Promise<ServerProcess> {
  try {
    uses('Prism', (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version);
  } catch {
    throw new Unmeasured('Prism is not installed: run npm ci');
  }
  const port = await freePort();
  const served =
    mode === 'mock' ? ['mock', openApiPath] : ['proxy', openApiPath, mode.proxyTo, '--validate-request', 'false'];
  const args = [join(folder, 'dist', 'index.js'), ...served, '--port', String(port), '--verboseLevel', 'silent'];
  // A silent Prism does not say when it listens.
  const url = `http://127.0.0.1:${port}`;
  return startServer(process.execPath, args, { signal, listening: waitUntilListening(port, url) });
}

async function waitUntilListening(port: number, url: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket
        .once('error', () => resolve(false))
        .once('close', () => resolve(false))
        .unref();
    });
    if (open) return url;
    await wait(100);
  }
  throw new Unmeasured(`Prism did not listen on port ${port} within 20 s`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
