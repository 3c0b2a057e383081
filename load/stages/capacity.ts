import { estimateAll } from '../compare/bootstrap.ts';
import { steadyCurve } from '../profiles.ts';
import { type Estimate, reasonsThatHold } from '../results.ts';
import { draftPlan, type Plan, type Sending } from '../run/draft-plan.ts';
import { type LoadGenerator, measure } from '../run/measure.ts';
import { startNullServer } from '../run/null-server.ts';
import type { LoadProduct } from '../run/product.ts';
import type { Share } from '../run/share.ts';

/** The capacity of the server for each rung, and the cost of each rung but the first; notes say why if it was not measured. */
export type LadderCapacity = {
  readonly capacity?: readonly Estimate[];
  readonly marginal?: readonly (Estimate | null)[];
  readonly notes: readonly string[];
};

/** Requests in flight: enough to keep a server busy, few enough that none waits long. */
const concurrency = 16;
const rowsOfSlot = 1_000;
// The shortest slot that k6 supports.
const slotMs = 1_000;
const pauseMs = 50;
/** A capacity this close to that of the generator is limited by the generator. */
const nearGenerator = 0.8;

/** Sends each rung in turn as fast as its answers arrive, in several rounds, with one slot of a null server in each round. */
export async function measureCapacity(
  product: LoadProduct,
  generator: LoadGenerator,
  sending: Sending,
  rounds: number,
): Promise<LadderCapacity> {
  const { operation } = product.site;
  await using nothing = await startNullServer(operation.success);
  const rungs = product.mix.length;
  const seconds = Math.ceil((rounds * (rungs + 1) * (slotMs + pauseMs)) / 1_000);
  const alone = { ...generator, processes: 1, outputs: [] };
  const drafted = draftPlan(product, alone, {
    ...sending,
    phase: `capacity, ${concurrency} requests in flight`,
    curve: steadyCurve(rowsOfSlot, seconds),
    lane: 'rows',
  });
  const { shares, ends } = await measure(alone, inSlots(drafted, rounds, nothing.url + operation.path));
  const [share] = shares;
  return share === undefined
    ? { notes: [`capacity was not measured: ${ends[0]?.said || 'k6 wrote no summary'}`] }
    : readCapacity(share, rungs, rounds);
}

/** A plan that sends its workloads one after the other, and the last also to a null server: each scenario is one slot. */
function inSlots(plan: Plan, rounds: number, nullUrl: string): Plan {
  const { k6, workloads } = plan;
  const scenario = { executor: 'shared-iterations', vus: concurrency, iterations: rowsOfSlot, gracefulStop: '0s' };
  const slots = Array.from({ length: rounds * (workloads.length + 1) }, (_, index) => index);
  const withNull = <One>(all: readonly One[], change: (one: One) => One): readonly One[] => [
    ...all,
    ...all.slice(-1).map(change),
  ];
  return {
    ...plan,
    rows: slots.length * rowsOfSlot,
    workloads: withNull(workloads, (last) => last),
    k6: {
      ...k6,
      workloads: withNull(k6.workloads, (last) => ({ ...last, url: nullUrl })),
      schedule: { workloads: slots.map((slot) => slot % (workloads.length + 1)), each: rowsOfSlot },
      scenarios: Object.fromEntries(
        slots.map((slot) => {
          const startTime = `${slot * (slotMs + pauseMs)}ms`;
          return [`slot_${slot}`, { ...scenario, startTime, maxDuration: `${slotMs}ms` }];
        }),
      ),
      windows: { ...k6.windows, count: slots.length, milliseconds: null, byWorkload: false, oneIn: 0, ends: true },
    },
  };
}

/** Reads the share of a capacity run. */
export function readCapacity({ counters, distributions, run }: Share, rungs: number, rounds: number): LadderCapacity {
  /** Server time of a request in milliseconds, by round; with the null server, the time of the generator. */
  const costs = Array.from({ length: rungs + 1 }, (_, rung) =>
    Array.from({ length: rounds }, (_round, round) => {
      const slot = distributions[`ended_${round * (rungs + 1) + rung}`];
      return slot === undefined ? Number.NaN : (slot.values.at(-1) ?? Number.NaN) / slot.count;
    }),
  );
  const others = (index: number): boolean => ['right', 'open', 'wrong'].some((of) => counters[`${of}_${index}`]);
  const wrong = run.workloads.filter((_, index) => others(index)).map(({ name }) => name);
  const unanswered = counters['unanswered'];
  const [problem] = reasonsThatHold([
    [wrong.length > 0, `${wrong.join(', ')} got different answers than before`],
    [unanswered !== undefined, `${unanswered} requests got no answer`],
    [costs.flat().some((cost) => !(cost > 0)), 'some slots have no answers'],
  ]);
  if (problem !== undefined) return { notes: [`capacity was not measured: ${problem}`] };
  const own = 1_000 / Math.min(...(costs[rungs] ?? []));
  const capacity = estimateAll(costs.slice(0, rungs)).map(toPerSecond);
  const differences = costs
    .slice(1, rungs)
    .map((list, index) => list.map((cost, round) => cost - (costs[index]?.[round] ?? 0)));
  const near = capacity.filter(({ value }) => value > own * nearGenerator).length;
  const note = `the generator itself reaches ${Math.round(own)}/s; ${near} of ${rungs} capacities are close to that, so their true values may be higher`;
  return { capacity, marginal: [null, ...estimateAll(differences)], notes: near === 0 ? [] : [note] };
}

/** Converts milliseconds per request to requests per second. */
function toPerSecond({ value, low, high }: Estimate): Estimate {
  const perSecond = (ms: number): number => Math.round(1_000 / ms);
  return { value: perSecond(value), low: perSecond(high), high: perSecond(low) };
}
