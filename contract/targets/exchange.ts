import { setTimeout as pause } from 'node:timers/promises';
import { type ApiResponse, headerValue } from '../../spec/http.ts';

/** Why a request got no whole answer. */
export type NoAnswerReason =
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'time-out'
  | 'too-large'
  | 'malformed'
  | 'tls'
  | 'aborted';

/** A request without a whole answer. `detail` is one inert line without secrets. */
export type NoAnswer = {
  readonly kind: 'no-answer';
  readonly reason: NoAnswerReason;
  readonly detail: string;
  readonly durationMs: number;
  /** A kept connection may have been closing, which says nothing about the server. Each later request gets its own connection. */
  readonly stale: boolean;
  /** The client has a client certificate, and the server may have refused it. */
  readonly clientCertificate?: true;
};

/** The result of sending one request. */
export type Exchange = { readonly kind: 'answer'; readonly response: ApiResponse } | NoAnswer;

const maxBackOffs = 2;

/**
 * Sends, and waits and sends again while a receiver is busy: twice, after the time that it asks for but at most
 * `longestPauseMs`, or after 200 ms if it asks for none.
 */
export async function sendAgainWhileBusy(
  send: () => Promise<Exchange>,
  isBusy: (exchange: Exchange) => boolean,
  longestPauseMs: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly exchange: Exchange; readonly backedOff: number }> {
  let exchange = await send();
  let backedOff = 0;
  for (; backedOff < maxBackOffs && isBusy(exchange); backedOff += 1) {
    const headers = exchange.kind === 'answer' ? exchange.response.headers : [];
    const asked = Number(headerValue(headers, 'retry-after') ?? Number.NaN);
    const pauseMs = Math.min(asked > 0 ? asked * 1000 : 200, longestPauseMs);
    // An interruption ends the pause, and then the next request ends too.
    await pause(pauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    exchange = await send();
  }
  return { exchange, backedOff };
}
