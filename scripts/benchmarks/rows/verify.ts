import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Results } from '../../../contract/results.ts';
import { createHttpClient } from '../../../contract/targets/http-client.ts';
import { openSchemathesis } from '../peers/schemathesis.ts';
import { type Bench, inTurn, pairs, type Row } from '../row.ts';
import { type Ran, runBindgate, runOwn, startForwarding, startReferenceProcess } from '../run-process.ts';

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
    { part: 'CPU', what: 'CPU time of that process', nextTo: 'of the loop', unit: 's', goal: { atMost: 2 } },
  ],
  measure: async (bench) => {
    const { quick, signal, folder } = bench;
    await using server = await startReferenceProcess(signal);
    const file = join(folder, 'requests.json');
    const sent: object[] = [];
    await using client = createHttpClient({ baseUrl: server.url });
    await using proxy = await startForwarding(client, ({ request }) => {
      const pieces = request.body instanceof Uint8Array ? [request.body] : request.body.map(({ bytes }) => bytes);
      sent.push({ ...request, body: Buffer.concat(pieces).toString('base64') });
    });
    await verify(proxy, bench);
    await writeFile(file, JSON.stringify(sent));
    const loop = (): Promise<Pick<Ran, 'seconds' | 'cpuSeconds'>> =>
      runOwn('bare-client.ts', [file, server.url, String(connections)], signal);
    const { ours, peer } = await inTurn(quick ? 2 : 9, { ours: () => verify(server, bench), peer: loop }, signal);
    const note = `${sent.length} requests, of which ${await requestsJudged(folder)} are judged; the others set up states`;
    return (['seconds', 'cpuSeconds'] as const).map((taken, line) => ({
      samples: ours.map((ran, round) => ({ ours: ran[taken], peer: peer[round]?.[taken] ?? null })),
      ...(line === 0 ? { note } : {}),
    }));
  },
};

/** How many requests a second a verification judges, next to Schemathesis; whole processes, reports and states included. */
export const verifyPeerRow: Row = {
  id: 'verify-peer',
  cores: 2,
  lines: [
    {
      what: 'requests a second of `verify`, whole process',
      nextTo: 'Schemathesis with hooks for states and signatures',
      unit: '/s',
      goal: { atLeast: 15 },
    },
  ],
  measure: async (bench) => {
    const { quick, signal, folder } = bench;
    const schemathesis = await openSchemathesis(bench);
    await using server = await startReferenceProcess(signal);
    const ours = async (): Promise<number> => {
      const { seconds } = await verify(server, bench);
      return (await requestsJudged(folder)) / seconds;
    };
    const peer = async (): Promise<number> => {
      const { requests, seconds } = await schemathesis(server.url, { folder, examples: quick ? 10 : 100 });
      return requests / seconds;
    };
    const made = await inTurn(quick ? 1 : 5, { ours, peer }, signal);
    return [{ samples: pairs(made.ours, made.peer) }];
  },
};

/** Verifies a server, by default with every case, and writes every report. */
export function verify(
  { url }: { readonly url: string },
  bench: Pick<Bench, 'signal' | 'folder'>,
  more: readonly string[] = [],
  findings = false,
): Promise<Ran> {
  const args = ['verify', '--url', url, '--states', `${url}/_states`, '--seed', '1', ...more];
  return runBindgate(args, bench, { findings });
}

/** How many requests the last verification has judged. */
async function requestsJudged(folder: string): Promise<number> {
  const results = JSON.parse(await readFile(join(folder, 'reports', 'results.json'), 'utf8')) as Results;
  return results.summary.requests;
}
