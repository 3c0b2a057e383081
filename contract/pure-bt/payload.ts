import { madeUpFixture } from '../../generators/family/fixture.ts';
import { fastCrypto } from '../../generators/fast-crypto.ts';
import type { RequestContext } from '../../generators/pure-bt/request.ts';
import { asHttp, buildParts } from '../../generators/pure-bt/request.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { Payload, PayloadOptions, RequestMaker } from '../payload.ts';
import { payloads } from '../payload.ts';
import type { NamedRequest } from './named-requests.ts';
import { namedRequests, requestNamed } from './named-requests.ts';

/** Makes signed requests. */
export const requestMaker: RequestMaker<NamedRequest> = {
  operation,
  namedRequests,
  requestNamed,
  invent: (random) => madeUpFixture(random, 'made.up.token'),
  build: ({ changes }, context: RequestContext) => {
    const parts = buildParts(context, changes, fastCrypto);
    return { authorization: parts.authorization, body: parts.body, whole: () => asHttp(parts) };
  },
};

/**
 * Creates signed requests: correct ones, or with one named fault.
 * @throws UserError (exit code 2) for an unknown name or an invalid fixture.
 */
export async function* payload(options: PayloadOptions = {}): AsyncGenerator<Payload, void> {
  yield* await payloads(requestMaker, options);
}
