import { describe, expect, test } from 'vitest';
import { type Dialect, defaultDialect } from '../spec/pure-bt/dialect.ts';
import { sha256Hex } from './crypto.ts';
import { madeUpFixture } from './family/fixture.ts';
import { buildRequest, type Change } from './pure-bt/request.ts';
import { brokenParts } from './pure-bt/testing/diagnosis.ts';
import { startPlatform } from './pure-bt/testing/platform.ts';
import { bothCodes, encryptedCode, forms, inHome, withDk, withOldSecret } from './pure-bt/valid-forms.ts';
import { seededRandom } from './random.ts';
import type { Body, BuiltRequest } from './request.ts';

const platform = await startPlatform();
const fixture = madeUpFixture(seededRandom(42, 'fixture'), platform.token);
const code = fixture.bindingCode;

const validChanges: readonly (readonly [string, readonly Change[]])[] = [
  ['the plain form', []],
  ...forms.map(({ id, changes }) => [id, changes] as const),
  ['both codes', bothCodes],
  ['in a home', [inHome]],
  ['with the old secret', [withOldSecret]],
  ['another dk', [withDk(() => 'ABCD')]],
];

function request(changes: readonly Change[], seed = 42, dialect = defaultDialect, device = {}): BuiltRequest {
  const random = seededRandom(seed, 'request');
  return buildRequest({ fixture: { ...fixture, ...device }, dialect, random, keys: {} }, changes);
}

describe.each(validChanges)('a valid request: %s', (_, changes) => {
  test('has no broken part', () => {
    expect([...brokenParts(request(changes), fixture, platform.keys.publicKeyPem)]).toEqual([]);
  });

  test('depends only on the seed', () => {
    expect(request(changes)).toEqual(request(changes));
    expect(request(changes, 43).body['random']).not.toBe(request(changes).body['random']);
  });
});

const decrypted: Dialect = { ...defaultDialect, signedBindingCode: 'decrypted' };

test.each<[string, BuiltRequest, (body: Body) => string]>([
  ['the ciphertext as transmitted', request([encryptedCode]), (body) => String(body['encryptedBindingCode'])],
  ['the decrypted code, if the dialect says so', request([encryptedCode], 42, decrypted), () => code],
  ["the device's own pwd as well", request([], 42, defaultDialect, { pwd: 'secret-1' }), () => `${code}secret-1`],
])('signs %s', (_, { body }, signed) => {
  const { pk, dk, userDomainSecret } = fixture;
  expect(body['signature']).toBe(sha256Hex(`${pk}${dk}${signed(body)}${userDomainSecret}`));
});

test('encrypts a bindingCode to 44 characters', () => {
  expect(String(request([encryptedCode]).body['encryptedBindingCode'])).toHaveLength(44);
});

test('makes the same request for seed 42 in every version', async () => {
  // A change of this golden file changes what every recorded seed replays.
  const { body, http } = buildRequest({
    fixture: madeUpFixture(seededRandom(42, 'golden'), 'header.payload.signature'),
    dialect: defaultDialect,
    random: seededRandom(42, 'golden', 'request'),
    keys: {},
  });
  const names = forms.map(({ id, changes }) => [id, request(changes).body]);
  const golden = JSON.stringify({ body, headers: http.headers, forms: names }, undefined, 2);
  await expect(`${golden}\n`).toMatchFileSnapshot('./pure-bt/testing/seed-42.golden.json');
});
