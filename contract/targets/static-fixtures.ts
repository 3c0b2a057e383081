import { type Fixture, identifyDevice, type Operation } from '../../spec/operation.ts';
import { inert } from '../inert.ts';
import { didYouMean } from '../nearest.ts';
import { UserError } from '../user-error.ts';
import { readFixture } from './fixture.ts';
import type { StateSource } from './state-source.ts';

/**
 * Reads a list of devices for each state name, from a configuration or a file of fixtures.
 * @param where the file and key of the values, for messages.
 * @throws UserError (exit code 2) for an unknown state, an unusable fixture, or a device that is listed twice.
 */
export function readStaticFixtures(
  given: Readonly<Record<string, unknown>>,
  where: string,
  operation: Operation,
): ReadonlyMap<string, readonly Fixture[]> {
  const read = Object.entries(given).map(([state, list]) => {
    if (!Object.hasOwn(operation.states, state)) {
      const known = Object.keys(operation.states);
      const some = known.slice(0, 3).map((name) => `"${name}"`);
      const hint = didYouMean(state, known, `the states are ${some.join(', ')}, …`);
      throw new UserError(`${where}: unknown state "${inert(state)}"; ${hint}`, 2);
    }
    if (!Array.isArray(list)) throw new UserError(`${where}["${state}"] must be a list of fixtures`, 2);
    const fixtures = list.map((value: unknown, index) => {
      const reading = readFixture(state, value, operation);
      if ('problem' in reading) throw new UserError(`${where}["${state}"][${index}]: ${reading.problem}`, 2);
      return reading.fixture;
    });
    return [state, fixtures] as const;
  });
  const devices = read.flatMap(([, fixtures]) => fixtures).map((fixture) => identifyDevice(fixture, operation));
  const names = devices[0]?.map(([name]) => name) ?? [];
  // Without a device, a fixture is only a user, who may be the same each time.
  if (names.length > 0 && new Set(devices.map((device) => JSON.stringify(device))).size < devices.length) {
    throw new UserError(
      `${where}: one device (${names.join(' and ')}) is listed twice; each fixture needs its own device`,
      2,
    );
  }
  return new Map(read);
}

/** Creates a source of provider states from fixed values, as `readStaticFixtures` reads them. Each device is used once. */
export function createStaticFixtures(...given: Parameters<typeof readStaticFixtures>): StateSource {
  const [, where, operation] = given;
  const hasDevices = identifyDevice({}, operation).length > 0;
  const left = new Map([...readStaticFixtures(...given)].map(([state, fixtures]) => [state, [...fixtures]]));
  const counts = new Map([...left].map(([state, fixtures]) => [state, fixtures.length]));

  let count = 0;
  return {
    given: counts,
    setup: async (state) => {
      const fixture = hasDevices ? left.get(state)?.shift() : left.get(state)?.[0];
      const had = counts.get(state) ?? 0;
      if (fixture === undefined) {
        return had === 0
          ? { kind: 'unsupported', reason: `${where} has no device for this state` }
          : { kind: 'used-up', reason: `${where}["${state}"] has no device left: ${had} given` };
      }
      count += 1;
      return { kind: 'ready', id: String(count), state, fixture };
    },
    teardown: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
