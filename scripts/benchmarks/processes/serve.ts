/**
 * A server for comparisons; it prints its URL. `echo` is Fastify alone: it reads the JSON and sends it back. `headers` and
 * `nested` are the embedded server with 1,000 headers in each answer, or with answers that are nested 20,000 levels deep. `mutant ID` and
 * `conforming NUMBER` are a broken server and a random conforming one. `null ONE-IN FILE` is the null server; at its end, it
 * writes one of so many bodies to a file.
 */
import { writeFileSync } from 'node:fs';
import fastify from 'fastify';
import { buildServer, drawServer } from '../../../contract/mutants/draw.ts';
import { serverNamed } from '../../../contract/mutants/named.ts';
import { mutantSet } from '../../../contract/pure-bt/mutants/set.ts';
import { embeddedTokenKey, startReference } from '../../../contract/pure-bt/targets/reference.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { startNullServer } from '../../../load/run/null-server.ts';
import type { Wire } from '../../../spec/http.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { serverSeed } from '../sampled-servers.ts';

const [mode = '', name = '', file = ''] = process.argv.slice(2);
const levels = 20_000;
const nested = Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);
const headers = Array.from({ length: 1_000 }, (_, at) => [`x-header-${at}`, `value ${at}`] as const);

const wires: Readonly<Record<string, Wire>> = {
  plain: (handle) => handle,
  headers: (handle) => (request) => {
    const answer = handle(request);
    return { ...answer, headers: [...answer.headers, ...headers] };
  },
  nested: (handle) => (request) => ({ ...handle(request), body: nested }),
};

process.stdout.write(`${await start()}\n`);

async function start(): Promise<string> {
  if (mode === 'null') return startNull(Number(name));
  const tokenKey = await embeddedTokenKey();
  const wire = wires[mode];
  if (wire !== undefined) return (await startReference({ tokenKey, wire })).url;
  if (mode === 'mutant') return (await startReference({ tokenKey, ...serverNamed(mutantSet, name) })).url;
  if (mode === 'conforming') {
    const { correct } = mutantSet;
    const { override, ...difference } = buildServer(correct, drawServer(mutantSet, serverSeed, Number(name)));
    return (await startReference({ tokenKey, ...difference, behaviour: { ...correct, ...override } })).url;
  }
  const app = fastify({ logger: false });
  app.post('/*', (request, reply) => {
    reply.send(request.body);
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

async function startNull(oneIn: number): Promise<string> {
  let count = 0;
  const kept: string[] = [];
  const { url } = await startNullServer(loadOperation(defaultDialect).success, (body) => {
    count += 1;
    if (count % oneIn === 0) kept.push(body.toString());
  });
  process.once('SIGTERM', () => {
    writeFileSync(file, kept.join('\n'));
    process.exit();
  });
  return url;
}
