import { declaredFaults } from '../../generators/family/declared/faults.ts';
import { declaredForms } from '../../generators/family/declared/forms.ts';
import { buildDeclared } from '../../generators/family/declared/request.ts';
import { seededRandom } from '../../generators/random.ts';
import type { Change } from '../../generators/request.ts';
import { foreignKeyPem } from '../../generators/tokens.ts';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import type { Declared } from '../../spec/family/declared/model.ts';
import { declaredOperation } from '../../spec/family/declared/operation.ts';
import type { Fixture } from '../../spec/operation.ts';
import { showCurl } from '../curl.ts';
import { showRequest } from '../judge/show.ts';
import { showEverything } from '../mask.ts';
import { didYouMean } from '../nearest.ts';
import { readFixture } from '../targets/fixture.ts';
import { UserError } from '../user-error.ts';
import { inventFixture } from './targets/prism.ts';

/** A request of an operation that is data; no value is masked. */
export type DeclaredPayload = {
  readonly headers: { readonly authorization?: string };
  readonly path: string;
  readonly body: unknown;
  readonly curl: (url: string) => string;
};

type Named = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly changes: readonly Change[];
};

/** The requests that can be printed: the plain one, forms and faults. */
export function namedRequests(declared: Declared): readonly Named[] {
  return [
    { id: 'plain', kind: 'form', title: 'a correct request', changes: [] },
    ...declaredForms(declared).map(({ id, title, changes }) => ({
      id,
      kind: 'form',
      title: `a request ${title}`,
      changes,
    })),
    ...declaredFaults(declared)
      .filter(({ needs }) => needs === undefined || needs === 'foreignKeyPem')
      .map(({ id, title, changes }) => ({ id, kind: 'fault', title, changes })),
  ];
}

/**
 * Creates requests: correct ones, or with one named fault.
 * @throws UserError (exit code 2) for an unknown name or an invalid fixture.
 */
export async function payloads(
  declared: Declared,
  options: {
    readonly name?: string | undefined;
    readonly fixture?: unknown;
    readonly count?: number | undefined;
    readonly seed?: number | undefined;
  },
): Promise<Iterable<DeclaredPayload>> {
  const { name = 'plain', fixture: given, count = 1, seed = Math.floor(Math.random() * 2 ** 31) } = options;
  const named = namedRequests(declared);
  const request = named.find(({ id }) => id === name);
  if (request === undefined) {
    const next = didYouMean(
      name,
      named.map(({ id }) => id),
      '`bindgate payload --list` shows all names',
    );
    throw new UserError(`no fault or form is called "${name}"; ${next}`, 2);
  }
  const operation = declaredOperation(declared);
  const dialect = makeDefaultDialect(operation);
  const kept = given === undefined ? undefined : checkFixture(declared, given);
  const keys = { foreignKeyPem: await foreignKeyPem() };
  function* make(changes: readonly Change[]): Generator<DeclaredPayload> {
    for (let index = 0; index < count; index += 1) {
      const fixture = kept ?? inventFixture(declared, `${seed}-${index}`);
      const random = seededRandom(seed, 'payload', index);
      const built = buildDeclared(declared, { fixture, dialect, random, keys }, changes);
      const view = { operation, fixture, mask: showEverything, showSecrets: true };
      yield {
        headers: built.authorization === undefined ? {} : { authorization: built.authorization },
        path: built.http.path,
        body: built.http.body instanceof Uint8Array && built.http.body.length === 0 ? null : built.body,
        curl: (url) => showCurl(showRequest(built, view), url),
      };
    }
  }
  return make(request.changes);
}

/**
 * Checks a fixture from a file.
 * @throws UserError (exit code 2) for an invalid fixture.
 */
export function checkFixture(declared: Declared, value: unknown, where = 'fixture'): Fixture {
  const operation = declaredOperation(declared);
  const reading = readFixture(operation.readyState, value, operation);
  if ('problem' in reading) throw new UserError(`${where}: ${reading.problem}`, 2);
  return reading.fixture;
}
