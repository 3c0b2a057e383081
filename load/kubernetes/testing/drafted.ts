import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../../contract/targets/url.ts';
import type { TestServer } from '../../../contract/testing/servers.ts';
import { goodFixture, httpServer } from '../../../contract/testing/servers.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import type { Network } from '../../network.ts';
import { defaultObjectives } from '../../objectives.ts';
import { profiles } from '../../profiles.ts';
import { plain } from '../../pure-bt/workloads.ts';
import type { ClusterDraft, ClusterOrder } from '../draft.ts';
import { draftForCluster } from '../draft.ts';

const [smoke] = profiles;
if (smoke === undefined) throw new Error('no profile');
const order: ClusterOrder = {
  profile: { ...smoke, rate: 60, seconds: 1 },
  mix: [{ workload: plain, weight: 1 }],
  objectives: defaultObjectives,
  parallelism: 3,
  namespace: 'load-tests',
};
const signal = new AbortController().signal;
const kept = async (): Promise<void> => undefined;
const bound = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';

/** Drafts an order against a server and a states endpoint, which says what it was asked. */
export async function drafted(
  {
    server,
    token = goodFixture(1).token,
    keep = kept,
    network = {},
  }: { server: TestServer; token?: string; keep?: typeof kept; network?: Network },
  change: Partial<ClusterOrder> = {},
): Promise<{ draft: ClusterDraft | Error; actions: readonly string[] }> {
  const actions: string[] = [];
  await using states = await httpServer((_request, response, body) => {
    const { action } = JSON.parse(body) as { action: string };
    actions.push(action);
    const fixture = { ...goodFixture(actions.length), token };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(action === 'setup' ? fixture : {}));
  });
  const options = { baseUrl: server.url, timeoutMs: 700 };
  await using target = openUrlTarget(options, createStatesClient({ operation, url: states.url }));
  const session = { target, dialect: defaultDialect, timeoutMs: 700, signal, network };
  const draft = await draftForCluster(session, { ...order, ...change }, keep).catch((error: Error) => error);
  return { draft, actions };
}

/** A draft against a server that binds everything. */
export async function made(change: Partial<ClusterOrder> = {}, network: Network = {}): Promise<ClusterDraft> {
  await using server = await capturing([]);
  const { draft } = await drafted({ server, network }, change);
  if (draft instanceof Error) throw draft;
  return draft;
}

/** A server that binds everything and keeps what it was sent. */
export function capturing(bodies: string[]): Promise<TestServer> {
  return httpServer((_request, response, body) => {
    bodies.push(body);
    response.setHeader('content-type', 'application/json').end(bound);
  });
}
