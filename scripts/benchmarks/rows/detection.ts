import { createHttpClient } from '../../../contract/targets/http-client.ts';
import { seededRandom } from '../../../generators/random.ts';
import { settingValues } from '../../../spec/dialect.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { countViolations, startPrism } from '../peers/prism.ts';
import { openSchemathesis } from '../peers/schemathesis.ts';
import { type Bench, type Line, type Measured, type Row, Unmeasured } from '../row.ts';
import { type ServerProcess, serve, startForwarding } from '../run-process.ts';
import { conformingServers, serverSeed, untimedMutants } from '../sampled-servers.ts';
import { verify } from './verify.ts';

type Mode = 'mutant' | 'conforming';

/** The tools that reported anything about a server. */
type Judged = { readonly name: string; readonly by: ReadonlySet<string> };

const peers = {
  Schemathesis: 'Schemathesis with hooks for states and signatures, and own checks',
  Prism: "Prism's validation proxy, with signed traffic in every state",
};

/** How many faults are found, and how many conforming servers are called wrong: the same servers for each tool. */
export const detectionRow: Row = {
  id: 'detection',
  lines: [
    ...Object.entries(peers).map(
      ([part, nextTo]): Line => ({
        part,
        what: 'faults found in sampled mutants',
        nextTo,
        unit: 'faults',
        goal: { atLeast: 2 },
      }),
    ),
    { part: 'false alarms', what: 'random conforming servers called wrong', unit: 'servers', goal: { atMost: 0 } },
  ],
  measure: measureDetection,
};

async function measureDetection(bench: Bench): Promise<readonly Measured[]> {
  const { quick, say, signal, folder } = bench;
  const mutants = seededRandom(serverSeed, 'mutants').helpers.arrayElements(untimedMutants(), quick ? 3 : 60);
  const conforming = conformingServers(quick ? 1 : 20).map(String);
  const missing: string[] = [];
  const schemathesis = await openSchemathesis(bench).catch((error: unknown) => {
    if (!(error instanceof Unmeasured)) throw error;
    missing.push(error.message);
    return undefined;
  });
  // Prism forwards to one server; the proxy behind it forwards to the server that is judged.
  let upstream = createHttpClient({ baseUrl: 'http://127.0.0.1:1' });
  await using proxy = await startForwarding({
    url: upstream.url,
    send: (request, aborted) => upstream.send(request, aborted),
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  });
  await using prism = await startPrism(bench, { proxyTo: proxy.url });
  const examples = quick ? 10 : 50;
  /** How each tool judges a server: whether it reports anything. */
  const judges = new Map([['bindgate', (server: ServerProcess, mode: Mode) => verdict(server, mode, bench)]]);
  if (schemathesis !== undefined) {
    judges.set('Schemathesis', async ({ url }, mode) => {
      const ran = await schemathesis(url, { folder, examples, declared: mode === 'mutant', failFast: true });
      return ran.failed;
    });
  }
  judges.set('Prism', async ({ url }) => {
    await using client = createHttpClient({ baseUrl: url, timeoutMs: 2_000 });
    upstream = client;
    return (await countViolations(prism.url, `${url}/_states`)) > 0;
  });
  /** The servers that every tool has judged; one that a tool cannot finish is left out, and the note says so. */
  const leftOut: string[] = [];
  const judgeAll = async (mode: Mode, names: readonly string[]): Promise<readonly Judged[]> => {
    const judged: Judged[] = [];
    for (const [at, name] of names.entries()) {
      if (signal.aborted) break;
      say(`detection ${mode} ${at + 1}/${names.length} …`);
      const by = new Set<string>();
      try {
        for (const [tool, judge] of judges) {
          // A new server for each tool, so that none finds what another left behind.
          await using server = await serve([mode, name], signal);
          if (await judge(server, mode)) by.add(tool);
        }
        judged.push({ name, by });
      } catch (error) {
        leftOut.push(`${name} (${signal.aborted ? 'interrupted' : (error as Error).message.slice(0, 80)})`);
      }
    }
    return judged;
  };
  const found = await judgeAll('mutant', mutants);
  const alarms = await judgeAll('conforming', conforming);
  const count = (of: readonly Judged[], tool: string): number => of.filter(({ by }) => by.has(tool)).length;
  const unseen = found.filter(({ by }) => !by.has('bindgate')).map(({ name }) => name);
  const note = [
    ...[...judges.keys()].map(
      (tool) =>
        `${tool} ${count(found, tool)} of ${found.length} faults, ${count(alarms, tool)} of ${alarms.length} conforming servers called wrong`,
    ),
    ...(unseen.length > 0 ? [`not found: ${unseen.join(' ')}`] : []),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(', ')}`] : []),
  ].join('; ');
  if (found.length === 0) throw new Unmeasured(note);
  return [
    ...Object.keys(peers).map(
      (peer): Measured =>
        judges.has(peer)
          ? { samples: [{ ours: count(found, 'bindgate'), peer: count(found, peer) }] }
          : { samples: [], note: missing.join('; ') },
    ),
    { samples: alarms.length === 0 ? [] : [{ ours: count(alarms, 'bindgate'), peer: null }], note },
  ];
}

/** A verification, to its first finding; of a mutant under the formats of openapi.yaml, as its team has declared them. */
async function verdict(server: ServerProcess, mode: Mode, bench: Bench): Promise<boolean> {
  const declared = mode === 'mutant' ? Object.entries(settingValues(defaultDialect)) : [];
  const dialect = declared.flatMap(([key, value]) => ['--dialect', `${key}=${value}`]);
  return (await verify(server, bench, ['--fail-fast', ...dialect], true)).exitCode === 1;
}
