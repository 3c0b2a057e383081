import { isRecord } from '../../spec/is-record.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';
import { identifyDevice } from '../../spec/operation.ts';

/** A list of lists of maps is deep enough for every file with fixtures. */
const deepest = 4;

/** The fixtures in a value: a fixture itself, or a list or a map of them, as in `fixtures` of a configuration. */
export function findFixtures(
  value: unknown,
  operation: Pick<Operation, 'fixture'>,
  depth: number = deepest,
): readonly Readonly<Record<string, unknown>>[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => findFixtures(item, operation, depth - 1));
  if (!isRecord(value)) return [];
  if (Object.keys(operation.fixture).some((name) => Object.hasOwn(value, name))) return [value];
  return Object.values(value).flatMap((item) => findFixtures(item, operation, depth - 1));
}

/** The fixture with most of a request's device. A fixture without a device fits every request. */
export function chooseFixture<Value extends Readonly<Record<string, unknown>>>(
  fixtures: readonly Value[],
  body: Readonly<Record<string, unknown>>,
  operation: Pick<Operation, 'fixture'>,
): Value | undefined {
  const device = (fixture: Value): ReturnType<typeof identifyDevice> =>
    identifyDevice(fixture as Fixture, operation).filter(([, value]) => value !== '');
  return fixtures
    .filter((fixture) => device(fixture).every(([name, value]) => value === body[name]))
    .toSorted((one, other) => device(other).length - device(one).length)[0];
}
