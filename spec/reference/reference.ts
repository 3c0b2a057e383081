import type { ApiResponse, Headers } from '../http.ts';
import { operationPath } from '../http.ts';
import type { Behaviour } from './behaviour.ts';
import { correct } from './behaviour.ts';
import type { Attempt } from './decision.ts';
import { readFields } from './fields.ts';
import type { ProviderStates } from './provider-states.ts';
import { createProviderStates } from './provider-states.ts';
import type { TokenKey } from './token.ts';
import { cachedTokenReader, generateTokenKey, publicKeyPem } from './token.ts';
import { emptyWorld } from './world.ts';

/** A request as the server sees it: whole, and without a transport. */
export type ServedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
};

/** An answer as the server makes it. */
export type ServedResponse = Pick<ApiResponse, 'httpStatus' | 'headers' | 'body'>;

/** The reference server without a transport: plain requests in, plain answers out. */
export type Reference = {
  readonly handle: (request: ServedRequest) => ServedResponse;
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
  const readToken = cachedTokenReader(key);
  const answer = (httpStatus: number, code: number, extra: Headers = []): ServedResponse => ({
    httpStatus,
    headers: [['content-type', behaviour.contentType], ...extra],
    body: Buffer.from(behaviour.envelope(code, code === behaviour.successCode)),
  });

  return {
    publicKeyPem: publicKeyPem(key),
    states: createProviderStates(world, key),
    handle: ({ method, path, headers, body }) => {
      if (path.split('?')[0] !== operationPath) return answer(404, behaviour.codes.notReadable);
      if (method !== 'POST') return answer(405, behaviour.codes.notReadable, [['allow', 'POST']]);
      const fields = readFields(body);
      if (fields === undefined) return answer(400, behaviour.codes.notReadable);
      const attempt: Attempt = {
        behaviour,
        fields,
        authorization: header(headers, 'authorization'),
        readToken,
        now: Date.now() / 1000,
      };
      for (const name of behaviour.order) {
        const refusal = behaviour[name](attempt, world);
        if (refusal !== undefined) return answer(200, behaviour.codes[refusal]);
      }
      const refusal = behaviour.bind(attempt, world);
      return answer(200, refusal === undefined ? behaviour.successCode : behaviour.codes[refusal]);
    },
  };
}

function header(headers: Headers, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
