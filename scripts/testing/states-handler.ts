import { expect } from 'vitest';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';
import { stateNames } from '../../spec/pure-bt/states.ts';

/** Sets every state up twice, clears it away, and asks for a state that does not exist. */
export async function expectEveryState(url: string): Promise<void> {
  await using states = createStatesClient({ operation, url });
  const made: StateSetup[] = [];
  // The client refuses a fixture that is not well formed, and a device that was given before.
  for (const state of [...stateNames, ...stateNames]) made.push(await states.setup(state));
  expect(made.filter(({ kind }) => kind !== 'ready')).toEqual([]);
  for (const setup of made) if (setup.kind === 'ready') expect(await states.teardown(setup)).toBeUndefined();
  expect(await states.setup('a state of nobody' as StateName)).toMatchObject({
    kind: 'unsupported',
    reason: expect.stringContaining('404: this state is not known'),
  });
}
