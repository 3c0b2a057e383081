/** The pods of a run as local k6 processes: the same file tree, the same commands. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { goodFixture } from '../../contract/testing/servers.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { readShares } from '../judge/merge.ts';
import { loadExitCode } from '../results.ts';
import { freePort } from '../run/k6-process.ts';
import { bindingServer, k6, withoutK6 } from '../testing/with-k6.ts';
import type { ClusterDraft } from './cluster-draft.ts';
import { draftWith } from './testing/drafted.ts';
import { initializerCommands, mountPod, type PodCommand, runnerCommand } from './testing/pod.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-pods-'));
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(withoutK6)('with k6', () => {
  test('binds every device once over all pods and merges their logs', async () => {
    const bodies: string[] = [];
    await using server = await bindingServer(bodies);
    const { draft } = await draftWith({ server });
    if (draft instanceof Error) throw draft;
    const { testRun } = draft.manifests;
    await mountPod(folder, draft.manifests);
    const [archive, inspect] = initializerCommands(folder, testRun);
    await runPod(archive);
    const requirements = await runPod(inspect);
    // The operator rejects more pods than VUs.
    expect((JSON.parse(requirements) as { maxVUs: number }).maxVUs).toBeGreaterThanOrEqual(3);
    bodies.length = 0;
    const logs = await podLogs(draft);
    const { ps, userDomainSecret, bindingSecret, token } = goodFixture(1);
    for (const secret of [ps, userDomainSecret, bindingSecret, token])
      expect(logs + requirements).not.toContain(secret);
    const shares = logs.flatMap((log, index) => readShares(`share-${index + 1}.log`, Buffer.from(log)));
    const results = judgeRun(shares);
    expect(results).toMatchObject({ reasons: [], processes: 3, lane: 'vu', dropped: 0 });
    expect(loadExitCode(results)).toBe(0);
    const devices = bodies.map((body) => (JSON.parse(body) as { dk: string }).dk);
    expect(devices.length).toBe(results.requests);
    expect(new Set(devices).size).toBe(devices.length);
    expect(results.codes).toEqual([{ code: 200, count: devices.length }]);
  });
});

async function runPod({ args, env }: PodCommand): Promise<string> {
  const { stdout } = await promisify(execFile)(k6?.file ?? 'k6', [...args], { env: { HOME: folder, ...env } });
  return stdout;
}

/** Starts every runner of a draft, resumes all as the operator's starter does, and returns their output. */
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
