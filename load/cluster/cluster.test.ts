import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tcpServer } from '../../contract/testing/servers.ts';
import { writeSegment } from '../../generators/tokens.ts';
import { k6Environment } from '../run/k6-environment.ts';
import { bindingServer } from '../testing/with-k6.ts';
import { type ClusterDraft, clusterGuide } from './cluster-draft.ts';
import { crdComplaints } from './testing/crd.ts';
import { draftAgainstServer, draftWith } from './testing/drafted.ts';

const customResource = new URL('../../../shared/data/k6.io_testruns.yaml', import.meta.url);

function tokenUntil(seconds: number): string {
  return `${writeSegment({ alg: 'RS256' })}.${writeSegment({ exp: Math.floor(Date.now() / 1_000) + seconds })}.signature`;
}

test('writes one TestRun, its scripts and its plan', async () => {
  const { manifests, cluster } = await draftAgainstServer();
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

test.skipIf(!existsSync(customResource))('the TestRun matches the schema of k6-operator', async () => {
  const { manifests } = await draftAgainstServer({ image: 'example.org/k6@sha256:0' });
  expect(crdComplaints(customResource, 'v1alpha1', manifests.testRun)).toEqual([]);
  const { spec } = manifests.testRun;
  const wrong = { ...manifests.testRun, spec: { ...spec, parallelism: '3', runner: { ...spec.runner, volume: [] } } };
  expect(crdComplaints(customResource, 'v1alpha1', wrong)).toEqual([
    expect.stringContaining('/spec/parallelism must be integer'),
    expect.stringMatching(/^\/spec\/runner .*"additionalProperty":"volume"/),
  ]);
});

test('gives k6 in the pods the settings that it has locally', async () => {
  const { env } = (await draftAgainstServer()).manifests.testRun.spec.runner;
  expect(new Map(env.map(({ name, value }) => [name, value]))).toEqual(
    new Map([['BINDGATE_PLAN', '/bindgate/plan/plan.json'], ...Object.entries(k6Environment({}))]),
  );
  expect(env.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['K6_NO_USAGE_REPORT', 'K6_AUTO_EXTENSION_RESOLUTION', 'GOGC']),
  );
});

test('passes a certificate authority and a proxy to the pods', async () => {
  // Any file is enough: its content goes into the Secret.
  const caFile = fileURLToPath(import.meta.url);
  const draft = await draftAgainstServer({}, { caFile, proxy: 'http://192.0.2.3:3128' });
  const { testRun, secret } = draft.manifests;
  const env = new Map(testRun.spec.runner.env.map(({ name, value }) => [name, value]));
  expect(env.get('SSL_CERT_FILE')).toBe('/bindgate/plan/ca.pem');
  expect(env.get('HTTPS_PROXY')).toBe('http://192.0.2.3:3128');
  expect(env.get('NO_PROXY')).toBe('');
  const pem = (secret['data'] as Record<string, string>)['ca.pem'] ?? '';
  expect(Buffer.from(pem, 'base64').toString()).toBe(readFileSync(caFile, 'utf8'));
  expect(clusterGuide(draft)).toMatch(
    /trust the certificate authority of the key `ca`[\s\S]*through the proxy http:\/\/192/,
  );
  expect(clusterGuide(await draftAgainstServer())).not.toMatch(/`ca`|`proxy`/);
});

test('keeps the archive of the initializer in memory', async () => {
  const { testRun } = (await draftAgainstServer()).manifests;
  expect(testRun.spec).not.toHaveProperty('initializer');
  const { name } = testRun.spec.runner.volumeMounts.find(({ mountPath }) => mountPath === '/tmp') ?? {};
  expect(testRun.spec.runner.volumes).toContainEqual({ name, emptyDir: { medium: 'Memory' } });
});

test('keeps the product set up after a draft', async () => {
  await using server = await bindingServer();
  const { draft, actions } = await draftWith({ server, token: tokenUntil(7_200) });
  expect(draft).not.toBeInstanceOf(Error);
  expect(actions).toEqual(['setup']);
  expect(clusterGuide(draft as ClusterDraft)).toMatch(/The token expires at \d{4}-.*Z: start this by \d{4}-.*Z\./);
});

test('reads no end from a token without a valid date', async () => {
  await using server = await bindingServer();
  const { draft } = await draftWith({ server, token: `${writeSegment({})}.${writeSegment({ exp: 1e300 })}.signature` });
  expect(draft).toMatchObject({ tokenUntil: undefined });
  expect(clusterGuide(draft as ClusterDraft)).toContain('does not say when it expires');
});

test.each<[string, Partial<Parameters<typeof draftWith>[0]>, RegExp]>([
  ['a token that expires too early', { token: tokenUntil(1) }, /expires at .*, before a run of/],
  ['files that cannot be written', { keep: () => Promise.reject(new Error('no room')) }, /no room/],
])('tears the product down with %s', async (_, order, message) => {
  await using server = await bindingServer();
  const { draft, actions } = await draftWith({ server, ...order });
  expect(draft).toMatchObject({ message: expect.stringMatching(message) });
  expect(actions).toEqual(['setup', 'teardown']);
});

test('refuses a server that does not answer', async () => {
  await using server = await tcpServer((socket) => socket.resetAndDestroy());
  const { draft, actions } = await draftWith({ server });
  expect(draft).toMatchObject({ exitCode: 3, message: expect.stringMatching(/got no answer/) });
  expect(actions).toEqual(['setup', 'teardown']);
});
