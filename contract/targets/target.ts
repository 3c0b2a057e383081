import type { TokenKeys } from '../../generators/request.ts';
import type { ApiRequest, ApiResponse } from '../../spec/http.ts';
import type { Exchange } from './exchange.ts';
import type { StateSource } from './state-source.ts';

/** A server under test. */
export type Target = AsyncDisposable & {
  readonly kind: 'url' | 'reference' | 'container' | 'prism';
  /** Its base URL, for messages and results. */
  readonly url: string;
  /** The flag that gives its URL, for messages; `--url` if absent. */
  readonly urlFlag?: string | undefined;
  /** The answer to the control request, if the target was probed when it was opened. */
  readonly probed?: ApiResponse | undefined;
  readonly send: (request: ApiRequest, signal?: AbortSignal) => Promise<Exchange>;
  readonly states: StateSource;
  /** Keys of the platform for token faults. */
  readonly keys: TokenKeys;
};

/** A target with some functions of its states replaced. */
export function withStates(target: Target, change: Partial<StateSource>): Target {
  return { ...target, states: { ...target.states, ...change } };
}
