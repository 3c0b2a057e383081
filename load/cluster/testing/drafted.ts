import { createStatesClient } from '../../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../../contract/targets/url.ts';
import { goodFixture, httpServer, type TestServer } from '../../../contract/testing/servers.ts';
import { operation as device } from '../../../spec/pure-bt/operation.ts';
import { defaultObjectives } from '../../judge/objectives.ts';
import type { Network } from '../../run/k6-environment.ts';
import { bindingServer, onlyPlain, profileWith, siteAt } from '../../testing/with-k6.ts';
import { type ClusterDraft, type ClusterOrder, draftForCluster } from '../cluster-draft.ts';

const order: ClusterOrder = {
  profile: profileWith('smoke', 60, 1),
  mix: onlyPlain,
  objectives: defaultObjectives,
  parallelism: 3,
  outputs: [],
  namespace: 'load-tests',
};
const kept = async (): Promise<void> => undefined;

/** Drafts a run against a server and a states endpoint, which records the actions it was asked for. */
export async function draftWith(
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
  const client = createStatesClient({ operation: device, url: states.url });
  await using target = openUrlTarget({ baseUrl: server.url, timeoutMs: 700 }, client);
  const { signal } = new AbortController();
  const drafting = draftForCluster(siteAt(target, { network }), { ...order, ...change }, signal, keep);
  return { draft: await drafting.catch((error: Error) => error), actions };
}

/** A draft against a server that binds everything. */
export async function draftAgainstServer(
  change: Partial<ClusterOrder> = {},
  network: Network = {},
): Promise<ClusterDraft> {
  await using server = await bindingServer();
  const { draft } = await draftWith({ server, network }, change);
  if (draft instanceof Error) throw draft;
  return draft;
}
