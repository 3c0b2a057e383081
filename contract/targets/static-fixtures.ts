import type { Fixture, StateName } from '../../spec/pure-bt/states.ts';
import { isStateName, stateNames } from '../../spec/pure-bt/states.ts';
import { inert } from '../inert.ts';
import { UserError } from '../user-error.ts';
import { readFixture } from './fixture.ts';
import type { StateSource } from './state-source.ts';

/** Fixtures by state name, as a configuration gives them: a list of devices each. */
export type StaticFixtures = Readonly<Record<string, unknown>>;

/**
 * Provider states from fixed values; each device is handed out once.
 * @param where the file and key they stand in, for messages.
 * @throws UserError (exit code 2) for an unknown state or a fixture that cannot be used.
 */
export function createStaticFixtures(given: StaticFixtures, where: string): StateSource {
  const left = new Map<StateName, Fixture[]>();
  for (const [state, list] of Object.entries(given)) {
    if (!isStateName(state)) {
      const known = stateNames
        .slice(0, 3)
        .map((name) => `"${name}"`)
        .join(', ');
      throw new UserError(`${where}: unknown state "${inert(state)}"; the states are ${known}, …`, 2);
    }
    if (!Array.isArray(list)) throw new UserError(`${where}["${state}"] must be a list of fixtures`, 2);
    const fixtures = list.map((value: unknown, index) => {
      const reading = readFixture(state, value);
      if ('problem' in reading) throw new UserError(`${where}["${state}"][${index}]: ${reading.problem}`, 2);
      return reading.fixture;
    });
    left.set(state, fixtures);
  }
  refuseRepeated([...left.values()].flat(), where);
  const counts = new Map([...left].map(([state, fixtures]) => [state, fixtures.length]));

  let count = 0;
  return {
    given: counts,
    setup: async (state) => {
      const fixture = left.get(state)?.shift();
      const had = counts.get(state) ?? 0;
      if (fixture === undefined) {
        return had === 0
          ? { kind: 'unsupported', reason: `${where} gives no device for this state` }
          : { kind: 'used-up', reason: `${where}["${state}"] has no device left: ${had} given` };
      }
      count += 1;
      return { kind: 'ready', id: String(count), state, fixture };
    },
    teardown: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function refuseRepeated(fixtures: readonly Fixture[], where: string): void {
  const seen = new Set<string>();
  for (const { pk, dk } of fixtures) {
    const device = `${pk}\n${dk}`;
    if (seen.has(device))
      throw new UserError(`${where}: one device (pk and dk) stands twice; each fixture needs its own`, 2);
    seen.add(device);
  }
}
