import { describe, expect, test } from 'vitest';
import { device, explained, goodClaims, jwt, now, signedBody, wrongIds, wrongParts } from './testing/device.ts';

const good = device.token;
const [header = '', payload = '', signature = ''] = good.split('.');

function tokenIds(headers: readonly (readonly [string, string])[]): readonly string[] {
  const explanation = explained(signedBody(), { request: { source: 'test', headers, body: signedBody() } });
  expect(wrongParts(explanation).filter((part) => part !== 'token')).toEqual([]);
  return wrongIds(explanation, 'token');
}

test.each([
  ['a good token', `Bearer ${good}`],
  ['spaces around it', ` Bearer  ${good} `],
  ['another letter case of the scheme', `bearer ${good}`],
  ['a token that has just begun', `Bearer ${jwt({ ...goodClaims, nbf: now })}`],
  ['a token in its last second', `Bearer ${jwt({ ...goodClaims, exp: now + 1 })}`],
])('accepts %s', (_, value) => {
  expect(tokenIds([['authorization', value]])).toEqual([]);
});

test('accepts a list of audiences that names this API', () => {
  const value = `Bearer ${jwt({ ...goodClaims, aud: ['Elsewhere', 'Audience'] })}`;
  expect(tokenIds([['Authorization', value]])).toEqual([]);
});

describe('finds the planted mistake and nothing more', () => {
  test.each<[what: string, ids: string[], value: string]>([
    ['a blank header', ['blank'], '  '],
    ['no Bearer', ['no-bearer'], good],
    ['Bearer twice', ['bearer-twice'], `Bearer Bearer ${good}`],
    ['Bearer alone', ['bearer-only'], 'Bearer'],
    ['another scheme', ['other-scheme'], 'Basic dXNlcjpwYXNzd29yZA=='],
    ['quotes', ['quoted'], `Bearer "${good}"`],
    ['a shell variable', ['placeholder'], 'Bearer $TOKEN'],
    ['a template', ['placeholder'], 'Bearer {{token}}'],
    ['a token that is not a JWT', ['segments'], 'Bearer not-a-token'],
    ['two segments', ['segments'], `Bearer ${header}.${payload}`],
    ['an empty signature', ['segments'], `Bearer ${header}.${payload}.`],
    ['four segments', ['segments'], `Bearer ${good}.${signature}`],
    ['a header that is not JSON', ['unreadable'], `Bearer x.${payload}.${signature}`],
    ['a payload that is not JSON', ['unreadable'], `Bearer ${header}.x.${signature}`],
    ['a cut signature', ['truncated'], `Bearer ${good.slice(0, -20)}`],
    ['alg none', ['algorithm'], `Bearer ${jwt(goodClaims, { alg: 'none' })}`],
    ['HS256', ['algorithm'], `Bearer ${jwt(goodClaims, { alg: 'HS256' })}`],
    ['an expired token', ['expired'], `Bearer ${jwt({ ...goodClaims, exp: now })}`],
    ['a token not yet valid', ['not-yet-valid'], `Bearer ${jwt({ ...goodClaims, nbf: now + 60 })}`],
    ['times in milliseconds', ['milliseconds'], `Bearer ${jwt({ ...goodClaims, exp: (now + 7200) * 1000 })}`],
    ['no expiry', ['no-expiry'], `Bearer ${jwt({ ...goodClaims, exp: undefined })}`],
    ['another audience', ['audience'], `Bearer ${jwt({ ...goodClaims, aud: 'Elsewhere' })}`],
    ['another issuer', ['issuer'], `Bearer ${jwt({ ...goodClaims, iss: 'enterprise' })}`],
    ['a refresh token', ['refresh'], `Bearer ${jwt({ ...goodClaims, type: 'RefreshToken' })}`],
    ['no type', ['type'], `Bearer ${jwt({ ...goodClaims, type: undefined })}`],
    [
      'an expired refresh token',
      ['refresh', 'expired'],
      `Bearer ${jwt({ ...goodClaims, type: 'RefreshToken', exp: now - 90 })}`,
    ],
  ])('%s', (_, ids, value) => {
    expect(tokenIds([['Authorization', value]])).toEqual(ids.map((id) => `token/${id}`));
  });

  test.each<[what: string, id: string, headers: [string, string][]]>([
    ['no header', 'missing', []],
    ['the token in another header', 'other-header', [['X-Access-Token', good]]],
    [
      'two headers',
      'twice',
      [
        ['Authorization', `Bearer ${good}`],
        ['authorization', `Bearer ${good}`],
      ],
    ],
  ])('%s', (_, id, headers) => {
    expect(tokenIds(headers)).toEqual([`token/${id}`]);
  });
});

test('adds a note for another letter case of the scheme', () => {
  const headers = [['Authorization', `bearer ${good}`]] as const;
  const { parts } = explained(signedBody(), { request: { source: 'test', headers, body: signedBody() } });
  expect(parts.at(-1)?.findings).toMatchObject([{ id: 'token/bearer-case', kind: 'note' }]);
});

test('does not check the token of a body without headers', () => {
  const { parts } = explained(signedBody(), { request: { source: 'JSON', headers: undefined, body: signedBody() } });
  expect(parts.at(-1)).toMatchObject({ part: 'token', verdict: 'not-checked' });
});

test('says that the signature was not verified', () => {
  expect(explained(signedBody()).parts.at(-1)?.says).toBe(
    'an RS256 access token, valid for another 2 hours; its signature was not verified: only the platform has the key',
  );
});

test('says how long ago a token expired', () => {
  const headers = [['Authorization', `Bearer ${jwt({ ...goodClaims, exp: now - 3 * 86_400 })}`]] as const;
  const { parts } = explained(signedBody(), { request: { source: 'test', headers, body: signedBody() } });
  expect(parts.at(-1)?.says).toBe('it expired 3 days ago');
});
