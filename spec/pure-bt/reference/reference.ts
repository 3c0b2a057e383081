import type { Handle, Headers, ServedResponse } from '../../http.ts';
import { operationPath } from '../path.ts';
import { correct } from './behaviour.ts';
import type { Attempt, Behaviour, Refusal } from './decision.ts';
import type { ProviderStates } from './provider-states.ts';
import { createProviderStates } from './provider-states.ts';
import type { TokenKey } from './token.ts';
import { cachedTokenReader, generateTokenKey, publicKeyPem } from './token.ts';
import type { World } from './world.ts';
import { emptyWorld } from './world.ts';

/** The reference server without a transport: plain requests in, plain answers out. */
export type Reference = {
  readonly handle: Handle;
  readonly states: ProviderStates;
  /** The key that its tokens verify with (PEM). */
  readonly publicKeyPem: string;
};

/** What a reference server is made of. */
export type ReferenceOptions = {
  readonly behaviour?: Behaviour;
  /** Shared between many servers in one process, since a fresh key takes a tenth of a second. */
  readonly tokenKey?: TokenKey;
};

/** Makes a reference server with a world of its own. */
export async function createReference({ behaviour = correct, tokenKey }: ReferenceOptions = {}): Promise<Reference> {
  const key = tokenKey ?? (await generateTokenKey());
  const world = emptyWorld();
  const readToken = cachedTokenReader(behaviour, key);
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
        readToken,
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

/** The first refusal of the decisions in their order; where there is none, what the bind says. */
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
