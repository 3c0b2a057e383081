import { randomUUID } from 'node:crypto';
import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { createHttpClient } from '../../targets/http-client.ts';
import type { StateSource } from '../../targets/state-source.ts';
import type { Target } from '../../targets/target.ts';
import { startDeclaredMock } from './mock.ts';

/** The mock as a target. It has no states: every fixture is invented, and examples are requested by name. */
export async function openDeclaredMock(declared: Declared): Promise<Target> {
  const mock = await startDeclaredMock(declared);
  const client = createHttpClient({ baseUrl: mock.url });
  const states: StateSource = {
    setup: async (state) => {
      const id = randomUUID();
      return { kind: 'ready', id, state, fixture: inventFixture(declared, id) };
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

/** An invented fixture with every member of the operation. @param token the user's access token, which is never invented. */
export function inventFixture(declared: Declared, seed: string | number, token = 'made.up.token'): Fixture {
  const random = seededRandom(0, seed);
  const known: Fixture = madeUpFixture(random, token);
  const names = Object.keys(declaredOperation(declared).fixture);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? random.string.alphanumeric(16)]));
}
