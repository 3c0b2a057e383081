import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import { readSegment } from '../../generators/tokens.ts';
import type { LoadOperation, ReadyState, Weighted, Workload } from '../operation.ts';

/** A product whose devices can be bound at will, and what else the workloads need; undone when it is disposed of. */
export type LoadProduct = AsyncDisposable & {
  readonly fixture: ReadyState['fixture'];
  /** By state: the token that its requests carry. */
  readonly tokens: ReadonlyMap<ReadyState['state'], string>;
  /** The workloads that can be sent, and what had to be left out. */
  readonly mix: readonly Weighted[];
  readonly notes: readonly string[];
};

const teardownMs = 2_000;

/**
 * Sets up the load state, and the states that some workloads need beside it. A workload whose state is not supported is left out.
 * @throws UserError (exit code 3) where there is no product for load, or where a state breaks.
 */
export async function openProduct(
  { states }: Pick<Target, 'states'>,
  { state: loadState }: Pick<LoadOperation, 'state'>,
  mix: readonly Weighted[],
  signal: AbortSignal,
): Promise<LoadProduct> {
  const product = await states.setup(loadState, signal);
  if (product.kind !== 'ready') throw new UserError(`load needs the state "${loadState}": ${product.reason}`, 3);
  const setups = [product];
  const notes: string[] = [];
  const tokens = new Map([[loadState, readToken(product)]]);
  const dispose = async (): Promise<void> => {
    await Promise.all(setups.map((setup) => states.teardown(setup, AbortSignal.timeout(teardownMs))));
  };
  for (const state of new Set(mix.flatMap(({ workload }) => workload.token ?? []))) {
    const setup = await states.setup(state, signal);
    if (setup.kind === 'broken') {
      await dispose();
      throw new UserError(`load needs the state "${state}": ${setup.reason}`, 3);
    }
    if (setup.kind === 'ready') {
      setups.push(setup);
      tokens.set(state, readToken(setup));
    } else {
      notes.push(`left out: requests that need the state "${state}" (${setup.reason})`);
    }
  }
  return {
    fixture: product.fixture,
    tokens,
    mix: mix.filter(({ workload: { token } }) => token === null || tokens.has(token ?? loadState)),
    notes,
    [Symbol.asyncDispose]: dispose,
  };
}

/** What a run is planned with: a product without what undoes it. */
export type PlannedProduct = Omit<LoadProduct, keyof AsyncDisposable>;

/** The Authorization header of a workload, if it has one. */
export function authorization(
  { tokens }: Pick<LoadProduct, 'tokens'>,
  { state }: Pick<LoadOperation, 'state'>,
  { token = state }: Workload,
): Readonly<Record<string, string>> {
  return token === null ? {} : { Authorization: `Bearer ${tokens.get(token) ?? ''}` };
}

/** The token of a provider state. */
export function readToken({ fixture }: Pick<ReadyState, 'fixture'>): string {
  return fixture['token'] ?? '';
}

/** Seconds until a token ends, by its own `exp`; undefined where it is no JWT or does not say. Nothing is verified. */
export function secondsLeft(token: string, now: number = Date.now()): number | undefined {
  const { exp } = readSegment(token.split('.')[1] ?? '');
  return typeof exp === 'number' ? exp - now / 1_000 : undefined;
}
