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
};

/** What came of sending one request. */
export type Exchange = { readonly kind: 'answer'; readonly response: ApiResponse } | NoAnswer;
