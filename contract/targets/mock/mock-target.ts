import { randomUUID } from 'node:crypto';
import type { Listening } from '../../../spec/listen.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { createHttpClient } from '../http-client.ts';
import type { StateSource } from '../state-source.ts';
import type { Target } from '../target.ts';

/**
 * A mock as a target. It has no states: every fixture is invented, and examples are requested by name.
 * @param invent makes the fixture of a set-up from its id.
 */
export function mockTarget(mock: Listening, invent: (id: string) => Fixture): Target {
  const client = createHttpClient({ baseUrl: mock.url });
  const states: StateSource = {
    setup: async (state) => {
      const id = randomUUID();
      return { kind: 'ready', id, state, fixture: invent(id) };
    },
    teardown: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
  return {
    kind: 'prism',
    url: client.url,
    send: client.send,
    states,
    keys: {},
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await mock[Symbol.asyncDispose]();
    },
  };
}
