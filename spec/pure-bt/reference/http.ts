import type { Listening, ListenPlace } from '../../family/reference/listen.ts';
import { listen } from '../../family/reference/listen.ts';
import type { ProviderStates, StatesWire } from '../../family/reference/provider-states.ts';
import { isStateName } from '../../family/states.ts';
import type { Wire } from '../../http.ts';
import { envelope } from './envelope.ts';
import type { ReferenceOptions } from './reference.ts';
import { createReference } from './reference.ts';

/** The options of a reference server that listens. */
export type ListenOptions = ReferenceOptions &
  ListenPlace & {
    /** A layer between HTTP and the server; there is no layer by default. */
    readonly wire?: Wire;
    /** A layer between the states endpoint and the states; there is no layer by default. */
    readonly states?: StatesWire;
  };

/** A reference server that listens. */
export type StartedReference = Listening & {
  readonly publicKeyPem: string;
  /** The states, without the states endpoint. */
  readonly states: ProviderStates;
};

/** Starts a reference server on loopback. */
export async function startReference(options: ListenOptions = {}): Promise<StartedReference> {
  const { wire = (handle) => handle, states = (setup) => setup } = options;
  const reference = await createReference(options);
  const setup = states(reference.states.setup);
  const provider = {
    setup: (state: string, id: string) => (isStateName(state) ? setup(state, id) : undefined),
    teardown: reference.states.teardown,
  };
  const listening = await listen(wire(reference.handle), provider, envelope(5000, false), options);
  return { ...listening, publicKeyPem: reference.publicKeyPem, states: reference.states };
}
