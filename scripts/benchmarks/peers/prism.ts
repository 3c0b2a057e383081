import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { namedRequests } from '../../../contract/pure-bt/payload.ts';
import { createHttpClient } from '../../../contract/targets/http-client.ts';
import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import { freePort } from '../../../load/run/k6-process.ts';
import { type Fixture, stateNames } from '../../../spec/family/states.ts';
import { headerValue } from '../../../spec/http.ts';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { type Bench, Unmeasured } from '../row.ts';
import { project, type ServerProcess, startServer } from '../run-process.ts';

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
  return startServer(args, signal, waitUntilListening(`http://127.0.0.1:${port}`));
}

async function waitUntilListening(url: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await fetch(url).catch(() => undefined)) !== undefined) return url;
    await wait(100);
  }
  throw new Unmeasured(`Prism did not listen at ${url} within 20 s`);
}

/**
 * Sends a server signed traffic through Prism's proxy, and returns how many answers break the schema. Prism sends nothing
 * itself, so it gets the best there is: every correct form and every fault with a device of its own, and a correct request
 * in every state. Prism validates no requests: the faults are intended.
 */
export async function countViolations(proxy: string, statesUrl: string): Promise<number> {
  await using client = createHttpClient({ baseUrl: proxy });
  await using states = createStatesClient({ url: statesUrl, operation });
  const random = seededRandom(1, 'bench', 'prism');
  let violations = 0;
  const send = async (state: string, changes: Parameters<typeof buildRequest>[1]): Promise<void> => {
    const setup = await states.setup(state);
    if (setup.kind !== 'ready') return;
    const context = { fixture: setup.fixture as Fixture, dialect: defaultDialect, random, keys: {} };
    const sent = await client.send(buildRequest(context, changes).http);
    if (sent.kind === 'no-answer' || breaksSchema(headerValue(sent.response.headers, 'sl-violations'))) violations += 1;
  };
  for (const named of namedRequests()) {
    // A few faults need keys of the platform, which no proxy has.
    if (named.needs === undefined) await send(operation.readyState, named.changes);
  }
  for (const state of stateNames) await send(state, []);
  return violations;
}

/** Prism reports a missing token even if it validates no requests. A list that is too long is cut at its end. */
function breaksSchema(violations: string | undefined): boolean {
  return violations?.includes('"location":["response"') === true;
}
