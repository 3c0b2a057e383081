import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import type { Fixture, StateName } from '../spec/pure-bt/states.ts';
import type { Weighted } from './pure-bt/workloads.ts';

/** A product whose devices can be bound at will, and what else the workloads need; undone when it is disposed of. */
export type LoadProduct = AsyncDisposable & {
  readonly fixture: Fixture;
  readonly expiredToken: string | undefined;
  /** The workloads that can be sent, and what had to be left out. */
  readonly mix: readonly Weighted[];
  readonly notes: readonly string[];
};

/** The state that a load needs: any well-formed dk binds, once. */
export const loadState: StateName = 'a product whose every device is ready to bind';

const teardownMs = 2_000;

/**
 * Sets up the load state, and the states that some workloads need beside it. A workload whose state is not supported is left out.
 * @throws UserError (exit code 3) where there is no product for load, or where a state breaks.
 */
export async function openProduct(target: Target, mix: readonly Weighted[], signal: AbortSignal): Promise<LoadProduct> {
  const product = await target.states.setup(loadState, signal);
  if (product.kind !== 'ready') throw new UserError(`load needs the state "${loadState}": ${product.reason}`, 3);
  const setups = [product];
  const notes: string[] = [];
  const missing = new Set<StateName>();
  let expiredToken: string | undefined;
  const dispose = async (): Promise<void> => {
    await Promise.all(setups.map((setup) => target.states.teardown(setup, AbortSignal.timeout(teardownMs))));
  };
  for (const state of new Set(mix.flatMap(({ workload }) => workload.state ?? []))) {
    const setup = await target.states.setup(state, signal);
    if (setup.kind === 'broken') {
      await dispose();
      throw new UserError(`load needs the state "${state}": ${setup.reason}`, 3);
    }
    if (setup.kind === 'ready') {
      setups.push(setup);
      expiredToken = setup.fixture['token'];
    } else {
      missing.add(state);
      notes.push(`left out: requests that need the state "${state}" (${setup.reason})`);
    }
  }
  return {
    fixture: product.fixture as Fixture,
    expiredToken,
    mix: mix.filter(({ workload }) => workload.state === undefined || !missing.has(workload.state)),
    notes,
    [Symbol.asyncDispose]: dispose,
  };
}
