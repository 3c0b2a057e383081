/**
 * Sends recorded requests to a server on some connections, as fast as it answers, and reads every answer. It judges nothing:
 * the time of a verification cannot be less.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { eachAtOnce } from '../../../contract/run/each-at-once.ts';
import type { ApiRequest } from '../../../spec/http.ts';

const [file = '', url = '', connections = '12'] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const recorded: readonly (Omit<ApiRequest, 'body'> & { readonly body: string })[] = JSON.parse(
  readFileSync(file, 'utf8'),
);
const requests = recorded.map(({ method, path, headers, body: base64 }) => {
  const body = Buffer.from(base64, 'base64');
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-length').flat();
  return {
    method,
    path,
    body,
    headers: [...others, 'Connection', 'keep-alive', 'Content-Length', String(body.length)],
  };
});
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const started = performance.now();
const before = process.cpuUsage();
let failed = 0;

await eachAtOnce(
  requests,
  Number(connections),
  new AbortController().signal,
  async ({ method, path, headers, body }) => {
    await new Promise<void>((resolve) => {
      const sending = request({ agent, hostname, port, method, path, headers, maxHeaderSize: 64 * 1024 });
      sending.on('response', (answer) => answer.resume().on('close', resolve));
      sending.on('error', () => {
        failed += 1;
        resolve();
      });
      sending.end(body);
    });
  },
);
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, failed }));
agent.destroy();
