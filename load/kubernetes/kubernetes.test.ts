import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import type { TestServer } from '../../contract/testing/servers.ts';
import { goodFixture, httpServer, tcpServer } from '../../contract/testing/servers.ts';
import { writeSegment } from '../../generators/tokens.ts';
import { defaultDialect } from '../../spec/dialect.ts';
import { judgeRun } from '../judge.ts';
import { findK6, k6Places } from '../k6-binary.ts';
import { defaultObjectives } from '../objectives.ts';
import { profiles } from '../profiles.ts';
import { readShares } from '../read-shares.ts';
import type { Share } from '../share.ts';
import { loadExitCode } from '../verdict.ts';
import { plain } from '../workloads.ts';
import type { ClusterDraft, ClusterOrder } from './draft.ts';
import { draftForCluster } from './draft.ts';
import { clusterGuide } from './guide.ts';
import { crdComplaints } from './testing/crd.ts';
import type { PodCommand } from './testing/pod.ts';
import { initializerCommands, mountPod, runnerCommand } from './testing/pod.ts';

const [smoke] = profiles;
if (smoke === undefined) throw new Error('no profile');
const k6 = await findK6(k6Places(() => undefined));
const order: ClusterOrder = {
  profile: { ...smoke, rate: 60, seconds: 1 },
  mix: [{ workload: plain, weight: 1 }],
  objectives: defaultObjectives,
  parallelism: 3,
  namespace: 'load-tests',
};
const signal = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'bindgate-pods-'));
afterAll(() => rm(folder, { recursive: true }));
const kept = async (): Promise<void> => undefined;
const bound = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';
const customResource = new URL('../../../shared/data/k6.io_testruns.yaml', import.meta.url);

/** Drafts an order against a server and a states endpoint, which says what it was asked. */
async function drafted(
  { server, token = goodFixture(1).token, keep = kept }: { server: TestServer; token?: string; keep?: typeof kept },
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
  await using target = openUrlTarget(options, createStatesClient({ url: states.url }));
  const session = { target, dialect: defaultDialect, timeoutMs: 700, signal };
  const draft = await draftForCluster(session, { ...order, ...change }, keep).catch((error: Error) => error);
  return { draft, actions };
}

async function made(change: Partial<ClusterOrder> = {}): Promise<ClusterDraft> {
  await using server = await capturing([]);
  const { draft } = await drafted({ server }, change);
  if (draft instanceof Error) throw draft;
  return draft;
}

function capturing(bodies: string[]): Promise<TestServer> {
  return httpServer((_request, response, body) => {
    bodies.push(body);
    response.setHeader('content-type', 'application/json').end(bound);
  });
}

function tokenUntil(seconds: number): string {
  return `${writeSegment({ alg: 'RS256' })}.${writeSegment({ exp: Math.floor(Date.now() / 1_000) + seconds })}.signature`;
}

test('a cluster is given one TestRun, its scripts and its plan', async () => {
  const { manifests, cluster } = await made();
  const { scripts, secret, testRun } = manifests;
  expect([scripts, secret, testRun].map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual([
    ['v1', 'ConfigMap'],
    ['v1', 'Secret'],
    ['k6.io/v1alpha1', 'TestRun'],
  ]);
  expect(cluster.name).toMatch(/^bindgate-smoke-[a-z0-9]{9}$/);
  for (const { metadata } of [scripts, secret, testRun])
    expect(metadata).toMatchObject({ name: cluster.name, namespace: 'load-tests' });
  expect(testRun.spec).toMatchObject({
    parallelism: 3,
    args: ['--no-thresholds', '--no-color'],
    runner: { image: expect.stringMatching(/^grafana\/k6:\d+\.\d+\.\d+$/) },
  });
  expect(testRun.spec).not.toHaveProperty('cleanup');
  const data = scripts['data'] as Record<string, string>;
  for (const key of Object.keys(data)) expect(key).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
  expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(2 ** 20);
});

test.skipIf(!existsSync(customResource))('the TestRun is one by the custom resource of k6-operator', async () => {
  const { manifests } = await made({ image: 'example.org/k6@sha256:0' });
  expect(crdComplaints(customResource, 'v1alpha1', manifests.testRun)).toEqual([]);
  const { spec } = manifests.testRun;
  const wrong = { ...manifests.testRun, spec: { ...spec, parallelism: '3', runner: { ...spec.runner, volume: [] } } };
  expect(crdComplaints(customResource, 'v1alpha1', wrong)).toEqual([
    expect.stringContaining('/spec/parallelism must be integer'),
    expect.stringMatching(/^\/spec\/runner .*"additionalProperty":"volume"/),
  ]);
});

test('secrets stand in the Secret alone', async () => {
  const draft = await made();
  const { ps, userDomainSecret, bindingSecret, bindingCode, token } = goodFixture(1);
  const { scripts, secret, testRun } = draft.manifests;
  const plan = Buffer.from((secret['data'] as Record<string, string>)['plan.json'] ?? '', 'base64').toString();
  const open = `${JSON.stringify([scripts, testRun, draft.run])}${clusterGuide(draft)}`;
  for (const one of [ps, userDomainSecret, bindingSecret, bindingCode, token]) {
    expect(plan).toContain(one);
    expect(open).not.toContain(one);
    expect(open).not.toContain(Buffer.from(one).toString('base64'));
  }
});

test('what the initializer packs stays in memory', async () => {
  const { testRun } = (await made()).manifests;
  expect(testRun.spec).not.toHaveProperty('initializer');
  const { name } = testRun.spec.runner.volumeMounts.find(({ mountPath }) => mountPath === '/tmp') ?? {};
  expect(testRun.spec.runner.volumes).toContainEqual({ name, emptyDir: { medium: 'Memory' } });
});

test('a product that is drafted for stays set up', async () => {
  await using server = await capturing([]);
  const { draft, actions } = await drafted({ server, token: tokenUntil(7_200) });
  expect(draft).not.toBeInstanceOf(Error);
  expect(actions).toEqual(['setup']);
  expect(clusterGuide(draft as ClusterDraft)).toMatch(/The token lives until \d{4}-.*Z: start this by \d{4}-.*Z\./);
});

test('a token that names no day does not say when it ends', async () => {
  await using server = await capturing([]);
  const { draft } = await drafted({ server, token: `${writeSegment({})}.${writeSegment({ exp: 1e300 })}.signature` });
  expect(draft).toMatchObject({ tokenUntil: undefined });
  expect(clusterGuide(draft as ClusterDraft)).toContain('does not say how long it lives');
});

test.each<[string, Partial<Parameters<typeof drafted>[0]>, RegExp]>([
  ['a token that will not last', { token: tokenUntil(1) }, /lives until .*would outlive it/],
  ['files that cannot be written', { keep: () => Promise.reject(new Error('no room')) }, /no room/],
])('with %s nothing stays set up', async (_, order, message) => {
  await using server = await capturing([]);
  const { draft, actions } = await drafted({ server, ...order });
  expect(draft).toMatchObject({ message: expect.stringMatching(message) });
  expect(actions).toEqual(['setup', 'teardown']);
});

test('a server that does not answer is no target for a cluster', async () => {
  await using server = await tcpServer((socket) => socket.resetAndDestroy());
  const { draft, actions } = await drafted({ server });
  expect(draft).toMatchObject({ exitCode: 3, message: expect.stringMatching(/got no answer/) });
  expect(actions).toEqual(['setup', 'teardown']);
});

// CI brings k6 before it runs the tests, so nothing is skipped there.
describe.skipIf(k6 === undefined && process.env['CI'] === undefined)('with k6', () => {
  test('the pods of a run bind every device once, and their logs merge to one verdict', async () => {
    const bodies: string[] = [];
    await using server = await capturing(bodies);
    const { draft } = await drafted({ server });
    if (draft instanceof Error) throw draft;
    const { testRun } = draft.manifests;
    await mountPod(folder, draft.manifests);
    const [archive, inspect] = initializerCommands(folder, testRun);
    await ran(archive);
    const requirements = await ran(inspect);
    // The operator refuses more pods than VUs.
    expect((JSON.parse(requirements) as { maxVUs: number }).maxVUs).toBeGreaterThanOrEqual(3);
    bodies.length = 0;
    const logs = await podLogs(draft);
    const { ps, userDomainSecret, bindingSecret, token } = goodFixture(1);
    for (const secret of [ps, userDomainSecret, bindingSecret, token])
      expect(logs + requirements).not.toContain(secret);
    const shares = logs.flatMap((log, index) => readShares(`share-${index + 1}.log`, Buffer.from(log)));
    const results = judgeRun(shares as [Share, ...Share[]]);
    expect(results).toMatchObject({ reasons: [], processes: 3, lane: 'vu', dropped: 0 });
    expect(loadExitCode(results)).toBe(0);
    const devices = bodies.map((body) => (JSON.parse(body) as { dk: string }).dk);
    expect(devices.length).toBe(results.requests);
    expect(new Set(devices).size).toBe(devices.length);
    expect(results.codes).toEqual([{ code: 200, count: devices.length }]);
  });
});

async function ran({ args, env }: PodCommand): Promise<string> {
  const { stdout } = await promisify(execFile)(k6?.file ?? 'k6', [...args], { env: { HOME: folder, ...env } });
  return stdout;
}

/** Starts every runner of a draft, lets all go on as the operator's starter does, and returns what each said. */
async function podLogs({ cluster, manifests }: ClusterDraft): Promise<readonly string[]> {
  const runners = await Promise.all(
    Array.from({ length: cluster.parallelism }, async (_, index) => {
      const port = await freePort();
      const { args, env } = runnerCommand(folder, manifests.testRun, index + 1, port);
      const child = spawn(k6?.file ?? 'k6', args, { env: { HOME: folder, ...env } });
      let log = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (piece: Buffer) => (log += piece.toString()));
      const ended = new Promise<string>((resolve) => child.on('close', () => resolve(log)));
      return { status: `http://127.0.0.1:${port}/v1/status`, ended };
    }),
  );
  for (const { status } of runners) {
    while (!(await fetch(status).catch(() => undefined))?.ok) await wait(30);
  }
  const paused = JSON.stringify({
    data: { type: 'status', id: 'default', attributes: { paused: false, stopped: false } },
  });
  await Promise.all(runners.map(({ status }) => fetch(status, { method: 'PATCH', body: paused })));
  return Promise.all(runners.map(({ ended }) => ended));
}

async function freePort(): Promise<number> {
  await using server = await tcpServer(() => undefined);
  return server.port;
}
