import { randomInt } from 'node:crypto';
import { integerCode } from '../../contract/judge/judge.ts';
import { jsonValue } from '../../contract/judge/parse-json.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import { readSegment } from '../../generators/tokens.ts';
import type { LoadOperation, ReadyState, Weighted, Workload } from '../operation.ts';
import type { CountedCode } from './counted-codes.ts';
import type { Network } from './k6-environment.ts';

/** A server, its operation, and how requests reach it. */
export type Site = {
  readonly operation: LoadOperation;
  readonly target: Target;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly insecure: boolean;
  readonly network: Network;
};

/** A site that needs no settings of its own. */
export function siteOf(operation: LoadOperation, target: Target): Site {
  return { operation, target, timeoutMs: 10_000, headers: {}, insecure: false, network: {} };
}

/** A product at a site with devices to bind, and the other states of the workloads. */
export type LoadProduct = {
  readonly site: Site;
  readonly fixture: ReadyState['fixture'];
  /** The token of each state's requests. */
  readonly tokens: ReadonlyMap<ReadyState['state'], string>;
  /** The workloads that can be sent, and notes on those that cannot. */
  readonly mix: readonly Weighted[];
  readonly notes: readonly string[];
  /** The code in the answer to one request of each workload; k6 records the latencies of this code. */
  readonly usual: ReadonlyMap<Workload, CountedCode>;
};

const teardownMs = 2_000;

/**
 * Sets up the load state, and further states that some workloads need, and sends one request of each workload. A workload that
 * needs an unsupported state is left out. Everything is torn down on disposal.
 * @param needed the beginning of the message if there is no load state.
 * @throws UserError (exit code 3) if there is no product for load, a state fails, or a request gets no answer.
 */
export async function openProduct(
  site: Site,
  mix: readonly Weighted[],
  signal: AbortSignal,
  needed = `load needs the state "${site.operation.state}"`,
): Promise<LoadProduct & AsyncDisposable> {
  const { states } = site.target;
  const loadState = site.operation.state;
  await using setups = new AsyncDisposableStack();
  const ready: ReadyState[] = [];
  setups.defer(async () => {
    await Promise.all(ready.map((setup) => states.teardown(setup, AbortSignal.timeout(teardownMs))));
  });
  const keep = (setup: ReadyState): string => {
    ready.push(setup);
    return readToken(setup);
  };
  const first = await states.setup(loadState, signal);
  if (first.kind !== 'ready') throw new UserError(`${needed}: ${first.reason}`, 3);
  const tokens = new Map([[loadState, keep(first)]]);
  const notes: string[] = [];
  for (const state of new Set(mix.flatMap(({ workload }) => workload.token ?? []))) {
    const setup = await states.setup(state, signal);
    if (setup.kind === 'broken') throw new UserError(`load needs the state "${state}": ${setup.reason}`, 3);
    if (setup.kind === 'ready') tokens.set(state, keep(setup));
    else notes.push(`not sent: requests that need the state "${state}" (${setup.reason})`);
  }
  const sent = mix.filter(({ workload: { token } }) => token === null || tokens.has(token ?? loadState));
  const product = { site, fixture: first.fixture, tokens, mix: sent, notes };
  const usual = await askUsualCodes(product, signal);
  const opened = setups.move();
  return { ...product, usual, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/**
 * The codes in the answers to one request of each workload.
 * @throws UserError (exit code 3) if there is no answer.
 */
export async function askUsualCodes(
  product: Omit<LoadProduct, 'usual'>,
  signal: AbortSignal,
): Promise<LoadProduct['usual']> {
  const run = newRunId();
  const usual = new Map<Workload, CountedCode>();
  for (const [number, { workload }] of product.mix.entries()) {
    const code = await ask(product, workload, signal, { run, number });
    if (code !== undefined) usual.set(workload, code);
    else if (signal.aborted) break;
    else {
      throw new UserError(
        `load: a request with ${workload.title} to ${product.site.target.url} got no answer; check that the server runs, and run verify first`,
        3,
      );
    }
  }
  return usual;
}

/**
 * The code of the answer to one request, as k6 would count it; undefined if there is no answer.
 * @param which run and number select the device; if absent, a device that no run uses.
 */
export async function ask(
  product: Omit<LoadProduct, 'usual'>,
  workload: Workload,
  signal: AbortSignal,
  { run, number }: { readonly run: string; readonly number: number } = { run: newRunId(), number: 0 },
): Promise<CountedCode | undefined> {
  const { operation, target, headers } = product.site;
  const { http } = operation.requests(product.fixture, run)(workload, number);
  const own = Object.entries({ ...authorization(product, workload), ...headers });
  const others = http.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  const exchange = await target.send({ ...http, headers: [...others, ...own] }, signal);
  if (exchange.kind !== 'answer') return undefined;
  const { httpStatus, body } = exchange.response;
  const code = integerCode(jsonValue(body));
  return httpStatus === 200 && code !== undefined ? code : 'none';
}

/** The same product, with its requests sent to another server. */
export function atServer(product: LoadProduct, url: string): LoadProduct {
  const { site } = product;
  return { ...product, site: { ...site, target: { ...site.target, url } } };
}

/** A separate range of devices for each run: the same product may serve many runs, and a device binds once. */
export function newRunId(): string {
  return `L${randomInt(36 ** 8)
    .toString(36)
    .padStart(8, '0')
    .toUpperCase()}`;
}

/** The Authorization header of a workload, if it has one. */
export function authorization(
  { site, tokens }: Pick<LoadProduct, 'site' | 'tokens'>,
  { token = site.operation.state }: Workload,
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
