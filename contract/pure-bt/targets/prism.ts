import { randomUUID } from 'node:crypto';
import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import { createHttpClient } from '../../targets/http-client.ts';
import type { StateSource } from '../../targets/state-source.ts';
import type { Target } from '../../targets/target.ts';
import { startMock } from './mock.ts';

/** The mock as a target. It has no states: every fixture is invented, and examples are requested by name. */
export async function openPrismTarget(): Promise<Target> {
  const mock = await startMock();
  const client = createHttpClient({ baseUrl: mock.url });
  const states: StateSource = {
    setup: async (state) => {
      const id = randomUUID();
      return { kind: 'ready', id, state, fixture: madeUpFixture(seededRandom(0, id), 'made.up.token') };
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
