import { madeUpFixture } from '../../generators/family/fixture.ts';
import { fastCrypto } from '../../generators/fast-crypto.ts';
import type { Change } from '../../generators/pure-bt/request.ts';
import { asHttp, buildParts } from '../../generators/pure-bt/request.ts';
import { randomSource } from '../../generators/random.ts';
import type { TokenKeys } from '../../generators/request.ts';
import { foreignKeyPem } from '../../generators/tokens.ts';
import type { Fixture } from '../../spec/family/states.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { showCurl } from '../curl.ts';
import { showRequest } from '../judge/show.ts';
import { showEverything } from '../mask.ts';
import { readFixture } from '../targets/fixture.ts';
import { UserError } from '../user-error.ts';
import { namedRequests, requestNamed } from './named-requests.ts';
import { whyOnlyInRuns } from './payload-keys.ts';

export { namedRequests };

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
  readonly body: unknown;
  /** The request as a curl command to a base URL. */
  readonly curl: (url: string) => string;
};

/**
 * Creates signed requests: correct ones, or with one named fault.
 * @throws UserError (exit code 2) for an unknown name or an invalid fixture.
 */
export async function* payload(options: PayloadOptions = {}): AsyncGenerator<Payload, void> {
  yield* await payloads(options);
}

/** {@link payload} without a promise for each request, which takes as long as its signature. */
export async function payloads(options: PayloadOptions): Promise<Iterable<Payload>> {
  const { name = 'plain', fixture: given, count = 1, seed = Math.floor(Math.random() * 2 ** 31) } = options;
  const { changes, ...named } = requestNamed(name);
  const needs = named.kind === 'fault' ? named.fault.needs : undefined;
  const kept = given === undefined ? undefined : checkFixture(given);
  const why = needs === undefined ? undefined : whyOnlyInRuns[needs];
  if (why !== undefined) throw new UserError(`"${name}" cannot be printed: ${why}`, 2);
  const keys = needs === undefined ? {} : { foreignKeyPem: await foreignKeyPem() };
  return makePayloads({ changes, kept, keys, count, seed });
}

type Making = {
  readonly changes: readonly Change[];
  /** The given fixture; a new one for each request if it is undefined. */
  readonly kept: Fixture | undefined;
  readonly keys: TokenKeys;
  readonly count: number;
  readonly seed: number;
};

function* makePayloads({ changes, kept, keys, count, seed }: Making): Generator<Payload> {
  const { random, reseed } = randomSource();
  for (let index = 0; index < count; index += 1) {
    reseed(seed, 'payload', index);
    const fixture = kept ?? madeUpFixture(random, 'made.up.token');
    const request = buildParts({ fixture, dialect: defaultDialect, random, keys }, changes, fastCrypto);
    const { authorization, body } = request;
    yield {
      headers: authorization === undefined ? {} : { authorization },
      body,
      curl: (url) =>
        showCurl(showRequest(asHttp(request), { operation, fixture, mask: showEverything, showSecrets: true }), url),
    };
  }
}

/**
 * Checks a fixture from a file.
 * @param where the file's name in messages.
 * @throws UserError (exit code 2) for an invalid fixture.
 */
export function checkFixture(value: unknown, where = 'fixture'): Fixture {
  const reading = readFixture(operation.readyState, value, operation);
  if ('problem' in reading) throw new UserError(`${where}: ${reading.problem}`, 2);
  return reading.fixture as Fixture;
}
