import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { type Random, seededRandom } from '../../../generators/random.ts';
import { joinJwt, writeSegment } from '../../../generators/tokens.ts';
import { declareAll } from '../../../spec/dialect.ts';
import { type Fixture, type StateName, stateNames, states } from '../../../spec/family/states.ts';
import { isRecord } from '../../../spec/is-record.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { findContradiction } from '../../targets/fixture.ts';
import { readStaticFixtures } from '../../targets/static-fixtures.ts';
import { UserError } from '../../user-error.ts';
import { givenTokenClaims } from '../targets/reference.ts';

/** The fixtures of each state. */
export type StateFixtures = Readonly<Record<StateName, readonly Fixture[]>>;

/** Fixtures from a file: its content, and its name in messages. */
export type GivenFixtures = { readonly value: unknown; readonly where: string };

/**
 * Fixtures for every state: those that are given, and for the other states a made-up one.
 * @param given a list of fixtures for each state name, or a configuration with such `fixtures`.
 * @throws UserError (exit code 2) for fixtures that cannot be used.
 */
export function chooseFixtures(seed: number, given?: GivenFixtures): StateFixtures {
  const own: ReadonlyMap<string, readonly Fixture[]> = given === undefined ? new Map() : readGiven(given);
  const chosen = stateNames.map((state) => {
    const fixtures = own.get(state) ?? [];
    return [state, fixtures.length > 0 ? fixtures : [makeUp(state, seededRandom(seed, 'strict mock', state))]];
  });
  return Object.fromEntries(chosen);
}

function readGiven({ value, where }: GivenFixtures): ReadonlyMap<string, readonly Fixture[]> {
  const lists = isRecord(value) && 'fixtures' in value ? value['fixtures'] : value;
  if (!isRecord(lists)) {
    throw new UserError(`${where} has no fixtures; it must contain { "fixtures": { "<state>": [ … ] } }`, 2);
  }
  const read = readStaticFixtures(lists, where, operation);
  const dialect = declareAll(defaultDialect);
  for (const [state, fixtures] of read) {
    for (const [index, fixture] of fixtures.entries()) {
      // The embedded server has the default formats, and would refuse every request of such a device.
      const problem = findContradiction(fixture, dialect);
      if (problem !== undefined) throw new UserError(`${where}["${state}"][${index}] ${problem}`, 2);
    }
  }
  // `readFixture` has checked the members.
  return read as ReadonlyMap<string, readonly Fixture[]>;
}

/** A made-up fixture with only the members that its state needs. */
function makeUp(state: StateName, random: Random): Fixture {
  const token = makeUpToken(random, state);
  const made: Readonly<Record<string, string>> = {
    ...madeUpFixture(random, token),
    otherToken: makeUpToken(random, 'a device ready to bind'),
  };
  const needed: readonly string[] = states[state];
  const members = Object.entries(operation.fixture).filter(
    ([name, { optional }]) => optional !== true || needed.includes(name),
  );
  return Object.fromEntries(members.map(([name]) => [name, made[name]])) as Fixture;
}

/** A token as the platform issues it. The server knows it by its text, so its signature is only bytes. */
function makeUpToken(random: Random, state: StateName): string {
  const claims = { ...givenTokenClaims(state, `u${random.string.numeric(12)}`), jti: random.string.uuid() };
  const signature = Buffer.from(random.string.hexadecimal({ length: 512, prefix: '' }), 'hex').toString('base64url');
  return joinJwt({ header: writeSegment({ typ: 'JWT', alg: 'RS256' }), payload: writeSegment(claims), signature });
}
