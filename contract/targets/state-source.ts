import type { Fixture } from '../../spec/operation.ts';

/** What came of asking for a state. */
export type StateSetup =
  | { readonly kind: 'ready'; readonly id: string; readonly state: string; readonly fixture: Fixture }
  /** The server's team does not support the state: its cases are skipped. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** The configuration gives devices for the state, and all of them have been handed out. */
  | { readonly kind: 'used-up'; readonly reason: string }
  /** The states endpoint broke, or gave a fixture that cannot be used. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Where provider states come from. */
export type StateSource = AsyncDisposable & {
  readonly setup: (state: string, signal?: AbortSignal) => Promise<StateSetup>;
  /** How many devices of each state there are, where they are counted: those of a configuration. */
  readonly given?: ReadonlyMap<string, number>;
  /** Undoes a set-up that succeeded; resolves to a problem where that failed. */
  readonly teardown: (setup: StateSetup & { kind: 'ready' }, signal?: AbortSignal) => Promise<string | undefined>;
};
