import type { ApiRequest } from '../../spec/http.ts';
import type { Operation } from '../../spec/operation.ts';
import { type Exchange, type NoAnswer, sendAgainWhileBusy } from '../targets/exchange.ts';
import type { CaseRun, Ending } from './outcome.ts';

/** Too many requests: a gateway answers it instead of passing the request on. */
export const tooManyRequests = 429;
const longestPauseMs = 1_000;

/**
 * Sends a request; after a 429 it waits and sends it again. A gateway with this answer did not pass the request on, so a
 * bind is not repeated. Everything else is an answer.
 */
export function sendPatiently(
  request: ApiRequest,
  { target, signal }: Pick<CaseRun, 'target' | 'signal'>,
): ReturnType<typeof sendAgainWhileBusy> {
  return sendAgainWhileBusy(() => target.send(request, signal), isLimited, longestPauseMs, signal);
}

function isLimited(exchange: Exchange): boolean {
  return exchange.kind === 'answer' && exchange.response.httpStatus === tooManyRequests;
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
  { target, dialect, signal }: Pick<CaseRun, 'target' | 'dialect' | 'signal'>,
): Promise<Ending> {
  if (stale) return { outcome: 'error', reason: `${what}: no answer (${detail})`, stale };
  if (reason === 'aborted') return { outcome: 'error', reason: 'interrupted', cause: 'interrupted' };
  const control = await target.send(controlRequest(dialect.operation), signal);
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
