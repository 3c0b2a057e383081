import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../../../contract/results.ts';
import { startForwarder } from '../forwarder.ts';
import type { Bench, Row } from '../row.ts';
import { inTurn, pairs } from '../row.ts';
import type { Ran } from '../run-process.ts';
import { bindgate, processFile, runNode, startServer } from '../run-process.ts';

/** How many cases `verify` runs at once, each with a connection. */
const connections = 12;

/** What judging costs: a verification next to a client that only sends the same requests. */
export const verifyRow: Row = {
  id: 'verify',
  cores: 2,
  lines: [
    {
      what: '`verify` with all cases and reports, whole process',
      nextTo: 'the same requests sent in a loop',
      unit: 's',
      goal: { atMost: 2 },
    },
    {
      part: 'CPU',
      what: 'CPU time of that process',
      nextTo: 'of the loop',
      unit: 's',
      goal: { atMost: 2 },
    },
  ],
  measure: async (bench) => {
    const { quick, signal, folder } = bench;
    await using server = await startReferenceProcess(signal);
    const file = join(folder, 'requests.json');
    await using forwarder = await startForwarder(server.url);
    await verify(forwarder.url, bench);
    await writeFile(file, JSON.stringify(forwarder.recorded));
    const loop = async (): Promise<{ seconds: number; cpuSeconds: number }> => {
      const { out, err } = await runNode([processFile('bare-client.ts'), file, server.url, String(connections)], {
        signal,
      });
      if (out === '') throw new Error(err.slice(-300));
      return JSON.parse(out) as { seconds: number; cpuSeconds: number };
    };
    const { ours, peer } = await inTurn(quick ? 2 : 9, { ours: () => verify(server.url, bench), peer: loop }, signal);
    const note = `${forwarder.recorded.length} requests, of which ${await requestsJudged(folder)} are judged; the others set up states`;
    return [
      {
        samples: pairs(
          ours.map(({ seconds }) => seconds),
          peer.map(({ seconds }) => seconds),
        ),
        note,
      },
      {
        samples: pairs(
          ours.map(({ cpuSeconds }) => cpuSeconds),
          peer.map(({ cpuSeconds }) => cpuSeconds),
        ),
      },
    ];
  },
};

/** Starts the embedded server as a process of its own. */
export function startReferenceProcess(signal: AbortSignal): ReturnType<typeof startServer> {
  return startServer(process.execPath, [bindgate, 'reference', '--port', '0'], { signal });
}

/** Verifies a server with every case and writes every report. */
export async function verify(url: string, { signal, folder }: Pick<Bench, 'signal' | 'folder'>): Promise<Ran> {
  const args = ['verify', '--url', url, '--states', `${url}/_states`, '--seed', '1', '--out', join(folder, 'reports')];
  const ran = await runNode([bindgate, ...args], { signal, cwd: folder });
  if (ran.exitCode !== 0) throw new Error(`verify ended with ${ran.exitCode}: ${(ran.out + ran.err).slice(-300)}`);
  return ran;
}

/** How many requests the last verification has judged. */
export async function requestsJudged(folder: string): Promise<number> {
  const results = JSON.parse(await readFile(join(folder, 'reports', 'results.json'), 'utf8')) as Results;
  return results.summary.requests;
}
