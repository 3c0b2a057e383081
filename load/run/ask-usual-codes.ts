import { integerCode } from '../../contract/judge/judge.ts';
import { jsonValue } from '../../contract/judge/parse-json.ts';
import { UserError } from '../../contract/user-error.ts';
import type { Workload } from '../operation.ts';
import type { ObjectiveResult } from '../results.ts';
import type { CountedCode } from './counted-codes.ts';
import type { Site } from './draft-plan.ts';
import { newRunId } from './draft-plan.ts';
import type { LoadProduct } from './product.ts';
import { authorization } from './product.ts';

/**
 * Sends one request of each workload. k6 records the latencies of the code in the answer.
 * @throws UserError (exit code 3) if there is no answer.
 */
export async function askUsualCodes(
  site: Site,
  product: LoadProduct,
  signal: AbortSignal,
): Promise<ReadonlyMap<Workload, CountedCode>> {
  const run = newRunId();
  const usual = new Map<Workload, CountedCode>();
  for (const [number, { workload }] of product.mix.entries()) {
    const code = await ask(site, product, workload, signal, { run, number });
    if (code === undefined) {
      if (signal.aborted) break;
      throw new UserError(
        `load: a request with ${workload.title} to ${site.target.url} got no answer; check that the server runs, and run verify first`,
        3,
      );
    }
    usual.set(workload, code);
  }
  return usual;
}

/** Whether devices that a run has bound are now refused as bound: a server may report success and bind nothing. */
export async function askAgain(
  site: Site,
  product: LoadProduct,
  signal: AbortSignal,
  run: string,
  /** Numbers of requests that should have bound a device. */
  numbers: readonly number[],
): Promise<ObjectiveResult> {
  const { plain, alreadyBound } = site.operation;
  const again = await Promise.all(numbers.map((number) => ask(site, product, plain, signal, { run, number })));
  const refused = again.filter((code) => code === alreadyBound).length;
  return {
    name: 'each device is bound once',
    kept: refused === again.length,
    detail: `${refused} of ${again.length} repeated requests were answered with ${alreadyBound}`,
  };
}

/**
 * The code of the answer to one request, as k6 would count it; undefined if there is no answer.
 * @param which run and number select the device; if absent, a device that no run uses.
 */
export async function ask(
  { operation, target, headers }: Site,
  product: LoadProduct,
  workload: Workload,
  signal: AbortSignal,
  { run, number }: { readonly run: string; readonly number: number } = { run: newRunId(), number: 0 },
): Promise<CountedCode | undefined> {
  const { http } = operation.requests(product.fixture, run)(workload, number);
  const own = Object.entries({ ...authorization(product, operation, workload), ...headers });
  const others = http.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  const exchange = await target.send({ ...http, headers: [...others, ...own] }, signal);
  if (exchange.kind !== 'answer') return undefined;
  const { httpStatus, body } = exchange.response;
  const code = integerCode(jsonValue(body));
  return httpStatus === 200 && code !== undefined ? code : 'none';
}
