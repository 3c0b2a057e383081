import { openReferenceTarget } from '../../../contract/pure-bt/targets/reference.ts';
import { readMeasured } from '../../../load/judge/measured.ts';
import { steadyCurve } from '../../../load/profiles.ts';
import { loadOperation } from '../../../load/pure-bt/operation.ts';
import { draftPlan } from '../../../load/run/draft-plan.ts';
import { ensureK6, k6Places } from '../../../load/run/k6-binary.ts';
import { measure } from '../../../load/run/measure.ts';
import { openProduct } from '../../../load/run/product.ts';
import { mergeShares } from '../../../load/run/share.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import type { Row, Sample } from '../row.ts';
import { Unmeasured } from '../row.ts';
import { startOwnServer } from '../run-process.ts';

const rate = 1_000;

/** What the generator itself adds to every latency that it measures. */
export const floorRow: Row = {
  id: 'floor',
  cores: 2,
  lines: [{ what: "the generator's own p99 at 1,000 requests a second, null server", unit: 'ms', goal: { atMost: 3 } }],
  measure: async ({ quick, signal, say, folder, uses }) => {
    const k6 = await ensureK6(k6Places(say, signal));
    uses('k6', k6.version);
    const operation = loadOperation(defaultDialect);
    await using target = await openReferenceTarget();
    await using server = await startOwnServer('null-server.ts', ['1000000', `${folder}/bodies`], signal);
    await using product = await openProduct(target, operation, [{ workload: operation.plain, weight: 1 }], signal);
    const site = {
      operation,
      target: { ...target, url: server.url },
      timeoutMs: 10_000,
      headers: {},
      insecure: false,
      network: {},
    };
    const generator = { k6, processes: 1, outputs: [], signal };
    const p99 = async (): Promise<number> => {
      const plan = draftPlan(site, product, generator, {
        profile: 'smoke',
        phase: 'floor',
        curve: steadyCurve(rate, quick ? 3 : 10),
        usual: new Map([[operation.plain, 200]]),
        objectives: [],
        noiseFloor: null,
        notes: [],
        windowSeconds: 1,
        byWorkload: false,
      });
      const share = mergeShares((await measure(generator, plan)).shares);
      if (share === undefined) throw new Unmeasured('k6 wrote no summary');
      return readMeasured(share).latency.p99;
    };
    const samples: Sample[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round += 1) samples.push({ ours: await p99(), peer: null });
    return [{ samples }];
  },
};
