import { definedOnly } from '../../../spec/defined-only.ts';
import { type Fixture, type StateName, stateNames } from '../../../spec/family/states.ts';
import type { Listening, ListenPlace } from '../../../spec/listen.ts';
import { UserError } from '../../user-error.ts';
import { embeddedTokenKey, FixtureConflict, startReference } from '../targets/reference.ts';
import type { KnownFixture } from './explain-refusal.ts';
import { chooseFixtures, type GivenFixtures } from './fixtures.ts';
import { type ExplainPlace, mockWire, statesPath } from './mock-wire.ts';
import { type Way, waysToCodes } from './ways.ts';

/** Options of the strict mock. */
export type StrictMockOptions = ListenPlace & {
  /** The seed of made-up fixtures; the same seed always gives the same devices and tokens. */
  readonly seed: number;
  readonly fixtures?: GivenFixtures;
  readonly explain?: ExplainPlace;
};

/** The strict mock that listens, with every way to get a code and the fixture to use. */
export type StartedStrictMock = Listening & {
  readonly statesUrl: string;
  readonly ways: readonly (Omit<Way, 'requests'> & { readonly fixture: Fixture })[];
};

/**
 * Starts the embedded server as a mock: with fixtures that stay the same, CORS, `Prefer`, `GET /_fixtures` and `POST /_reset`.
 * @throws UserError (exit code 2) for fixtures that cannot be used. @throws ListenError if the port is not available.
 */
export async function startStrictMock(options: StrictMockOptions): Promise<StartedStrictMock> {
  const { seed, fixtures: given, explain, port, host } = options;
  const fixtures = chooseFixtures(seed, given);
  const known = new Map<string, KnownFixture>();
  const remember = (id: string, state: StateName, fixture: Fixture): void => {
    if (explain !== undefined) known.set(id, { state, fixture });
  };
  let reset = (): void => undefined;
  const server = await startReference({
    statesPath,
    ...definedOnly({ port, host }),
    tokenKey: await embeddedTokenKey(),
    wire: mockWire({
      reset: () => reset(),
      // A file may have real secrets, and every page in a browser on this machine can send this request.
      shown: given === undefined ? fixtures : undefined,
      explain,
      known,
    }),
    changeFixture: (fixture, state, id) => {
      remember(id, state, fixture);
      return fixture;
    },
  });
  const all = stateNames.flatMap((state) =>
    fixtures[state].map((fixture, index) => ({ state, fixture, index, id: `${state} ${index} of the mock` })),
  );
  reset = () => {
    for (const { id } of all) server.states.teardown(id);
    for (const { id, state, fixture } of all) server.states.setup(state, id, fixture);
  };
  for (const { id, state, fixture, index } of all) {
    remember(id, state, fixture);
    try {
      server.states.setup(state, id, fixture);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      if (!(error instanceof FixtureConflict)) throw error;
      const where = `${given?.where ?? 'the fixtures'}["${state}"][${index}]`;
      throw new UserError(`${where}: ${error.message}; give each state its own values`, 2, { cause: error });
    }
  }
  const ways = waysToCodes.flatMap(({ code, state, send }) => {
    const [fixture] = fixtures[state];
    return fixture === undefined ? [] : [{ code, state, send, fixture }];
  });
  return {
    url: server.url,
    port: server.port,
    statesUrl: server.statesUrl,
    ways,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}
