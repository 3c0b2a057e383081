import type { ApiResponse } from '../../spec/http.ts';

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
  /**
   * The request may have used a kept connection that the server was closing, which says nothing about the server.
   * Each later request gets its own connection.
   */
  readonly stale: boolean;
  /** The client has a client certificate, and the server may have refused it. */
  readonly clientCertificate?: true;
};

/** The result of sending one request. */
export type Exchange = { readonly kind: 'answer'; readonly response: ApiResponse } | NoAnswer;
