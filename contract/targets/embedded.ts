import { randomUUID } from 'node:crypto';
import type { Listening } from '../../spec/listen.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';
import type { HttpClientOptions } from './http-client.ts';
import type { StateSource } from './state-source.ts';
import { createStatesClient } from './states-client.ts';
import type { Target } from './target.ts';
import { openUrlTarget } from './url.ts';

/** Uses an embedded server over HTTP like any other; it stops with the target. */
export function toTarget(
  server: AsyncDisposable & { readonly url: string; readonly statesUrl: string; readonly publicKeyPem: string },
  operation: Operation,
  client: Pick<HttpClientOptions, 'timeoutMs' | 'connections'>,
): Target {
  const states = createStatesClient({ ...client, url: server.statesUrl, operation });
  const keys = { publicKeyPem: server.publicKeyPem };
  return openUrlTarget({ ...client, baseUrl: server.url }, states, { kind: 'reference', keys, owns: server });
}

/** A mock as a target. It has no states: `invent` makes a fixture from the id of a set-up, and examples are requested by name. */
export function mockTarget(mock: Listening, invent: (id: string) => Fixture): Target {
  const states: StateSource = {
    setup: async (state) => {
      const id = randomUUID();
      return { kind: 'ready', id, state, fixture: invent(id) };
    },
    teardown: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
  return openUrlTarget({ baseUrl: mock.url }, states, { kind: 'prism', owns: mock });
}
