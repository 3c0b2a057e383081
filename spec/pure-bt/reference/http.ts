import type { ProviderStates } from '../../family/reference/provider-states.ts';
import type { ServePlace, Serving } from '../../family/reference/serve.ts';
import { serve } from '../../family/reference/serve.ts';
import type { Fixture, StateName } from '../../family/states.ts';
import { isStateName } from '../../family/states.ts';
import type { Wire } from '../../http.ts';
import type { Fixture as ServedFixture } from '../../operation.ts';
import { envelope } from './envelope.ts';
import type { ReferenceOptions } from './reference.ts';
import { createReference } from './reference.ts';

/** The options of a reference server that listens. */
export type ListenOptions = ReferenceOptions &
  ServePlace & {
    /** A layer between HTTP and the server; there is no layer by default. */
    readonly wire?: Wire;
    /** Another fixture for a state of the states endpoint; undefined if the state is not supported. */
    changeFixture?(fixture: Fixture, state: StateName, id: string): ServedFixture | undefined;
  };

/** A reference server that listens. */
export type StartedReference = Serving & {
  readonly publicKeyPem: string;
  /** The states, without the states endpoint. */
  readonly states: ProviderStates;
};

/** Starts a reference server on loopback. */
export async function startReference(options: ListenOptions = {}): Promise<StartedReference> {
  const { wire = (handle) => handle, changeFixture = (fixture) => fixture } = options;
  const reference = await createReference(options);
  const provider = {
    setup: (state: string, id: string) =>
      isStateName(state) ? changeFixture(reference.states.setup(state, id), state, id) : undefined,
    teardown: reference.states.teardown,
  };
  const listening = await serve(wire(reference.handle), provider, envelope(5000, false), options);
  return { ...listening, publicKeyPem: reference.publicKeyPem, states: reference.states };
}
