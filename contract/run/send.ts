import { setTimeout as pause } from 'node:timers/promises';
import type { Dialect } from '../../spec/dialect.ts';
import type { ApiRequest } from '../../spec/http.ts';
import { headerValue } from '../../spec/http.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Exchange, NoAnswer } from '../targets/exchange.ts';
import type { Target } from '../targets/target.ts';
import type { Ending } from './outcome.ts';

/** Where requests go, and the signal that ends them. */
export type Line = {
  readonly target: Pick<Target, 'send'>;
  readonly dialect: Pick<Dialect, 'operation'>;
  readonly signal: AbortSignal;
};

/** Too many requests: a gateway answers it instead of passing the request on. */
export const tooManyRequests = 429;
const maxBackOffs = 2;
const longestPauseMs = 1_000;

/**
 * Sends a request; after a 429 it waits and sends it again. A gateway with this answer did not pass the request on, so a
 * bind is not repeated. Everything else is an answer.
 */
export async function sendPatiently(
  request: ApiRequest,
  { target, signal }: Pick<Line, 'target' | 'signal'>,
): Promise<{ exchange: Exchange; backedOff: number }> {
  let exchange = await target.send(request, signal);
  let backedOff = 0;
  while (backedOff < maxBackOffs && exchange.kind === 'answer' && exchange.response.httpStatus === tooManyRequests) {
    const asked = Number(headerValue(exchange.response.headers, 'retry-after') ?? Number.NaN);
    const pauseMs = Math.min(asked >= 0 ? asked * 1000 : 200, longestPauseMs);
    // An interruption ends the pause, and then the next request ends too.
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    backedOff += 1;
    exchange = await target.send(request, signal);
  }
  return { exchange, backedOff };
}

/** The ending for a request that a gateway still refuses after every pause. */
export function refusedByLimit(what: string, backedOff: number): Ending {
  const reason = `${what}: got HTTP 429 (too many requests) ${backedOff + 1} times; lower "concurrency" or raise the limit of the gateway`;
  return { outcome: 'error', reason, cause: 'the target answers HTTP 429' };
}

/** A missing answer is a finding if the server answers a control request right after it; else the target is down. */
export async function judgeMissingAnswer(
  { reason, detail, stale }: NoAnswer,
  what: string,
  line: Line,
): Promise<Ending> {
  if (stale) return { outcome: 'error', reason: `${what}: no answer (${detail})`, stale };
  if (reason === 'aborted') return { outcome: 'error', reason: 'interrupted', cause: 'interrupted' };
  const control = await line.target.send(controlRequest(line.dialect.operation), line.signal);
  const alive = control.kind === 'answer';
  const then = alive ? 'the server answered the next request' : 'the next request got no answer either';
  return {
    outcome: alive ? 'failed' : 'error',
    reason: `${what}: no answer (${detail}); ${then}`,
    cause: alive ? `no answer (${reason})` : 'the target does not answer',
  };
}

/** A request without a token, which any server refuses. It shows whether the server answers. */
export function controlRequest({ method, path }: Pick<Operation, 'method' | 'path'>): ApiRequest {
  return {
    method,
    path,
    headers: [['content-type', 'application/json']],
    body: new TextEncoder().encode('{}'),
  };
}
