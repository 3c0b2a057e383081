import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReferenceTarget } from '../../../contract/pure-bt/targets/reference.ts';
import { brokenParts } from '../../../generators/pure-bt/testing/diagnosis.ts';
import type { Body } from '../../../generators/request.ts';
import { judgeRun } from '../../../load/judge/judge-run.ts';
import { steadyCurve } from '../../../load/profiles.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { draftPlan } from '../../../load/run/draft-plan.ts';
import { ensureK6, k6Places } from '../../../load/run/k6-binary.ts';
import { measure } from '../../../load/run/measure.ts';
import { openProduct } from '../../../load/run/product.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import type { Bench, Line, Measured, Row } from '../row.ts';
import { inTurn, pairs } from '../row.ts';
import { startOwnServer } from '../run-process.ts';

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
  measure: measureLanes,
};

type Kind = 'static' | 'rows' | 'vu';

async function measureLanes({ quick, signal, say, folder, uses }: Bench): Promise<readonly Measured[]> {
  const requests = quick ? 8_400 : 42_000;
  const k6 = await ensureK6(k6Places(say, signal));
  uses('k6', k6.version);
  const bodies = join(folder, 'bodies');
  const operation = loadOperation(defaultDialect);
  await using target = await openReferenceTarget();
  await using product = await openProduct(target, operation, [{ workload: operation.plain, weight: 1 }], signal);
  const generator = { k6, processes: 1, outputs: [], signal };
  const staticScript = fileURLToPath(new URL('../../../load/testing/static.ts', import.meta.url));
  const { GOGC, GOMAXPROCS } = process.env;
  process.env['GOMAXPROCS'] = '1';
  const measured: Measured[] = [];
  try {
    {
      // The static POST has a server of its own, so that the sample has only signed bodies.
      await using server = await startOwnServer('null-server.ts', [String(oneIn), bodies], signal);
      await using other = await startOwnServer('null-server.ts', [String(oneIn), `${bodies}-static`], signal);
      const site = {
        operation,
        target: { ...target, url: server.url },
        timeoutMs: 10_000,
        headers: {},
        insecure: false,
        network: {},
      };
      const run = async (kind: Kind, { k6Tags, gogc }: (typeof settings)[number]): Promise<number> => {
        process.env['GOGC'] = gogc;
        const there = kind === 'static' ? { ...site, target: { ...target, url: other.url } } : site;
        const plan = draftPlan(there, product, generator, {
          profile: 'smoke',
          phase: kind,
          // Far longer than a run takes: k6 is ended some time after its curve.
          curve: steadyCurve(Math.round(requests / 60), 60),
          usual: new Map([[operation.plain, 200]]),
          objectives: ['bound correctly 100 %'],
          noiseFloor: null,
          notes: [],
          windowSeconds: 10,
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
    return withNote(measured, await checkBodies(bodies, product.fixture as Fixture));
  } finally {
    restore({ GOGC, GOMAXPROCS });
  }
}

function withNote([first = { samples: [] }, ...others]: readonly Measured[], note: string): readonly Measured[] {
  return [{ ...first, note }, ...others];
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

function restore(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
