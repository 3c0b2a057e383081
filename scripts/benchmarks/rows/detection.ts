import { join } from 'node:path';
import { mutantSet } from '../../../contract/pure-bt/mutants/set.ts';
import { seededRandom } from '../../../generators/random.ts';
import { settingValues } from '../../../spec/dialect.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { conformingSeed, conformingServers } from '../conforming-servers.ts';
import { startForwarder } from '../forwarder.ts';
import { startPrism } from '../peers/prism.ts';
import { countViolations } from '../peers/prism-traffic.ts';
import type { Schemathesis } from '../peers/schemathesis.ts';
import { openSchemathesis } from '../peers/schemathesis.ts';
import type { Bench, Line, Measured, Row } from '../row.ts';
import { Unmeasured } from '../row.ts';
import type { ServerProcess } from '../run-process.ts';
import { bindgate, runNode, startOwnServer } from '../run-process.ts';

/** How a tool judges a server: whether it reports anything. */
type Judge = (server: ServerProcess, mode: Mode) => Promise<boolean>;

type Mode = 'mutant' | 'conforming';

const tools = ['bindgate', 'Schemathesis', 'Prism'] as const;
type Tool = (typeof tools)[number];

/** What each tool said about a server. */
type Judged = { readonly name: string; readonly reported: Partial<Record<Tool, boolean>> };
const peers = ['Schemathesis', 'Prism'] as const;
const described = {
  Schemathesis: 'Schemathesis with hooks for states and signatures, and own checks',
  Prism: "Prism's validation proxy, with signed traffic in every state",
};

/** How many faults are found, and how many conforming servers are called wrong: the same servers for each tool. */
export const detectionRow: Row = {
  id: 'detection',
  lines: [
    ...peers.map(
      (peer): Line => ({
        part: peer,
        what: 'faults found in sampled mutants',
        nextTo: described[peer],
        unit: 'faults',
        goal: { atLeast: 2 },
      }),
    ),
    { part: 'false alarms', what: 'random conforming servers called wrong', unit: 'servers', goal: { atMost: 0 } },
  ],
  measure: measureDetection,
};

async function measureDetection(bench: Bench): Promise<readonly Measured[]> {
  const { quick, say, signal } = bench;
  const mutants = sampleMutants(quick ? 3 : 60);
  const conforming = conformingServers(quick ? 1 : 20);
  const missing: string[] = [];
  const schemathesis = await openSchemathesis(bench).catch((error: unknown) => {
    if (!(error instanceof Unmeasured)) throw error;
    missing.push(error.message);
    return undefined;
  });
  await using forwarder = await startForwarder('http://127.0.0.1:1');
  await using prism = await startPrism(bench, { proxyTo: forwarder.url });
  const judges: Readonly<Record<Tool, Judge | undefined>> = {
    bindgate: (server, mode) => verdict(server, mode, bench),
    Schemathesis:
      schemathesis === undefined ? undefined : (server, mode) => findings(schemathesis, server, mode, bench),
    Prism: async (server) => {
      forwarder.forwardTo(server.url);
      return (await countViolations(prism.url, `${server.url}/_states`)) > 0;
    },
  };
  /** The servers that every tool has judged; one that a tool cannot finish is left out, and the note says so. */
  const leftOut: string[] = [];
  const judgeAll = async (mode: Mode, names: readonly string[]): Promise<readonly Judged[]> => {
    const judged: Judged[] = [];
    for (const [at, name] of names.entries()) {
      if (signal.aborted) break;
      say(`detection ${mode} ${at + 1}/${names.length} …`);
      const reported: Judged['reported'] = {};
      try {
        for (const tool of tools) {
          const judge = judges[tool];
          if (judge === undefined) continue;
          // A new server for each tool, so that none finds what another left behind.
          await using server = await startOwnServer('serve.ts', [mode, name], signal);
          reported[tool] = await judge(server, mode);
        }
        judged.push({ name, reported });
      } catch (error) {
        leftOut.push(`${name} (${signal.aborted ? 'interrupted' : (error as Error).message.slice(0, 80)})`);
      }
    }
    return judged;
  };
  const found = await judgeAll('mutant', mutants);
  const alarms = await judgeAll('conforming', conforming.map(String));
  const count = (of: readonly Judged[], tool: Tool): number =>
    of.filter(({ reported }) => reported[tool] === true).length;
  const sums = tools
    .filter((tool) => judges[tool] !== undefined)
    .map(
      (tool) =>
        `${tool} ${count(found, tool)} of ${found.length} faults, ${count(alarms, tool)} of ${alarms.length} conforming servers called wrong`,
    );
  const unseen = found.filter(({ reported }) => reported.bindgate !== true).map(({ name }) => name);
  const note = [
    ...sums,
    ...(unseen.length > 0 ? [`not found: ${unseen.join(' ')}`] : []),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(', ')}`] : []),
  ].join('; ');
  if (found.length === 0) throw new Unmeasured(note);
  return [
    ...peers.map(
      (peer): Measured =>
        judges[peer] === undefined
          ? { samples: [], note: missing.join('; ') }
          : { samples: [{ ours: count(found, 'bindgate'), peer: count(found, peer) }] },
    ),
    { samples: alarms.length === 0 ? [] : [{ ours: count(alarms, 'bindgate'), peer: null }], note },
  ];
}

/** Mutants drawn from all of them, without those that only show in times: no peer measures these. */
function sampleMutants(count: number): readonly string[] {
  const timed = new Set(mutantSet.cases.flatMap(({ id, alone }) => (alone === true ? [id] : [])));
  const others = mutantSet.mutants.filter(({ killedBy }) => !killedBy.some((id) => timed.has(id)));
  return seededRandom(conformingSeed, 'mutants').helpers.arrayElements(
    others.map(({ id }) => id),
    count,
  );
}

/**
 * A verification, to its first finding; of a mutant under the formats of openapi.yaml, as its team has declared them.
 */
async function verdict({ url }: ServerProcess, mode: Mode, { signal, folder }: Bench): Promise<boolean> {
  const declared = mode === 'mutant' ? Object.entries(settingValues(defaultDialect)) : [];
  const dialect = declared.flatMap(([key, value]) => ['--dialect', `${key}=${value}`]);
  const args = ['verify', '--url', url, '--states', `${url}/_states`, '--seed', '1', '--out', join(folder, 'reports')];
  const { exitCode, out, err } = await runNode([bindgate, ...args, '--fail-fast', ...dialect], { signal, cwd: folder });
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`verify ended with ${exitCode}: ${(out + err).slice(-200)}`);
  return exitCode === 1;
}

async function findings(
  run: Schemathesis,
  { url }: ServerProcess,
  mode: Mode,
  { quick, folder }: Bench,
): Promise<boolean> {
  return (await run(url, { folder, examples: quick ? 10 : 50, declared: mode === 'mutant', failFast: true })).failed;
}
