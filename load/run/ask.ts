import { integerCode, parseJson } from '../../contract/judge/judge.ts';
import { UserError } from '../../contract/user-error.ts';
import { seededRandom } from '../../generators/random.ts';
import type { ApiRequest } from '../../spec/http.ts';
import type { CountedCode } from './codes.ts';
import { freshIdentity } from './draft.ts';
import type { LoadProduct } from './product.ts';
import type { Recipe } from '../pure-bt/recipe.ts';
import type { RowMaker } from '../pure-bt/requests.ts';
import { requestOf } from '../pure-bt/requests.ts';
import type { Workload } from '../pure-bt/workloads.ts';
import { plain } from '../pure-bt/workloads.ts';
import type { ObjectiveResult } from '../results.ts';
import type { SessionWithoutK6 } from '../session.ts';

/**
 * Sends one request of each workload: the code that comes is the one whose latencies k6 keeps.
 * @throws UserError (exit code 3) where there is no answer.
 */
export async function askUsualCodes(
  session: SessionWithoutK6,
  product: LoadProduct,
): Promise<ReadonlyMap<Workload, CountedCode>> {
  const maker = freshMaker(session, product);
  const usual = new Map<Workload, CountedCode>();
  for (const [number, { workload }] of product.mix.entries()) {
    const code = await codeOf(session, product, maker, workload.recipe, number);
    if (code === undefined) {
      if (session.signal.aborted) break;
      throw new UserError(
        `load: a request with ${workload.title} to ${session.target.url} got no answer; see that the server runs, and run verify first`,
        3,
      );
    }
    usual.set(workload, code);
  }
  return usual;
}

/** The code of the answer to one request made by a recipe, about a device of its own. */
export function askOnce(
  session: SessionWithoutK6,
  product: LoadProduct,
  recipe: Recipe,
): Promise<CountedCode | undefined> {
  return codeOf(session, product, freshMaker(session, product), recipe, 0);
}

/** Whether devices that the load has bound are refused as bound: a server may say "bound" and bind nothing. */
export async function askAgain(
  session: SessionWithoutK6,
  product: LoadProduct,
  maker: RowMaker,
  /** Numbers of requests that were to bind. */
  numbers: readonly number[],
): Promise<ObjectiveResult> {
  const again = await Promise.all(numbers.map((number) => codeOf(session, product, maker, plain.recipe, number)));
  const refused = again.filter((code) => code === 5049).length;
  return {
    name: 'each device is bound once',
    kept: refused === again.length,
    detail: `${refused} of ${again.length} asked again answered 5049`,
  };
}

function freshMaker({ dialect }: SessionWithoutK6, { fixture }: LoadProduct): RowMaker {
  const identity = freshIdentity();
  return { fixture, dialect, random: seededRandom(0, identity.dkPrefix), identity };
}

/** The code of the answer to the request of a number, as k6 would count it; undefined where there is no answer. */
async function codeOf(
  { target, signal, headers }: SessionWithoutK6,
  { expiredToken }: LoadProduct,
  maker: RowMaker,
  recipe: Recipe,
  number: number,
): Promise<CountedCode | undefined> {
  const { http } = requestOf(maker, recipe, number);
  const exchange = await target.send(withToken(http, recipe, expiredToken, headers), signal);
  if (exchange.kind !== 'answer') return undefined;
  const { httpStatus, body } = exchange.response;
  const parsed = parseJson(body);
  const code = 'value' in parsed ? integerCode(parsed.value) : undefined;
  return httpStatus === 200 && code !== undefined ? code : 'none';
}

function withToken(
  http: ApiRequest,
  { token }: Recipe,
  expiredToken: string | undefined,
  headers: SessionWithoutK6['headers'] = {},
): ApiRequest {
  const others = http.headers.filter(([name]) => token === 'right' || name !== 'authorization');
  const expired = token === 'expired' ? [['authorization', `Bearer ${expiredToken ?? ''}`] as const] : [];
  return { ...http, headers: [...others, ...expired, ...Object.entries(headers)] };
}
