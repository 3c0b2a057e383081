import { fileURLToPath } from 'node:url';
import { operationPath } from '../../spec/pure-bt/path.ts';
import type { Measurement } from '../draft-run.ts';
import { measureLoad } from '../measure-load.ts';
import { startNullServer } from '../null-server.ts';
import type { LoadProduct } from '../product.ts';
import type { Estimate } from '../results.ts';
import type { LoadSession } from '../session.ts';
import type { Share } from '../share.ts';
import type { CapacityPlan, Slot } from './capacity-plan.ts';
import { estimateAll } from './latency.ts';

/** Capacity of the server as far as each rung, and what each takes of it; and the generator's own. */
export type LadderCapacity = {
  readonly capacity: readonly (Estimate | null)[];
  readonly marginal: readonly (Estimate | null)[];
  readonly notes: readonly string[];
};

const capacityScript = fileURLToPath(new URL('../k6/capacity.ts', import.meta.url));
/** Requests under way at once: enough to keep a server busy, few enough that none waits long. */
const concurrency = 16;
const rowsOfSlot = 1_000;
// The shortest that k6 takes.
const slotMs = 1_000;
const pauseMs = 50;
/** A capacity this near to the generator's own is the generator's. */
const nearGenerator = 0.8;

/** Sends each rung in turn as fast as its answers come, round after round, with one slot of a null server in each round. */
export async function measureCapacity(
  session: LoadSession,
  product: LoadProduct,
  measurement: Measurement,
  rounds: number,
): Promise<LadderCapacity> {
  await using nothing = await startNullServer();
  const rungs = product.mix.length;
  const urlOf = (rung: number): string => (rung === rungs ? nothing.url : session.target.url);
  const slots: readonly Slot[] = Array.from({ length: rounds * (rungs + 1) }, (_, index) => ({
    url: urlOf(index % (rungs + 1)) + operationPath,
    workload: Math.min(index % (rungs + 1), rungs - 1),
    startSeconds: (index * (slotMs + pauseMs)) / 1_000,
  }));
  const seconds = Math.ceil((slots.length * (slotMs + pauseMs)) / 1_000);
  const own: Pick<CapacityPlan, 'slots' | 'rowsOfSlot' | 'slotMs' | 'concurrency'> = {
    slots,
    rowsOfSlot,
    slotMs,
    concurrency,
  };
  const { shares, ends } = await measureLoad(
    { ...session, script: capacityScript, processes: 1, outputs: [] },
    product,
    {
      ...measurement,
      phase: `capacity, ${concurrency} requests under way`,
      curve: [
        { at: 0, rate: rowsOfSlot },
        { at: seconds, rate: rowsOfSlot },
      ],
      lane: 'rows',
      schedule: slots.flatMap(({ workload }) => Array.from({ length: rowsOfSlot }, () => workload)),
      requestsAtMost: slots.length * rowsOfSlot,
      beside: own,
    },
  );
  const [[share], [end]] = [shares, ends];
  if (share === undefined)
    return withoutCapacity(rungs, `capacity was not measured: ${end?.said || 'k6 wrote no summary'}`);
  return readCapacity(share, rungs, rounds);
}

/** Reads the share of a capacity run. */
export function readCapacity({ counters, distributions, run }: Share, rungs: number, rounds: number): LadderCapacity {
  /** Milliseconds a request took of the server's time, or of the generator's against the null server, by round. */
  const costs = Array.from({ length: rungs + 1 }, (_, rung) =>
    Array.from({ length: rounds }, (_round, round) => {
      const slot = distributions[`slot_${round * (rungs + 1) + rung}`];
      return slot === undefined ? Number.NaN : (slot.values.at(-1) ?? Number.NaN) / slot.count;
    }),
  );
  const wrong = run.workloads.filter((_, index) => (counters[`wrong_${index}`] ?? 0) > 0).map(({ name }) => name);
  if (wrong.length > 0)
    return withoutCapacity(rungs, `capacity was not measured: ${wrong.join(', ')} got other answers than before`);
  if (counters['unanswered'] !== undefined) {
    return withoutCapacity(rungs, `capacity was not measured: ${counters['unanswered']} requests got no answer`);
  }
  if (costs.flat().some((cost) => !(cost > 0)))
    return withoutCapacity(rungs, 'capacity was not measured: some slots hold no answers');
  const own = 1_000 / Math.min(...(costs[rungs] ?? []));
  const capacity = estimateAll(costs.slice(0, rungs)).map(inverted);
  const differences = costs
    .slice(1, rungs)
    .map((list, index) => list.map((cost, round) => cost - (costs[index]?.[round] ?? 0)));
  const near = capacity.filter(({ value }) => value > own * nearGenerator).length;
  return {
    capacity,
    marginal: [null, ...estimateAll(differences)],
    notes:
      near === 0
        ? []
        : [
            `the generator itself makes ${Math.round(own)}/s: ${near} of ${rungs} capacities are near it, and at least what is said`,
          ],
  };
}

/** No capacities, and why. */
export function withoutCapacity(rungs: number, note: string): LadderCapacity {
  const none = Array.from({ length: rungs }, () => null);
  return { capacity: none, marginal: none, notes: [note] };
}

/** Milliseconds for one as so many per second. */
function inverted({ value, low, high }: Estimate): Estimate {
  const perSecond = (ms: number): number => Math.round(1_000 / ms);
  return { value: perSecond(value), low: perSecond(high), high: perSecond(low) };
}
