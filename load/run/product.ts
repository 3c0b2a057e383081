import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import { readSegment } from '../../generators/tokens.ts';
import type { LoadOperation, ReadyState, Weighted, Workload } from '../operation.ts';

/** A product with devices to bind, and the other states of the workloads; torn down on disposal. */
export type LoadProduct = AsyncDisposable & {
  readonly fixture: ReadyState['fixture'];
  /** The token of each state's requests. */
  readonly tokens: ReadonlyMap<ReadyState['state'], string>;
  /** The workloads that can be sent, and notes on those that cannot. */
  readonly mix: readonly Weighted[];
  readonly notes: readonly string[];
};

const teardownMs = 2_000;

/**
 * Sets up the load state, and further states that some workloads need. A workload that needs an unsupported state is left out.
 * @throws UserError (exit code 3) if there is no product for load, or a state fails.
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
      notes.push(`not sent: requests that need the state "${state}" (${setup.reason})`);
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

/** The input of a plan: a product without its teardown. */
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

/** Seconds until a token expires, by its `exp`; undefined if it is not a JWT or has no `exp`. Nothing is verified. */
export function secondsLeft(token: string, now: number = Date.now()): number | undefined {
  const { exp } = readSegment(token.split('.')[1] ?? '');
  return typeof exp === 'number' ? exp - now / 1_000 : undefined;
}
