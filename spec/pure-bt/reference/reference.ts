import { createProviderStates, type ProviderStates } from '../../family/reference/provider-states.ts';
import { type ServeOptions, type Serving, serve } from '../../family/reference/serve.ts';
import { cachedTokenReader, generateTokenKey, publicKeyPem, type TokenKey } from '../../family/reference/token.ts';
import { emptyWorld, type World } from '../../family/reference/world.ts';
import { type Fixture, isStateName, type StateName } from '../../family/states.ts';
import { type Headers, headerValue, type Served, type ServedResponse } from '../../http.ts';
import { operationPath } from '../path.ts';
import { correct, envelope } from './behaviour.ts';
import type { Attempt, Behaviour, Refusal } from './decision.ts';

/** The options of a reference server that listens. */
export type ListenOptions = ServeOptions & {
  readonly behaviour?: Behaviour;
  /** Shared between servers in one process, because a new key takes 0.1 s. */
  readonly tokenKey?: TokenKey;
  /** Another fixture for a state of the states endpoint; undefined if the state is not supported. */
  changeFixture?(fixture: Fixture, state: StateName, id: string): ReturnType<Served['states']['setup']>;
};

/** Makes a reference server with its own empty records, without a transport. */
export async function createReference({
  behaviour = correct,
  tokenKey,
}: Pick<ListenOptions, 'behaviour' | 'tokenKey'> = {}): Promise<
  Omit<Served, 'states'> & { readonly states: ProviderStates }
> {
  const key = tokenKey ?? (await generateTokenKey());
  const world = emptyWorld();
  const readSigned = cachedTokenReader(behaviour, key);
  const unreadable = (httpStatus: number, headers: Headers = []): ServedResponse =>
    behaviour.answer({
      behaviour,
      httpStatus,
      code: behaviour.codes.notReadable,
      bound: false,
      headers,
      attempt: undefined,
    });

  return {
    publicKeyPem: publicKeyPem(key),
    states: createProviderStates(world, key),
    handle: ({ method, path, headers, body }) => {
      if (path.split('?')[0] !== operationPath) return unreadable(404);
      if (!behaviour.methods.includes(method)) return unreadable(405, [['allow', behaviour.methods.join(', ')]]);
      const fields = behaviour.readFields(body);
      if (fields === undefined) return unreadable(400);
      const attempt: Attempt = {
        behaviour,
        fields,
        authorization: headerValue(headers, 'authorization'),
        readToken: (token) => world.tokens.get(token) ?? readSigned(token),
        now: Date.now() / 1000,
      };
      const refusal = decide(attempt, world);
      return behaviour.answer({
        behaviour,
        httpStatus: 200,
        code: refusal === undefined ? behaviour.successCode : behaviour.codes[refusal],
        bound: refusal === undefined,
        headers: [],
        attempt,
      });
    },
  };
}

/** The first refusal of the decisions in order; if no decision refuses, the result of the bind. */
function decide(attempt: Attempt, world: World): Refusal | undefined {
  const { behaviour } = attempt;
  for (const name of behaviour.order) {
    const refusal = behaviour[name](attempt, world);
    if (refusal !== undefined) return refusal;
  }
  return behaviour.bind(attempt, world);
}

/** Starts a reference server on loopback. Its states can also be set up without the states endpoint. */
export async function startReference(
  options: ListenOptions = {},
): Promise<Serving & { readonly states: ProviderStates }> {
  const { changeFixture = (fixture) => fixture } = options;
  const reference = await createReference(options);
  const { setup, teardown } = reference.states;
  const states: Served['states'] = {
    setup: (state, id) => (isStateName(state) ? changeFixture(setup(state, id), state, id) : undefined),
    teardown,
  };
  const listening = await serve({ ...reference, states }, envelope(5000, false), options);
  return { ...listening, states: reference.states };
}
