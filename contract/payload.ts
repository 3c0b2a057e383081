import { type Random, randomSource } from '../generators/random.ts';
import type { BuiltRequest, NamedRequest, RequestContext, RequestParts, TokenKeys } from '../generators/request.ts';
import { foreignKeyPem } from '../generators/tokens.ts';
import { definedOnly } from '../spec/defined-only.ts';
import { makeDefaultDialect } from '../spec/dialect.ts';
import type { Fixture, Operation } from '../spec/operation.ts';
import { showCurl } from './curl.ts';
import { showRequest } from './judge/show.ts';
import { showEverything } from './mask.ts';
import { didYouMean } from './nearest.ts';
import { readFixture } from './targets/fixture.ts';
import { UserError } from './user-error.ts';

/** Options for the signed requests. */
export type PayloadOptions = {
  /** A named fault or form (`bindgate payload --list`); a plain correct request by default. */
  readonly name?: string | undefined;
  /** A fixture as a states endpoint returns it; invented by default, with a token that no server accepts. */
  readonly fixture?: unknown;
  /** The number of requests; 1 by default. */
  readonly count?: number | undefined;
  /** The seed of everything random; a new one by default. */
  readonly seed?: number | undefined;
};

/** A signed request; no value is masked. */
export type Payload = {
  readonly headers: { readonly authorization?: string };
  /** The path and the query, if not all requests of the operation have the same. */
  readonly path?: string;
  readonly body: unknown;
  /** The request as a curl command to a base URL. */
  readonly curl: (url: string) => string;
};

/** The plain correct request, a form of it, or one with a fault. */
export type PrintedRequest<Changed> = NamedRequest<Changed> & { readonly kind: string };

/** How an operation makes its named requests. */
export type RequestMaker<Named extends PrintedRequest<unknown> = PrintedRequest<unknown>> = {
  readonly operation: Operation;
  readonly namedRequests: () => readonly Named[];
  /** @throws UserError (exit code 2) for an unknown name. */
  readonly requestNamed: (name: string) => Named;
  /** Invents a fixture; a token is never invented. */
  readonly invent: (random: Random, id: string) => Fixture;
  /** `whole` makes the request as it is sent, which only some formats need. */
  build(
    named: Named,
    context: RequestContext,
  ): Pick<Payload, 'path' | 'body'> & Pick<RequestParts, 'authorization'> & { readonly whole: () => BuiltRequest };
};

/** Why a request with a token of the issuer cannot be printed, by the key that it needs: only a run with a server has one. */
export const whyOnlyInRuns: { readonly [Key in keyof TokenKeys]?: string } = {
  publicKeyPem:
    'the token needs the public key of the token issuer; only `bindgate verify` sends it, with tokenKeys in the configuration',
  signingKeyPem:
    'only the token issuer can sign such a token; `bindgate verify` gets one from a provider state (docs/provider-states.md)',
};

/**
 * Creates requests: correct ones, or with one named fault.
 * @throws UserError (exit code 2) for an unknown name or an invalid fixture.
 */
export async function payloads(maker: RequestMaker, options: PayloadOptions): Promise<Iterable<Payload>> {
  const { name = 'plain', fixture: given, count = 1, seed = Math.floor(Math.random() * 2 ** 31) } = options;
  const { operation, requestNamed, invent } = maker;
  const named = requestNamed(name);
  const kept = given === undefined ? undefined : checkFixture(given, operation);
  const why = named.needs === undefined ? undefined : whyOnlyInRuns[named.needs];
  if (why !== undefined) throw new UserError(`"${name}" cannot be printed: ${why}`, 2);
  const keys = named.needs === undefined ? {} : { foreignKeyPem: await foreignKeyPem() };
  const dialect = makeDefaultDialect(operation);
  function* makeAll(): Generator<Payload> {
    const { random, reseed } = randomSource();
    for (let index = 0; index < count; index += 1) {
      reseed(seed, 'payload', index);
      const fixture = kept ?? invent(random, `${seed}-${index}`);
      const { authorization, whole, ...shown } = maker.build(named, { fixture, dialect, random, keys });
      const view = { operation, fixture, mask: showEverything, showSecrets: true };
      yield {
        headers: definedOnly({ authorization }),
        ...shown,
        curl: (url) => showCurl(showRequest(whole(), view), url),
      };
    }
  }
  return makeAll();
}

/**
 * Checks a fixture from a file.
 * @param where the file's name in messages.
 * @throws UserError (exit code 2) for an invalid fixture.
 */
export function checkFixture(value: unknown, operation: Operation, where = 'fixture'): Fixture {
  const reading = readFixture(operation.readyState, value, operation);
  if ('problem' in reading) throw new UserError(`${where}: ${reading.problem}`, 2);
  return reading.fixture;
}

/** The request with a name among all of them. @throws UserError (exit code 2) for an unknown name. */
export function findNamed<Named extends { readonly id: string }>(name: string, all: readonly Named[]): Named {
  const found = all.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const ids = all.map(({ id }) => id);
  const hint = didYouMean(name, ids, '`bindgate payload --list` shows all names');
  throw new UserError(`no fault or form is called "${name}"; ${hint}`, 2);
}
