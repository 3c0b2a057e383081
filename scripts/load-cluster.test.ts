import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { goodFixture, httpServer, statesServer } from '../contract/testing/servers.ts';
import type { LoadResults } from '../load/results.ts';
import { syntheticShare } from '../load/testing/shares.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-cluster-'));
afterAll(() => rm(folder, { recursive: true }));
// This address is not loopback by name, but it is this machine.
await writeFile(join(folder, 'bindgate.config.json'), '{"allowHosts":["0.0.0.0"]}');
await writeFile(join(folder, 'mtls.json'), '{"allowHosts":["0.0.0.0"],"cert":"client.pem","key":"client.key"}');
for (const part of [1, 2]) {
  const share = syntheticShare({ parts: 2, planned: 200 });
  const counters = { ...share.counters, data_sent: 60_000 + part };
  await writeFile(join(folder, `load-share-${part}.json`), JSON.stringify({ ...share, counters }));
}

const cluster = 'load smoke --kubernetes --parallelism 2';
const url = '--url http://0.0.0.0:1';

test.each<[string, string, RegExp]>([
  ['no number of pods', `load smoke --kubernetes ${url}`, /needs --parallelism N/],
  ['more pods than requests a second', 'load smoke --kubernetes --parallelism 60', /60 pods cannot share 50/],
  ['the embedded server', `${cluster} --reference`, /--kubernetes needs --url/],
  ['a loopback address', `${cluster} --url http://127.0.0.1:1`, /127.0.0.1 is the loopback of each pod/],
  ['a host that was not allowed', `${cluster} --url http://192.0.2.1`, /to allow 192.0.2.1, add it to allowHosts/],
  ['a profile of many runs', 'load breakpoint --kubernetes --parallelism 2', /breakpoint needs several runs/],
  ['local processes', `${cluster} --processes 2`, /--processes is for this machine/],
  ['JSON without a run', `${cluster} --json`, /--json cannot be used with --kubernetes/],
  ['an image that is not pinned', `${cluster} --runner-image grafana/k6:latest`, /add a version or a digest/],
  ['an invalid image', `${cluster} --runner-image k6\t2.2.0`, /is not an image name/],
  ['an invalid namespace', `${cluster} --namespace Load`, /"Load" is not a valid namespace/],
  ['pods without a cluster', 'load smoke --reference --parallelism 2', /--parallelism needs --kubernetes/],
  [
    'a client certificate for pods',
    `${cluster} ${url} --config mtls.json`,
    /"cert" and "key" cannot be used with --kubernetes: .* use --processes/,
  ],
  ['files for a profile', 'load smoke a.json --kubernetes', /takes no files; only "load merge" does/],
  ['a rate for a merge', 'load merge load-share-1.json --rate 5', /--rate is a setting of a run/],
  ['an output for a merge', 'load merge load-share-1.json --k6-out json', /--k6-out is a setting of a run/],
  ['nothing to merge', 'load merge', /give the load-share-N.json files of one run/],
])('load refuses %s', async (_, line, message) => {
  const { exitCode, out, err } = await callBindgate(folder, line.split(' '));
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect([exitCode, out]).toEqual([2, '']);
});

test('writes a secret.yaml that only its owner can read', async () => {
  await using server = await httpServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
  await using states = await statesServer();
  const target = `--url http://0.0.0.0:${server.port} --states ${states.url} --header`;
  const line = [...`${cluster} ${target}`.split(' '), 'X-Key: key-of-a-gateway'];
  const { exitCode, out, err } = await callBindgate(folder, line);
  expect([exitCode, err]).toEqual([0, '']);
  expect(out).toMatch(/^bindgate-smoke-\w{9}: 200 requests in 4 s to http:\/\/0\.0\.0\.0:\d+, from 2 pods\n/);
  const written = join(folder, 'reports', 'kubernetes');
  expect((await readdir(written)).sort()).toEqual(['README.md', 'scripts.yaml', 'secret.yaml', 'testrun.yaml']);
  expect((await stat(join(written, 'secret.yaml'))).mode & 0o777).toBe(0o600);
  const [guide = '', scripts = '', secret = '', testRun = ''] = await Promise.all(
    ['README.md', 'scripts.yaml', 'secret.yaml', 'testrun.yaml'].map((name) => readFile(join(written, name), 'utf8')),
  );
  const { data } = parse(secret) as { data: Record<string, string> };
  const plan = Buffer.from(data['plan.json'] ?? '', 'base64').toString();
  const { ps, userDomainSecret, bindingSecret, bindingCode } = goodFixture(1);
  const secrets = [ps, userDomainSecret, bindingSecret, bindingCode, 'payload-of-the-token', 'key-of-a-gateway'];
  for (const one of secrets) {
    expect(plan).toContain(one);
    for (const shown of [one, Buffer.from(one).toString('base64')]) {
      for (const text of [guide, scripts, testRun, out]) expect(text).not.toContain(shown);
    }
  }
  const { metadata } = parse(testRun) as { metadata: { name: string } };
  expect(guide).toContain(`kubectl logs job/${metadata.name}-2 -c k6 > share-2.log`);
  expect(guide).toContain('bindgate load merge share-1.log share-2.log');
});

test('writes load.json with load merge and sets the exit code', async () => {
  const merge = (line: string): ReturnType<typeof callBindgate> =>
    callBindgate(folder, `load merge ${line}`.split(' '));
  const whole = await merge('load-share-1.json load-share-2.json --out whole');
  expect(whole.out).toMatch(/200 at 100\/s.*2 processes[\s\S]*\nload passed\nreport in whole\/report\.html\n$/);
  const half = await merge('load-share-2.json --json --out half');
  expect([whole.exitCode, half.exitCode]).toEqual([0, 3]);
  const results = JSON.parse(half.out) as LoadResults;
  expect(results.reasons).toContain('1 of 2 processes wrote their share');
  expect(JSON.parse(await readFile(join(folder, 'half', 'load.json'), 'utf8'))).toEqual(results);
});
