import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../generators/random.ts';
import type { RequestContext } from '../generators/request.ts';
import type { Dialect } from '../spec/dialect.ts';
import { isSuccessCode } from '../spec/dialect.ts';
import type { ApiRequest, ApiResponse } from '../spec/http.ts';
import { operationPath } from '../spec/http.ts';
import type { Case } from './case.ts';
import { inert } from './inert.ts';
import { headerOf, integerCode, judge, parseJson } from './judge.ts';
import type { Mask } from './mask.ts';
import { maskOfFixture, showEverything } from './mask.ts';
import type { Attempt, CaseResult, Outcome, Received } from './outcome.ts';
import { previewBody, showRequest } from './show.ts';
import type { Exchange, NoAnswer } from './targets/exchange.ts';
import type { StateSetup } from './targets/state-source.ts';
import type { Target } from './targets/target.ts';

/** What holds for every case of a run. */
export type CaseRun = {
  readonly target: Target;
  readonly dialect: Dialect;
  readonly seed: number;
  readonly keys: RequestContext['keys'];
  readonly showSecrets: boolean;
  readonly signal: AbortSignal;
};

type Ready = StateSetup & { readonly kind: 'ready' };
type Ending = Pick<CaseResult, 'outcome'> & {
  readonly reason?: string;
  readonly cause?: string;
  readonly stale?: boolean;
};

/**
 * Runs one case: its state, its requests in order, and the teardown. Never throws for what a target does.
 * A case that met a stale connection is run once more, from its state on: with another device, so no request is repeated.
 */
export async function runCase(tested: Case, run: CaseRun): Promise<CaseResult> {
  const { stale, ...result } = await runOnce(tested, run);
  if (stale !== true || run.signal.aborted) return result;
  const { stale: _, ...again } = await runOnce(tested, run);
  return again;
}

async function runOnce(tested: Case, run: CaseRun): Promise<CaseResult & { readonly stale?: boolean }> {
  const started = performance.now();
  const attempts: Attempt[] = [];
  const ended = (ending: Ending): CaseResult & { readonly stale?: boolean } => ({
    case: tested,
    attempts,
    durationMs: performance.now() - started,
    ...ending,
  });

  if (tested.needs !== undefined && run.keys[tested.needs] === undefined) {
    return ended({
      outcome: 'skipped',
      reason: `its token needs a key that was not given (tokenKeys.${tested.needs} in bindgate.config)`,
    });
  }
  const setup = await run.target.states.setup(tested.given, run.signal);
  if (setup.kind === 'unsupported') {
    return ended({ outcome: 'skipped', reason: `state "${tested.given}" is not supported: ${setup.reason}` });
  }
  if (setup.kind === 'broken') {
    return ended({ outcome: 'error', reason: setup.reason, cause: 'the states endpoint broke' });
  }
  const ending = await runSteps(tested, setup, run, attempts);
  const problem = await run.target.states.teardown(setup, graceAfter(run.signal));
  // What the server did stands; that its state was not cleared away is the handler's fault, and is said.
  return ended(
    problem !== undefined && ending.outcome === 'passed'
      ? { outcome: 'error', reason: problem, cause: 'a teardown failed' }
      : ending,
  );
}

/** Half a second after an interruption: time to clear a state away, not enough to be held up by a server. */
function graceAfter(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  const start = (): void => {
    setTimeout(() => late.abort(), 500).unref();
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true, signal: late.signal });
  return late.signal;
}

async function runSteps(tested: Case, setup: Ready, run: CaseRun, attempts: Attempt[]): Promise<Ending> {
  const mask = run.showSecrets ? showEverything : maskOfFixture(setup.fixture);
  let warning: string | undefined;
  for (const [index, step] of tested.steps.entries()) {
    const context: RequestContext = {
      fixture: setup.fixture,
      dialect: run.dialect,
      // The fixture takes part, so that a seed that is replayed on the same server does not make the same devices.
      random: seededRandom(run.seed, tested.id, index, setup.fixture.dk),
      keys: run.keys,
    };
    const built = step.request(context);
    const expected = step.expect(run.dialect);
    const shown = { what: step.what, expected, request: showRequest(built, setup.fixture, mask, run.showSecrets) };
    const { exchange, backedOff } = await sendPatiently(built.http, run);
    if (exchange.kind === 'no-answer') {
      const received = { httpStatus: null, code: null, noAnswer: mask(exchange.detail), preview: '' };
      attempts.push({ ...shown, received, verdict: { kind: 'no-answer' }, bound: false, backedOff });
      return silence(exchange, step.what, run);
    }
    const { response } = exchange;
    const verdict = judge(response, expected, run.dialect);
    attempts.push({
      ...shown,
      received: receivedFrom(response, mask),
      verdict,
      bound: saysBound(response, run.dialect),
      backedOff,
    });
    if (response.httpStatus === tooManyRequests) {
      const reason = `${step.what} was answered 429 (too many requests) ${backedOff + 1} times; lower "concurrency" or raise the gateway's limit`;
      return { outcome: 'error', reason, cause: 'the target answers 429' };
    }
    if (verdict.kind === 'wrong') {
      // Text of the target: masked first, since an escape in the middle of a secret would hide it from the mask.
      return {
        outcome: 'failed',
        reason: inert(mask(`${step.what} ${verdict.reason}`), 400),
        cause: inert(mask(verdict.cause)),
      };
    }
    if (verdict.kind === 'open') warning ??= `${step.what} ${verdict.reason}`;
  }
  return warning === undefined
    ? { outcome: 'passed' }
    : { outcome: 'warned', reason: warning, cause: 'another reading of the document' };
}

const tooManyRequests = 429;
const mostBackOffs = 2;
const longestPauseMs = 1_000;

/**
 * Sends a request; after a 429 it waits and sends it again. A gateway that says so has not let the request through, so
 * this is no retry of a bind. Everything else is an answer.
 */
async function sendPatiently(request: ApiRequest, run: CaseRun): Promise<{ exchange: Exchange; backedOff: number }> {
  let exchange = await run.target.send(request, run.signal);
  let backedOff = 0;
  while (backedOff < mostBackOffs && exchange.kind === 'answer' && exchange.response.httpStatus === tooManyRequests) {
    const asked = Number(headerOf(exchange.response, 'retry-after') ?? Number.NaN);
    const pauseMs = Math.min(asked >= 0 ? asked * 1000 : 200, longestPauseMs);
    // An interruption ends the pause, and the next request with it.
    await pause(pauseMs, undefined, { signal: run.signal }).catch(() => undefined);
    backedOff += 1;
    exchange = await run.target.send(request, run.signal);
  }
  return { exchange, backedOff };
}

/** No answer is a finding where the server is well and answers a plain request right after; otherwise it is down. */
async function silence({ reason, detail, stale }: NoAnswer, what: string, run: CaseRun): Promise<Ending> {
  if (stale) return { outcome: 'error', reason: `${what} got no answer: ${detail}`, stale };
  if (reason === 'aborted') return { outcome: 'error', reason: 'interrupted', cause: 'interrupted' };
  const control = await run.target.send(controlRequest, run.signal);
  const outcome: Outcome = control.kind === 'answer' ? 'failed' : 'error';
  const then = control.kind === 'answer' ? 'a request right after was answered' : 'nor did a request right after';
  return {
    outcome,
    reason: `${what} got no answer: ${detail}; ${then}`,
    cause: outcome === 'failed' ? `no answer (${reason})` : 'the target does not answer',
  };
}

/** Whether a server answers at all: a request without a token, which any server refuses. */
export const controlRequest: ApiRequest = {
  method: 'POST',
  path: operationPath,
  headers: [['content-type', 'application/json']],
  body: new TextEncoder().encode('{}'),
};

function receivedFrom(response: ApiResponse, mask: Mask): Received {
  const parsed = parseJson(response.body);
  return {
    httpStatus: response.httpStatus,
    code: ('value' in parsed ? integerCode(parsed.value) : undefined) ?? null,
    preview: previewBody(response, mask),
  };
}

function saysBound({ httpStatus, body }: ApiResponse, dialect: Dialect): boolean {
  const parsed = parseJson(body);
  const code = 'value' in parsed ? integerCode(parsed.value) : undefined;
  return httpStatus === 200 && code !== undefined && isSuccessCode(code, dialect);
}
