import { fastCrypto } from '../../generators/crypto.ts';
import { madeUpFixture } from '../../generators/family/fixture.ts';
import { faultNamed, faultsUnder } from '../../generators/pure-bt/faults/all-faults.ts';
import type { Fault } from '../../generators/pure-bt/faults/fault.ts';
import { asHttp, buildParts, type Change, type RequestContext } from '../../generators/pure-bt/request.ts';
import { forms } from '../../generators/pure-bt/valid-forms.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type * as engine from '../payload.ts';
import { findNamed, payloads } from '../payload.ts';
import { UserError } from '../user-error.ts';

/** A request with a name, and its fault if it has one. */
export type NamedRequest = engine.PrintedRequest<Change> & { readonly fault?: Fault };

/** Every named request: the plain one, each form, each fault. */
export function namedRequests(): readonly NamedRequest[] {
  return [
    { id: 'plain', kind: 'valid', title: 'a plain correct request', changes: [] },
    ...forms.map(({ id, title, changes }) => ({ id, kind: 'valid', title, changes })),
    ...faultsUnder(defaultDialect).map((fault) => {
      const { id, title, changes, needs } = fault;
      return definedOnly({ id, kind: 'fault', title, changes, fault, needs });
    }),
  ];
}

/**
 * The request with a name.
 * @throws UserError (exit code 2) for an unknown name.
 */
export function requestNamed(name: string): NamedRequest {
  const unless = faultNamed(name)?.unless?.(defaultDialect);
  if (unless !== undefined) throw new UserError(`"${name}" is not a fault in this dialect: ${unless}`, 2);
  return findNamed(name, namedRequests());
}

/** Makes signed requests. */
export const requestMaker: engine.RequestMaker<NamedRequest> = {
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
export async function* payload(options: engine.PayloadOptions = {}): AsyncGenerator<engine.Payload, void> {
  yield* await payloads(requestMaker, options);
}
