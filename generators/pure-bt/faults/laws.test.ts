import { describe, expect, test } from 'vitest';
import { declareAll } from '../../../spec/dialect.ts';
import { binds, classifyCode } from '../../../spec/expectation.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { documentedCode } from '../../../spec/operation.ts';
import { type Dialect, defaultDialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { madeUpFixture } from '../../family/fixture.ts';
import { seededRandom } from '../../random.ts';
import type { BuiltRequest } from '../../request.ts';
import { buildRequest } from '../request.ts';
import { brokenParts, decrypt } from '../testing/diagnosis.ts';
import { startPlatform } from '../testing/platform.ts';
import { faultNamed, faults, faultsNamed, faultsUnder } from './all-faults.ts';
import type { Fault } from './fault.ts';

const platform = await startPlatform();
const seeds = [1, 2, 42, 20_261_124];

function makeFixture(seed: number): ReturnType<typeof madeUpFixture> {
  return madeUpFixture(seededRandom(seed, 'fixture'), platform.token);
}

/** Extreme but valid devices of a states handler: a fault must break requests for them too. */
const edges = [
  { pk: 'p', dk: '0000', bindingCode: '0000000000000000', ps: '0000000000000000' },
  { pk: 'p'.repeat(40), dk: 'z'.repeat(32), bindingCode: 'FFFFFFFFFFFFFFFF', ps: '~!@#$%^&*()_+=-~' },
  { pk: 'p1,x', dk: '9999999999999', bindingCode: '9999999999999999', bindingSecret: 'x' },
];

function faulty(
  { id, changes }: Fault,
  seed: number,
  fixture: Fixture = makeFixture(seed),
  dialect = defaultDialect,
): BuiltRequest {
  return buildRequest({ fixture, dialect, random: seededRandom(seed, id), keys: platform.keys }, changes);
}

test('finds a fault by its unique id', () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  expect(faultNamed('dk/too-short')?.title).toBe('a dk one character shorter than the shortest');
  expect(faultNamed('dk/none-such')).toBeUndefined();
  expect(faultsNamed('dk/too-short', 'dk/absent').map(({ id }) => id)).toEqual(['dk/too-short', 'dk/absent']);
  expect(() => faultsNamed('dk/too-short', 'dk/none-such')).toThrow('no fault is called "dk/none-such"');
});

describe.each(faultsUnder(defaultDialect).map((fault) => [fault.id, fault] as const))('%s', (_, fault) => {
  test('breaks its part, and for usual devices no other part', () => {
    // A changed or missing iv makes every ciphertext unreadable, so breaking `random` breaks those as well.
    const consequences = fault.breaks === 'random' ? ['encryptedNewBindingSecret', 'random'] : [fault.breaks];
    // A token signed with the platform's key contains the time; the body does not.
    expect(faulty(fault, 7).body).toEqual(faulty(fault, 7).body);
    for (const seed of seeds) {
      const broken = [...brokenParts(faulty(fault, seed), makeFixture(seed), platform.keys.publicKeyPem)];
      expect(broken.length, `seed ${seed}`).toBeGreaterThan(0);
      expect(consequences, `seed ${seed}`).toEqual(expect.arrayContaining(broken));
    }
    for (const edge of edges) {
      const fixture = { ...makeFixture(1), ...edge };
      const broken = [...brokenParts(faulty(fault, 1, fixture), fixture, platform.keys.publicKeyPem)];
      expect(fault.breaks === 'random' ? broken.length > 0 : broken.includes(fault.breaks), edge.dk).toBe(true);
    }
  });

  test('never expects success, only documented codes', () => {
    expect(classifyCode(200, fault.expect, declareAll(defaultDialect))).not.toBe('right');
    expect(fault.expect).not.toBe(binds);
    expect(fault.expect.codes.filter((code) => documentedCode(code, operation) === undefined)).toEqual([]);
  });
});

/** Patterns of other shapes, for which other rows of the tables are faults, and devices that match them. */
const otherPatterns: readonly [Pick<Dialect, 'dkPattern' | 'bindingCodePattern'>, Partial<Fixture>][] = [
  [
    { dkPattern: '[A-F]{12}', bindingCodePattern: '[G-Z]{8,10}' },
    { dk: 'ABCDEFABCDEF', bindingCode: 'GHIJKLMN' },
  ],
  [
    { dkPattern: '[0-9]{6}', bindingCodePattern: '[a-f]{32}' },
    { dk: '482913', bindingCode: 'abcdefabcdefabcdefabcdefabcdefab' },
  ],
  [
    { dkPattern: '[0-9A-F]{2}(?::[0-9A-F]{2}){5}', bindingCodePattern: '[0-9A-F]{4}(?:-[0-9A-F]{4}){3}' },
    { dk: 'AC:D9:29:6A:D4:69', bindingCode: '0123-4567-89AB-CDEF' },
  ],
  [
    { dkPattern: '[a-z]+', bindingCodePattern: '.{1,}' },
    { dk: 'kettle', bindingCode: 'any text' },
  ],
];

test.each(otherPatterns)('makes only dks and codes that the pattern refuses: %o', (patterns, device) => {
  const dialect: Dialect = { ...defaultDialect, ...patterns };
  const fixture = { ...makeFixture(1), ...device };
  const formats = faultsUnder(dialect).filter(
    ({ rule, breaks }) => /^(dk|code)-(format|malformed)$/.test(rule) && breaks !== 'encryptedBindingCode',
  );
  const accepted = formats.filter((fault) => {
    const sent = faulty(fault, 1, fixture, dialect).body[fault.breaks];
    return matchesPattern(String(sent), fault.breaks === 'dk' ? 'dkPattern' : 'bindingCodePattern', dialect);
  });
  expect(accepted.map(({ id }) => id)).toEqual([]);
  expect(formats.length).toBeGreaterThan(4);
});

/** Codes of one block, of a whole block, and of any printable text, and the patterns that allow them. */
const shortCodes: readonly (readonly [bindingCodePattern: string, bindingCode: string])[] = [
  ['[0-9]{6}', '482913'],
  ['[0-9A-F]{8}', '89ABCDEF'],
  ['[\\x21-\\x7e]{1,64}', '0123456789ABCDE'],
  ['[\\x21-\\x7e]{1,64}', '0123456789ABCDEF'],
];

test.each(shortCodes)('makes no ciphertext that holds a right value: %s, %s', (bindingCodePattern, bindingCode) => {
  const dialect: Dialect = { ...defaultDialect, bindingCodePattern };
  const right = seeds.flatMap((seed) => {
    // The plaintext of this bindingSecret fits into one block, too.
    const fixture = { ...makeFixture(seed), bindingCode, pk: 'p', dk: '0000', bindingSecret: 'x' };
    const { pk, dk, bindingSecret, oldBindingSecret, ps } = fixture;
    const holds: Readonly<Record<string, (text: string) => boolean>> = {
      encryptedBindingCode: (text) => matchesPattern(text, 'bindingCodePattern', dialect),
      encryptedNewBindingSecret: (text) => text === `${pk},${dk},${bindingSecret}`,
      encryptedOldBindingSecret: (text) => text === `${pk},${dk},${oldBindingSecret}`,
    };
    return faultsUnder(dialect).filter((fault) => {
      const isRight = holds[fault.breaks];
      if (isRight === undefined || fault.expect.open.includes(200)) return false;
      const { body } = faulty(fault, seed, fixture, dialect);
      const text = decrypt(String(body[fault.breaks] ?? ''), ps, String(body['random']));
      return text !== undefined && isRight(text);
    });
  });
  expect(right.map(({ id }) => id)).toEqual([]);
});

test('skips every malformed text that the declared patterns allow', () => {
  const dialect: Dialect = {
    ...defaultDialect,
    dkPattern: '[^]+',
    bindingCodePattern: '[^]+',
    pwdPattern: '[^\\x00-\\x1f\\x7f]{1,256}',
  };
  const formats = faultsUnder(dialect).filter(({ rule }) => /-(format|malformed)$/.test(rule));
  expect(formats.map(({ id }) => id)).toEqual([
    'encrypted-code/nothing',
    ...['pwd/malformed', 'pwd/too-long', 'pwd/control-character'],
  ]);
});

test('skips rows that a pattern allows', () => {
  const skipped = (dialect: Dialect): readonly string[] => {
    const tried = faultsUnder(dialect);
    return faults.filter((fault) => !tried.includes(fault)).map(({ id }) => id);
  };
  // A row that stops making malformed texts would be skipped silently; this list shows it.
  expect(skipped(defaultDialect)).toEqual([
    ...['dk/lower-case-letter', 'dk/upper-case-letter', 'dk/not-hex', 'dk/digit'],
    ...['code', 'encrypted-code'].flatMap((prefix) => [`${prefix}/upper-case-letter`, `${prefix}/digit`]),
  ]);
  expect(faults.find(({ id }) => id === 'dk/digit')?.unless?.(defaultDialect)).toBe(
    `not a fault under dkPattern ${defaultDialect.dkPattern}; set --dialect dkPattern=… if your format is narrower`,
  );
  const digits = skipped({ ...defaultDialect, dkPattern: '[0-9-]{6,}' });
  expect(digits).toEqual(expect.arrayContaining(['dk/hyphen', 'dk/too-long']));
  expect(digits).not.toContain('dk/upper-case-letter');
  expect(digits).not.toContain('dk/too-short');
});
