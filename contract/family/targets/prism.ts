import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { mockTarget } from '../../targets/embedded.ts';
import type { Target } from '../../targets/target.ts';
import { startDeclaredMock } from './mock.ts';

/** The mock as a target. */
export async function openDeclaredMock(declared: Declared): Promise<Target> {
  return mockTarget(await startDeclaredMock(declared), (id) => inventFixture(declared, id));
}

/** An invented fixture with every member of the operation. @param token the user's access token, which is never invented. */
export function inventFixture(declared: Declared, seed: string | number, token = 'made.up.token'): Fixture {
  const random = seededRandom(0, seed);
  const known: Fixture = madeUpFixture(random, token);
  const names = Object.keys(declaredOperation(declared).fixture);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? random.string.alphanumeric(16)]));
}
