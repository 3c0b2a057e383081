import { describe, expect, test } from 'vitest';
import type { Headers } from '../../../spec/http.ts';
import type { Explanation } from './explanation.ts';
import { device, explained, goodClaims, jwt, now, signedBody, wrongIds, wrongParts } from './testing/device.ts';

const good = device.token;
const [header = '', payload = '', signature = ''] = good.split('.');

function explainHeaders(headers: Headers | undefined): Explanation {
  return explained(signedBody(), { request: { source: 'test', headers, body: signedBody() } });
}

function tokenIds(headers: Headers): readonly string[] {
  const explanation = explainHeaders(headers);
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

const right =
  'an RS256 access token, valid for another 2 hours; its signature was not verified: only the platform has the key';

test.each<[what: string, part: object, headers: Headers | undefined]>([
  [
    'a note for another letter case of the scheme',
    { findings: [{ id: 'token/bearer-case', kind: 'note' }] },
    [['Authorization', `bearer ${good}`]],
  ],
  ['that it is not checked without headers', { verdict: 'not-checked' }, undefined],
  ['that the signature was not verified', { says: right }, [['Authorization', `Bearer ${good}`]]],
  [
    'how long ago it expired',
    { says: 'it expired 3 days ago' },
    [['Authorization', `Bearer ${jwt({ ...goodClaims, exp: now - 3 * 86_400 })}`]],
  ],
])('says %s', (_, part, headers) => {
  expect(explainHeaders(headers).parts.at(-1)).toMatchObject({ part: 'token', ...part });
});
