import { fileURLToPath } from 'node:url';
import { declaredFaults } from '../../generators/family/declared/faults.ts';
import { allFields } from '../../generators/family/declared/forms.ts';
import { buildDeclared } from '../../generators/family/declared/request.ts';
import { seededRandom } from '../../generators/random.ts';
import type { Change } from '../../generators/request.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { type Expectation, binds as succeeds } from '../../spec/expectation.ts';
import { checkKey, type Declared, fieldThatIs } from '../../spec/family/declared/model.ts';
import type { Fixture } from '../../spec/operation.ts';
import { type LoadOperation, makeWorkload, type Weighted, type Workload } from '../operation.ts';
import { deviceKey, dkPlace, type Template } from './template.ts';

const anyDevice = 'a product whose every device is ready to bind';

/** One request with a fault in so many. */
const share = 5;

/** What a load knows of an operation that is data, under a dialect. */
export function declaredLoad(declared: Declared, dialect: Dialect): LoadOperation {
  const { ready, checks, accepts = [], effect } = declared.declaration;
  const repeated = checks.find(({ repeat }) => repeat === true);
  const everyDevice = accepts.some(({ state }) => state === anyDevice) && fieldThatIs('dk', declared) !== undefined;
  const changesOf = new Map<string, readonly Change[]>();
  const workload = (name: string, title: string, changes: readonly Change[], expected: Expectation): Workload => {
    changesOf.set(name, changes);
    const made = makeWorkload({ name, title, recipe: {} }, expected, dialect);
    return { ...made, leavesBound: made.leavesBound && everyDevice && effect !== undefined };
  };
  // Without a device for each request, a second one is answered as a repeated one.
  const expected =
    everyDevice || repeated === undefined || effect === undefined
      ? succeeds
      : { ...succeeds, codes: [200, repeated.code] };
  const plain = workload('plain', 'the required fields', [], expected);
  const full = allFields(declared);
  const expired = checks.find(({ state }) => state === 'an expired token');
  const checked = checks.filter(({ token, state }) => token === undefined && state === undefined).slice(0, 3);
  const faults = checked.flatMap((check) => {
    const found = declaredFaults(declared).find((one) => one.check === checkKey(check) && one.needs === undefined);
    return found === undefined
      ? []
      : workload(found.id.replace('/', '-'), found.title, found.changes, found.expect(dialect));
  });
  if (expired !== undefined) {
    const refused = { ...succeeds, codes: [expired.code] };
    faults.unshift({ ...workload('expired-token', 'an expired token', [], refused), token: 'an expired token' });
  }
  const correct: readonly Weighted[] = [
    { workload: plain, weight: 50 },
    ...(full.length === 0 ? [] : [{ workload: workload('full', 'every optional field', full, expected), weight: 30 }]),
  ];
  const build = (fixture: Fixture, { name }: Workload, dk: string | undefined, run: string) =>
    buildDeclared(
      declared,
      { fixture: dk === undefined ? fixture : { ...fixture, dk }, dialect, random: seededRandom(0, run), keys: {} },
      changesOf.get(name) ?? [],
    );
  const all = [...correct.map((one) => one.workload), ...faults];
  return {
    path: declared.path,
    state: everyDevice ? anyDevice : ready,
    plain,
    mix: [...correct, ...faults.map((one) => ({ workload: one, weight: share }))],
    ladder: [],
    bothWrong: () => undefined,
    codes: [...new Set([0, ...declared.codes.map(({ code }) => code), 5000])],
    success: JSON.stringify({ code: 200, msg: '', data: {}, extMsg: null }),
    alreadyBound: repeated?.code ?? 0,
    requests: (fixture, run) => (one, number) =>
      build(fixture, one, everyDevice ? deviceKey(run, number) : undefined, run),
    material: (fixture) =>
      Object.fromEntries(
        all.map((one): readonly [string, Template] => {
          const { http } = build(fixture, one, everyDevice ? dkPlace : undefined, 'material');
          const body = new TextDecoder().decode(http.body as Uint8Array);
          return [one.name, { method: declared.method, path: declared.path, target: http.path, body }];
        }),
      ),
    ...(declared.body === 'form' && { contentType: 'application/x-www-form-urlencoded' }),
    script: fileURLToPath(new URL('./k6/send.ts', import.meta.url)),
  };
}
