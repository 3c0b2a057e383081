/** Runs Prism's validation proxy between the suite and the reference server, as an independent check of the contract. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import type { ApiResponse } from '../../../spec/http.ts';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { requestProblems } from '../../../spec/pure-bt/validate.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { cases } from '../../pure-bt/cases/all-cases.ts';
import { openReferenceTarget } from '../../pure-bt/targets/reference.ts';
import type { CaseResult } from '../../run/outcome.ts';
import { runContract } from '../../run/run-contract.ts';
import { tcpServer } from '../../testing/servers.ts';
import { createHttpClient } from '../http-client.ts';

/** Prism takes 5 ms for a request, so invalid requests go past it as soon as it has found so many violations in others. */
const enoughObjections = 20;

type Proxy = AsyncDisposable & { readonly url: string };

async function startProxy(upstream: string): Promise<Proxy> {
  const port = await freePort();
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const args = [prism, 'proxy', '--port', String(port), openApiPath, upstream];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => piece.includes('is listening') && resolve());
    child.on('close', (code) => reject(new Error(`prism ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  await using server = await tcpServer(() => undefined);
  return server.port;
}

test('sends no valid request that Prism calls a violation', { timeout: 60_000 }, async () => {
  await using reference = await openReferenceTarget();
  await using proxy = await startProxy(reference.url);
  await using client = createHttpClient({ baseUrl: proxy.url });
  const violations: string[] = [];
  let valid = 0;
  let objections = 0;
  const target = {
    ...reference,
    url: proxy.url,
    send: async (...[request, signal]: Parameters<typeof client.send>) => {
      const body = request.body instanceof Uint8Array ? parseJson(request.body) : { problem: 'in pieces' };
      const authorized = request.headers.some(([name, value]) => name === 'authorization' && /^Bearer \S/.test(value));
      const isValid = 'value' in body && requestProblems(body.value).length === 0 && authorized;
      if (!isValid && objections > enoughObjections) return reference.send(request, signal);
      const exchange = await client.send(request, signal);
      const found = exchange.kind === 'answer' ? readViolations(exchange.response) : [];
      if (isValid) {
        valid += 1;
        violations.push(...found);
      } else objections += found.length;
      return exchange;
    },
    // The reference server has its own `await using`.
    [Symbol.asyncDispose]: async () => undefined,
  };
  // Each form of a valid request, and every second request that is valid but has another code.
  const readable = cases.filter(({ strains, alone, property }) => !strains && !alone && property === undefined);
  const some = readable.filter(({ id }, at) => id.startsWith('bind/') || at % 2 === 0);
  const run = await runContract({ target, cases: some, dialect: defaultDialect, seed: 42, concurrency: 4 });
  expect(violations).toEqual([]);
  expect(valid).toBeGreaterThan(100);
  // Prism does object to invalid requests, so the empty list above means something.
  expect(objections).toBeGreaterThan(enoughObjections);
  // The proxy sometimes loses its connection to the server. That says nothing about the request.
  const brokenOff = ({ attempts }: CaseResult): boolean =>
    attempts.some(({ received }) => received.preview.includes('FetchError'));
  const refused = run.results.filter(({ outcome, case: { id } }) => outcome !== 'passed' && id.startsWith('bind/'));
  expect(refused.filter((result) => !brokenOff(result))).toEqual([]);
  expect(refused.length).toBeLessThan(5);
});

function readViolations({ headers }: ApiResponse): readonly string[] {
  return headers.filter(([name]) => name.toLowerCase() === 'sl-violations').map(([, value]) => value.slice(0, 300));
}
