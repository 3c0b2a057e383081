import { describe, expect, test } from 'vitest';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { sha256Hex } from './crypto.ts';
import { madeUpFixture } from './pure-bt/fixture.ts';
import { bothCodes, encryptedCode, forms, inHome, withDk, withOldSecret } from './pure-bt/forms.ts';
import type { Change } from './pure-bt/request.ts';
import { buildRequest } from './pure-bt/request.ts';
import { brokenParts } from './pure-bt/testing/diagnosis.ts';
import { startPlatform } from './pure-bt/testing/platform.ts';
import { seededRandom } from './random.ts';

const platform = await startPlatform();
const fixture = madeUpFixture(seededRandom(42, 'fixture'), platform.token);

const validChanges: readonly (readonly [string, Change])[] = [
  ...forms.map(({ id, change }) => [id, change] as const),
  ['both codes', bothCodes],
  ['in a home', inHome],
  ['with the old secret', withOldSecret],
  ['another dk', withDk(() => 'ABCD')],
];

function request(changes: readonly Change[], seed = 42, dialect = defaultDialect): ReturnType<typeof buildRequest> {
  return buildRequest({ fixture, dialect, random: seededRandom(seed, 'request'), keys: {} }, changes);
}

describe.each(validChanges)('a valid request: %s', (_, change) => {
  test('breaks nothing', () => {
    expect([...brokenParts(request([change]), fixture, platform.keys.publicKeyPem)]).toEqual([]);
  });

  test('is the same for the same seed and differs for another', () => {
    expect(request([change])).toEqual(request([change]));
    expect(request([change], 43).body['random']).not.toBe(request([change]).body['random']);
  });
});

test('the plain form breaks nothing', () => {
  expect([...brokenParts(request([]), fixture, platform.keys.publicKeyPem)]).toEqual([]);
});

test('the ciphertext as transmitted is what is signed', () => {
  const { body } = request([encryptedCode]);
  const { pk, dk, userDomainSecret } = fixture;
  expect(body['signature']).toBe(sha256Hex(`${pk}${dk}${String(body['encryptedBindingCode'])}${userDomainSecret}`));
});

test('the decrypted code is signed where the dialect says so', () => {
  const { body } = request([encryptedCode], 42, { ...defaultDialect, signedBindingCode: 'decrypted' });
  const { pk, dk, bindingCode, userDomainSecret } = fixture;
  expect(body['signature']).toBe(sha256Hex(`${pk}${dk}${bindingCode}${userDomainSecret}`));
});

test('a pwd of the device is sent and signed', () => {
  const withPwd = { ...fixture, pwd: 'secret-1' };
  const { body } = buildRequest({ fixture: withPwd, dialect: defaultDialect, random: seededRandom(1, 'x'), keys: {} });
  expect(body['pwd']).toBe('secret-1');
  expect(body['signature']).toBe(
    sha256Hex(`${fixture.pk}${fixture.dk}${fixture.bindingCode}secret-1${fixture.userDomainSecret}`),
  );
});

test('an encrypted bindingCode has 44 characters', () => {
  expect(String(request([encryptedCode]).body['encryptedBindingCode'])).toHaveLength(44);
});

test('seed 42 makes what it always made', async () => {
  // Freezes the generators: a change here changes what every recorded seed replays.
  const { body, http } = buildRequest({
    fixture: madeUpFixture(seededRandom(42, 'golden'), 'header.payload.signature'),
    dialect: defaultDialect,
    random: seededRandom(42, 'golden', 'request'),
    keys: {},
  });
  const names = forms.map(({ id, change }) => [id, request([change]).body]);
  const golden = JSON.stringify({ body, headers: http.headers, forms: names }, undefined, 2);
  await expect(`${golden}\n`).toMatchFileSnapshot('./pure-bt/testing/seed-42.golden.json');
});
