import type { Fixture } from '../../spec/operation.ts';

/** A state that was set up. */
export type ReadyState = {
  readonly kind: 'ready';
  readonly id: string;
  readonly state: string;
  readonly fixture: Fixture;
};

/** The result of setting up a state. */
export type StateSetup =
  | ReadyState
  /** The server's team does not support the state: its cases are skipped. */
  | { readonly kind: 'unsupported'; readonly reason: string; readonly httpStatus?: number }
  /** The configuration has devices for the state, and all of them are used. */
  | { readonly kind: 'used-up'; readonly reason: string }
  /** The states endpoint failed, or returned an unusable fixture. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Where provider states come from. */
export type StateSource = AsyncDisposable & {
  readonly setup: (state: string, signal?: AbortSignal) => Promise<StateSetup>;
  /** The states endpoint and the flag that names it, for messages; absent without an endpoint. */
  readonly endpoint?: { readonly url: string; readonly flag: string };
  /** How many devices of each state a configuration has; absent if devices are unlimited. */
  readonly given?: ReadonlyMap<string, number>;
  /** Undoes a successful set-up; resolves to a problem if that fails. */
  readonly teardown: (setup: ReadyState, signal?: AbortSignal) => Promise<string | undefined>;
};
