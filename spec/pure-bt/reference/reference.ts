import type { ProviderStates } from '../../family/reference/provider-states.ts';
import { createProviderStates } from '../../family/reference/provider-states.ts';
import type { TokenKey } from '../../family/reference/token.ts';
import { cachedTokenReader, generateTokenKey, publicKeyPem } from '../../family/reference/token.ts';
import type { World } from '../../family/reference/world.ts';
import { emptyWorld } from '../../family/reference/world.ts';
import type { Handle, Headers, ServedResponse } from '../../http.ts';
import { operationPath } from '../path.ts';
import { correct } from './behaviour.ts';
import type { Attempt, Behaviour, Refusal } from './decision.ts';

/** The reference server without a transport: it takes plain requests and returns plain answers. */
export type Reference = {
  readonly handle: Handle;
  readonly states: ProviderStates;
  /** The public key of its tokens (PEM). */
  readonly publicKeyPem: string;
};

/** The options of a reference server. */
export type ReferenceOptions = {
  readonly behaviour?: Behaviour;
  /** Shared between servers in one process, because a new key takes 0.1 s. */
  readonly tokenKey?: TokenKey;
};

/** Makes a reference server with its own empty records. */
export async function createReference({ behaviour = correct, tokenKey }: ReferenceOptions = {}): Promise<Reference> {
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
        authorization: header(headers, 'authorization'),
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

function header(headers: Headers, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
