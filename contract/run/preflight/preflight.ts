import { seededRandom } from '../../../generators/random.ts';
import type { RequestContext } from '../../../generators/request.ts';
import type { Dialect } from '../../../spec/dialect.ts';
import { type ApiRequest, headerValue } from '../../../spec/http.ts';
import { type Operation, tokenNames } from '../../../spec/operation.ts';
import type { ReadyState, StateSource } from '../../targets/state-source.ts';
import { type Target, withStates } from '../../targets/target.ts';
import { UserError } from '../../user-error.ts';
import { controlRequest } from '../send.ts';
import { difference, expiredAgo, secondsAhead } from './clocks.ts';
import { wrongPlace } from './place.ts';

/** A checked target. Use it instead of the given one, and dispose of it after the run. */
export type Checked = AsyncDisposable & {
  readonly target: Target;
  /** Possible problems, one line each. */
  readonly notes: readonly string[];
};

/** A larger difference of the clocks gives a note. A token is valid for two hours. */
const clockToleranceSeconds = 300;

/**
 * Checks the set-up before a run: the operation exists, the clocks agree, the states work, and their tokens are valid. The
 * run gets the device of this check, so that it does not use up a static fixture.
 * @throws UserError (exit code 3) with one line that says what to correct.
 */
export async function preflight(
  target: Target,
  options: {
    /** The state of the first request of the run. */
    readonly state: string;
    /** Whether the run is useless without this state. */
    readonly required: boolean;
    readonly dialect: Dialect;
    /** Makes a correct request. */
    correct(context: RequestContext): ApiRequest;
    readonly signal: AbortSignal;
  },
): Promise<Checked> {
  const { state, required, dialect, signal } = options;
  const { probed } = target;
  const control = probed === undefined ? await target.send(controlRequest(dialect.operation), signal) : undefined;
  const response = control?.kind === 'answer' ? control.response : probed;
  const date = response === undefined ? undefined : headerValue(response.headers, 'date');
  const ahead = secondsAhead(date, Date.now() / 1000) ?? 0;
  const skew = Math.abs(ahead) > clockToleranceSeconds ? ahead : 0;
  const checked = withChecks(target, dialect.operation, skew);
  const { states } = checked.target;
  const clocks = `the target's clock is ${difference(skew)} the clock of this machine`;
  const notes = skew === 0 ? [] : [`${clocks}, so tokens may be refused; correct the clocks`];
  const setup = signal.aborted ? undefined : await states.setup(state, signal);
  if (setup?.kind === 'ready' && signal.aborted) checked.keep(setup);
  if (setup === undefined || signal.aborted) return { ...checked, notes };
  if (setup.kind === 'broken') throw new UserError(setup.reason, 3);
  if (setup.kind === 'unsupported' && required)
    throw new UserError(await whyUnsupported(states, setup.reason, state, dialect.operation), 3);
  if (setup.kind !== 'ready') return { ...checked, notes };
  // A correct server may answer a request without a token with HTTP 404, so a correct request decides.
  if (response === undefined || (await wrongPlace(target, response, dialect.operation)) === undefined) {
    checked.keep(setup);
    return { ...checked, notes };
  }
  const { fixture } = setup;
  const correct = options.correct({ fixture, dialect, random: seededRandom(0, setup.id), keys: target.keys });
  const answer = await target.send(correct, signal);
  await states.teardown(setup);
  const problem = answer.kind === 'answer' ? await wrongPlace(target, answer.response, dialect.operation) : undefined;
  if (problem !== undefined) throw new UserError(problem, 3);
  return { ...checked, notes };
}

/** Why a run cannot start without a state: the handler does not support it, or the states URL is wrong. */
export async function whyUnsupported(
  states: StateSource,
  reason: string,
  state: string,
  operation: Operation,
): Promise<string> {
  const says = `state "${state}" is not supported: ${reason}`;
  // The simplest of the other states.
  const [simplest] =
    Object.entries(operation.states).find(([name, needed]) => name !== state && needed.length === 0) ?? [];
  if (states.given === undefined && simplest !== undefined) {
    const other = await states.setup(simplest);
    if (other.kind === 'unsupported') {
      const { url, flag } = states.endpoint ?? { url: 'the states endpoint', flag: '--states' };
      return `${url} answered ${other.httpStatus} to every state tried, so it is probably not the states endpoint; correct ${flag} (states.url in the configuration)`;
    }
    if (other.kind === 'ready') await states.teardown(other);
  }
  return `${says}; the run needs this state (docs/provider-states.md)`;
}

/**
 * A target that rejects fixtures with an expired token, and that reuses one earlier set-up or tears it down if the run does not
 * use it.
 * @param skew how many seconds the target's clock is ahead. The target judges tokens, so its clock decides.
 */
function withChecks(
  target: Target,
  operation: Operation,
  skew: number,
): Omit<Checked, 'notes'> & { readonly keep: (setup: ReadyState) => void } {
  const { states } = target;
  let kept: ReadyState | undefined;
  const next =
    states.given === undefined ? 'let the states endpoint issue a new one' : 'put a new one into the configuration';
  return {
    keep: (setup) => {
      kept = setup;
    },
    target: withStates(target, {
      setup: async (state, signal) => {
        if (kept?.state === state) {
          const taken = kept;
          kept = undefined;
          return taken;
        }
        const setup = await states.setup(state, signal);
        if (setup.kind !== 'ready' || state === operation.expiredState) return setup;
        const problem = tokenProblem(setup, operation, skew);
        if (problem === undefined) return setup;
        await states.teardown(setup, signal);
        return { kind: 'broken', reason: `${problem}; ${skew === 0 ? next : 'correct the clocks'}` };
      },
    }),
    [Symbol.asyncDispose]: async () => {
      const left = kept;
      kept = undefined;
      if (left !== undefined) await states.teardown(left);
    },
  };
}

function tokenProblem({ fixture, state }: ReadyState, operation: Operation, skew: number): string | undefined {
  const now = Date.now() / 1000;
  for (const field of tokenNames(operation)) {
    const expired = expiredAgo(fixture[field] ?? '', now + skew);
    if (expired === undefined) continue;
    const clock = skew === 0 ? '' : `, because the target's clock is ${difference(skew)} the clock of this machine`;
    return `the ${field} of the fixture for "${state}" expired ${expired} ago${clock}`;
  }
  return undefined;
}
