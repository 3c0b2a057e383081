import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReferenceTarget } from '../../../contract/pure-bt/targets/reference.ts';
import { brokenParts } from '../../../generators/pure-bt/testing/diagnosis.ts';
import type { Body } from '../../../generators/request.ts';
import { judgeRun } from '../../../load/judge/judge-run.ts';
import { readMeasured } from '../../../load/judge/measured.ts';
import { steadyCurve } from '../../../load/profiles.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { draftPlan } from '../../../load/run/draft-plan.ts';
import { ensureK6, k6Places } from '../../../load/run/k6-binary.ts';
import { type LoadGenerator, measure } from '../../../load/run/measure.ts';
import { atServer, type LoadProduct, openProduct, siteOf } from '../../../load/run/product.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { type Bench, inTurn, type Line, type Measured, pairs, type Row, type Sample, Unmeasured } from '../row.ts';
import { serve } from '../run-process.ts';

const floorRate = 1_000;

/** What the generator itself adds to every latency that it measures. */
export const floorRow: Row = {
  id: 'floor',
  cores: 2,
  lines: [{ what: "the generator's own p99 at 1,000 requests a second, null server", unit: 'ms', goal: { atMost: 3 } }],
  measure: async (bench) => {
    await using opened = new AsyncDisposableStack();
    const { generator, product } = await openGenerator(bench, opened);
    await using server = await serve(['null', '1000000', join(bench.folder, 'bodies')], bench.signal);
    const curve = steadyCurve(floorRate, bench.quick ? 3 : 10);
    const sending = { profile: 'smoke', phase: 'floor', curve, windowSeconds: 1 };
    const samples: Sample[] = [];
    for (let round = 0; round < (bench.quick ? 2 : 5); round += 1) {
      const [share] = (await measure(generator, draftPlan(atServer(product, server.url), generator, sending))).shares;
      if (share === undefined) throw new Unmeasured('k6 wrote no summary');
      samples.push({ ours: readMeasured(share).latency.p99, peer: null });
    }
    return [{ samples }];
  },
};

const vus = 10;
const oneIn = 500;
const nextTo = 'a static POST of the same k6';

/** Tuning helps a static POST more than signing, so a ratio means little without the settings. */
const settings = [
  { name: '', k6Tags: false, gogc: '400', rows: 0.75, vu: 0.45 },
  { name: ', k6 as it comes', k6Tags: true, gogc: '100', rows: 0.65, vu: 0.38 },
] as const;

/** What a signed, encrypted, unique and judged request costs the load generator, on one core. */
export const lanesRow: Row = {
  id: 'lanes',
  lines: settings.flatMap(({ name, rows, vu }): readonly Line[] => [
    { part: `pre-signed${name}`, what: 'requests signed before the run', nextTo, unit: '/s', goal: { atLeast: rows } },
    { part: `in the VU${name}`, what: 'requests signed in the VU', nextTo, unit: '/s', goal: { atLeast: vu } },
  ]),
  measure: async (bench) => {
    const { GOGC, GOMAXPROCS } = process.env;
    process.env['GOMAXPROCS'] = '1';
    try {
      return await measureLanes(bench);
    } finally {
      for (const [name, value] of Object.entries({ GOGC, GOMAXPROCS })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  },
};

async function measureLanes(bench: Bench): Promise<readonly Measured[]> {
  const { quick, signal, folder } = bench;
  const requests = quick ? 8_400 : 42_000;
  const bodies = join(folder, 'bodies');
  await using opened = new AsyncDisposableStack();
  const { generator, product } = await openGenerator(bench, opened);
  const script = fileURLToPath(new URL('../../../load/testing/static.ts', import.meta.url));
  const measured: Measured[] = [];
  {
    // The static POST has a server of its own, so that the sample has only signed bodies.
    await using server = await serve(['null', String(oneIn), bodies], signal);
    await using other = await serve(['null', String(oneIn), `${bodies}-static`], signal);
    const run = async (
      kind: 'static' | 'rows' | 'vu',
      { k6Tags, gogc }: (typeof settings)[number],
    ): Promise<number> => {
      process.env['GOGC'] = gogc;
      const lane = kind === 'vu' ? 'vu' : 'rows';
      const plan = draftPlan(atServer(product, kind === 'static' ? other.url : server.url), generator, {
        profile: 'smoke',
        phase: kind,
        // Far longer than a run takes: k6 is ended some time after its curve.
        curve: steadyCurve(Math.round(requests / 60), 60),
        objectives: ['bound correctly 100 %'],
        windowSeconds: 10,
        lane,
      });
      const scenario = { executor: 'shared-iterations', vus, iterations: requests, maxDuration: '120s' };
      const ran = await measure(generator, {
        ...plan,
        ...(kind === 'static' ? { script } : {}),
        rows: lane === 'vu' ? 0 : requests,
        k6: { ...plan.k6, k6Tags, scenarios: { bind: scenario } },
      });
      const [share] = ran.shares;
      if (share === undefined) throw new Error(`${kind}: ${ran.ends[0]?.said ?? 'no share'}`);
      const { seconds = 0, cpu } = share.generator ?? {};
      if (kind !== 'static') {
        // A saturated core is intended here; everything else must be valid.
        const judged = judgeRun([{ ...share, run: { ...share.run, cores: null } }]);
        if (!judged.valid || !judged.objectives.every(({ kept }) => kept)) throw new Error(judged.reasons.join('; '));
      }
      // For each second of CPU time, because another program may use the core too.
      return requests / (seconds * (cpu ?? Number.NaN));
    };
    for (const setting of settings) {
      const made = await inTurn(
        quick ? 1 : 5,
        { static: () => run('static', setting), rows: () => run('rows', setting), vu: () => run('vu', setting) },
        signal,
      );
      measured.push({ samples: pairs(made.rows, made.static) }, { samples: pairs(made.vu, made.static) });
    }
  }
  const note = await checkBodies(bodies, product.fixture as Fixture);
  return measured.map((line, at) => (at === 0 ? { ...line, note } : line));
}

/** k6, and a product of the embedded server. */
async function openGenerator(
  { signal, say, uses }: Bench,
  opened: AsyncDisposableStack,
): Promise<{ readonly generator: LoadGenerator; readonly product: LoadProduct }> {
  const k6 = await ensureK6(k6Places(say, signal));
  uses('k6', k6.version);
  const operation = loadOperation(defaultDialect);
  const site = siteOf(operation, opened.use(await openReferenceTarget()));
  const product = opened.use(await openProduct(site, [{ workload: operation.plain, weight: 1 }], signal));
  return { generator: { k6, processes: 1, outputs: [], signal }, product };
}

/** Checks a sample of the received bodies with node:crypto, which neither lane uses. @throws Error if one is wrong. */
async function checkBodies(file: string, fixture: Fixture): Promise<string> {
  const bodies = (await readFile(file, 'utf8')).split('\n').map((line) => JSON.parse(line) as Body);
  const wrong = bodies.filter((body) => {
    const broken = brokenParts({ body, authorization: undefined }, fixture, '');
    // The token is in a header.
    broken.delete('token');
    return broken.size > 0;
  });
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${bodies.length} sampled bodies are wrong`);
  const devices = new Set(bodies.map((body) => body['dk'])).size;
  if (devices < bodies.length) throw new Error(`${bodies.length} sampled bodies are for only ${devices} devices`);
  return `${bodies.length} sampled bodies are right, each for a device of its own`;
}
