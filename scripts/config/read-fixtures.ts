import { inert } from '../../contract/inert.ts';
import { chooseFixture, findFixtures } from '../../contract/targets/fixture.ts';
import { UserError } from '../../contract/user-error.ts';
import { identifyDevice, type Operation } from '../../spec/operation.ts';
import { plural } from '../../spec/plural.ts';
import { readDataFile } from './read-data-file.ts';

type FixtureValue = Readonly<Record<string, unknown>>;

/**
 * Reads the fixtures of a file for `explain` and `proxy`: one, a list or a map of them.
 * @throws UserError (exit code 2) for a file that cannot be read or has no fixture.
 */
export function readFixtures(file: string, operation: Operation): readonly FixtureValue[] {
  const name = `the fixture file "${inert(file)}"`;
  const value = readDataFile(file, 'JSON', name, 'it must contain a fixture, as the states endpoint returns it');
  const fixtures = findFixtures(value, operation);
  if (fixtures.length > 0) return fixtures;
  throw new UserError(`${name} contains no fixture; its members are ${Object.keys(operation.fixture).join(', ')}`, 2);
}

/**
 * The fixture of a request: the only one, or of several the one with the device of the request.
 * @throws UserError (exit code 2) if none of several fits.
 */
export function fixtureFor(
  request: { readonly body: FixtureValue; readonly source: string },
  fixtures: readonly FixtureValue[],
  operation: Operation,
  name: string,
): FixtureValue {
  const { body, source } = request;
  if (fixtures.length === 1 && fixtures[0] !== undefined) return fixtures[0];
  const best = chooseFixture(fixtures, body, operation);
  if (best !== undefined) return best;
  throw new UserError(
    `the fixture file has ${plural(fixtures.length, 'fixture')}, and none has the ${identifyDevice({}, operation)
      .map(([key]) => key)
      .join(' and ')} of the request in ${name} (${source}); give only the fixture of its device`,
    2,
  );
}
