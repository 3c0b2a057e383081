import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import { mockTarget } from '../../targets/embedded.ts';
import type { Target } from '../../targets/target.ts';
import { startMock } from './mock.ts';

/** The mock as a target. */
export async function openPrismTarget(): Promise<Target> {
  return mockTarget(await startMock(), (id) => madeUpFixture(seededRandom(0, id), 'made.up.token'));
}
