import { expect } from 'vitest';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { type StateName, stateNames } from '../../spec/family/states.ts';
import { operation } from '../../spec/pure-bt/operation.ts';

/** Sets every state up twice, tears it down, and asks for an unknown state. */
export async function expectEveryState(url: string): Promise<void> {
  await using states = createStatesClient({ operation, url });
  const made: StateSetup[] = [];
  // The client refuses a malformed fixture, and a device that it got before.
  for (const state of [...stateNames, ...stateNames]) made.push(await states.setup(state));
  expect(made.filter(({ kind }) => kind !== 'ready')).toEqual([]);
  for (const setup of made) if (setup.kind === 'ready') expect(await states.teardown(setup)).toBeUndefined();
  expect(await states.setup('an unknown state' as StateName)).toMatchObject({
    kind: 'unsupported',
    reason: expect.stringContaining('404: this state is not known'),
  });
}
