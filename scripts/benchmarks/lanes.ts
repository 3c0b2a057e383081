/**
 * Measures what a signed, encrypted, unique and judged request costs the generator, as a ratio to a static POST of the same k6
 * in the same session, on one core. Run it by hand: `node scripts/benchmarks/lanes.ts [rounds] [requests]`; docs/load.md has results.
 */
import { availableParallelism, cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { openReferenceTarget } from '../../contract/pure-bt/targets/reference.ts';
import { brokenParts } from '../../generators/pure-bt/testing/diagnosis.ts';
import type { Body } from '../../generators/request.ts';
import { judgeRun } from '../../load/judge/judge-run.ts';
import { steadyCurve } from '../../load/profiles.ts';
import { loadOperation } from '../../load/pure-bt/operation.ts';
import { draftPlan } from '../../load/run/draft-plan.ts';
import { ensureK6, k6Places } from '../../load/run/k6-binary.ts';
import { measure } from '../../load/run/measure.ts';
import { startNullServer } from '../../load/run/null-server.ts';
import { openProduct } from '../../load/run/product.ts';
import type { Fixture } from '../../spec/family/states.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';

type Measured = { readonly perSecond: number; readonly perCpuSecond: number };

const [rounds = 5, requests = 60_000] = process.argv.slice(2).map(Number);
const vus = 10;
const sampleEvery = 500;
const operation = loadOperation(defaultDialect);
const kinds = ['static', 'rows', 'vu'] as const;
type Kind = (typeof kinds)[number];

/** Tuning helps a static POST more than signing, so a ratio means little without the settings. */
type Settings = { readonly name: string; readonly k6Tags: boolean; readonly gogc: string };
const bothSettings: readonly Settings[] = [
  { name: "k6's own tags, GOGC=100 (default k6)", k6Tags: true, gogc: '100' },
  { name: 'no tags, GOGC=400 (as bindgate runs it)', k6Tags: false, gogc: '400' },
];

if (isMainThread) await benchmark();
else await serve();

async function benchmark(): Promise<void> {
  process.env['GOMAXPROCS'] = '1';
  const k6 = await ensureK6(k6Places((text) => process.stderr.write(`${text}\n`)));
  const worker = new Worker(fileURLToPath(import.meta.url));
  const url = await new Promise<string>((resolve) => worker.once('message', resolve));
  let kindNow: Kind = 'static';
  const bodies: string[] = [];
  worker.on('message', (body: string) => {
    if (kindNow !== 'static') bodies.push(body);
  });
  await using target = await openReferenceTarget();
  const { signal } = new AbortController();
  const { plain } = operation;
  await using product = await openProduct(target, operation, [{ workload: plain, weight: 1 }], signal);
  const site = { operation, target: { ...target, url }, timeoutMs: 10_000, headers: {}, insecure: false, network: {} };
  const generator = { k6, processes: 1, outputs: [], signal };
  const staticScript = fileURLToPath(new URL('../../load/testing/static.ts', import.meta.url));

  const run = async (kind: Kind, { k6Tags, gogc }: Settings): Promise<Measured> => {
    process.env['GOGC'] = gogc;
    kindNow = kind;
    const plan = draftPlan(site, product, generator, {
      profile: 'smoke',
      phase: kind,
      curve: steadyCurve(Math.round(requests / 10), 10),
      usual: new Map([[plain, 200]]),
      objectives: ['bound correctly 100 %'],
      noiseFloor: null,
      notes: [],
      windowSeconds: 1,
      byWorkload: false,
      lane: kind === 'vu' ? 'vu' : 'rows',
    });
    const scenario = { executor: 'shared-iterations', vus, iterations: requests, maxDuration: '120s' };
    const ran = await measure(generator, {
      ...plan,
      ...(kind === 'static' ? { script: staticScript } : {}),
      rows: kind === 'vu' ? 0 : requests,
      k6: { ...plan.k6, k6Tags, scenarios: { bind: scenario } },
    });
    // The last message of the server may not have arrived yet.
    await wait(100);
    const [share] = ran.shares;
    if (share === undefined) throw new Error(`${kind}: ${ran.ends[0]?.said ?? 'no share'}`);
    const { seconds = 0, cpu } = share.generator ?? {};
    if (kind !== 'static') {
      // A saturated core is intended here; everything else must be valid.
      const broken = judgeRun([{ ...share, run: { ...share.run, cores: null } }]);
      if (!broken.valid || !broken.objectives.every(({ kept }) => kept)) throw new Error(broken.reasons.join('; '));
    }
    return { perSecond: requests / seconds, perCpuSecond: requests / (seconds * (cpu ?? Number.NaN)) };
  };

  process.stdout.write(
    `k6 ${k6.version}, ${vus} VUs, GOMAXPROCS=1, ${requests} requests a run, ${rounds} rounds; ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`,
  );
  for (const settings of bothSettings) {
    const runs = new Map(kinds.map((kind) => [kind, [] as Measured[]]));
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) runs.get(kind)?.push(await run(kind, settings));
    }
    report(runs, settings);
  }
  await worker.terminate();
  const right = bodies.filter((body) => isRight(JSON.parse(body) as Body, product.fixture as Fixture));
  const devices = new Set(bodies.map((body) => (JSON.parse(body) as Body)['dk']));
  process.stdout.write(`\nsample  ${right.length} of ${bodies.length} bodies right, ${devices.size} devices\n`);
  if (right.length !== bodies.length || devices.size !== bodies.length) process.exitCode = 1;
}

/** Checks a body with node:crypto, which neither lane uses. The token is in a header. */
function isRight(body: Body, fixture: Fixture): boolean {
  const broken = brokenParts({ body, authorization: undefined }, fixture, '');
  broken.delete('token');
  return broken.size === 0;
}

function report(runs: ReadonlyMap<Kind, readonly Measured[]>, { name }: Settings): void {
  const of = (kind: Kind, key: keyof Measured): readonly number[] =>
    (runs.get(kind) ?? []).map((one) => one[key]).sort((a, b) => a - b);
  const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)] ?? Number.NaN;
  process.stdout.write(`\n${name}\n`);
  for (const kind of kinds) {
    const line = (['perSecond', 'perCpuSecond'] as const).map((key) => {
      const values = of(kind, key);
      const ratio = median(values) / median(of('static', key));
      return `${Math.round(median(values))} (${Math.round(values[0] ?? 0)}–${Math.round(values.at(-1) ?? 0)}) ratio ${ratio.toFixed(2)}`;
    });
    process.stdout.write(`${kind.padEnd(7)} per second ${line[0]}   per CPU second ${line[1]}\n`);
  }
}

/** The null server, in its own thread; it returns some of the received bodies. */
async function serve(): Promise<void> {
  let count = 0;
  const { url } = await startNullServer(operation.success, (body) => {
    count += 1;
    if (count % sampleEvery === 0) parentPort?.postMessage(body.toString());
  });
  parentPort?.postMessage(url);
}
