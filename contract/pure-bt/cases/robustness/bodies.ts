import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { similarText } from '../../../../generators/family/devices.ts';
import { withHttp, withText } from '../../../../generators/request.ts';
import { refusedAnyhow } from '../../../../spec/expectation.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import type { Case } from '../steps.ts';
import { anyDevice } from '../steps.ts';
import type { RobustnessOptions } from './robustness-case.ts';
import { mayGoEitherWay, mustRefuse } from './robustness-case.ts';

/** A body: what reports show in its place, and how it is made from the request's JSON, if it is not the shown text itself. */
type Row = readonly [
  name: string,
  title: string,
  shown: string,
  write?: (json: string) => string,
  options?: RobustnessOptions,
];

const deep = 100_000;
const nestedArrays = '['.repeat(deep) + ']'.repeat(deep);
const tenMegabytes = 10 * 1024 * 1024;
const mayHangUp = { mayHangUp: true } as const;
// 5333 if the server reads the name: every limit is shorter.
const nameLimited = { expect: { ...refusedAnyhow, codes: [5333] }, rule: 'name-limited' } as const;

const refused: readonly Row[] = [
  ['not-json', 'a body that is not JSON', 'pk=p1&dk=ACD9'],
  ['xml', 'a body of XML', '<pk>p1</pk>'],
  ['missing-colon', 'a body without a colon', '{"pk" "p1"}'],
  ['double-comma', 'a body with two commas', '{"pk":"p1",,"dk":"ACD9"}'],
  ['open-string', 'a body with an unterminated string', '{"pk":"p1'],
  ['bad-escape', 'a body with an invalid escape', '{"pk":"\\x"}'],
  ['brace', 'a body of only one brace', '{'],
  ['white-space', 'a body of only white space', '   \r\n\t '],
  ['null', 'the body null', 'null'],
  ['true', 'the body true', 'true'],
  ['number', 'a number as the body', '5361'],
  ['string', 'a string as the body', '"deviceBindingByPureBt"'],
  ['empty-array', 'an empty array as the body', '[]'],
  ['empty-object', 'an empty object as the body', '{}'],
  ['empty', 'an empty body', '(nothing)', () => ''],
  ['array', 'the request inside an array', '[the request]', (json) => `[${json}]`],
  ['truncated', 'a truncated body', 'the request without its last 20 bytes', (json) => json.slice(0, -20)],
  [
    'truncated-last',
    'a body without its last brace',
    'the request without its last brace',
    (json) => json.slice(0, -1),
  ],
  ['deep-arrays', `a body of ${deep} nested arrays`, `${deep} nested arrays`, () => nestedArrays, mayHangUp],
  [
    'deep-objects',
    `a body of ${deep} nested objects`,
    `${deep} nested objects`,
    () => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    mayHangUp,
  ],
  [
    'deep-name',
    `a deviceName of ${deep} nested arrays`,
    `deviceName: ${deep} nested arrays`,
    (json) => withMembers(json, `"deviceName":${nestedArrays}`),
    mayHangUp,
  ],
  [
    'long-name',
    'a deviceName of 100 KB',
    'deviceName: 100 KB',
    (json) => withMembers(json, `"deviceName":"${'n'.repeat(100_000)}"`),
    nameLimited,
  ],
  [
    'ten-megabytes',
    'a deviceName of 10 MB',
    'the request with a deviceName of 10 MB',
    (json) => withMembers(json, `"deviceName":"${'n'.repeat(tenMegabytes)}"`),
    mayHangUp,
  ],
];

const unusual: readonly Row[] = [
  ['trailing-text', 'text after the JSON', 'the request with text after it', (json) => `${json} trailing`],
  [
    'byte-order-mark',
    'a byte order mark before the JSON',
    'a byte order mark and the request',
    (json) => `\ufeff${json}`,
  ],
  [
    'duplicate-name',
    'a key that is given twice',
    'deviceName twice',
    (json) => withMembers(json, '"deviceName":"one","deviceName":"two"'),
  ],
  [
    'duplicate-signature',
    'two signatures, the last one correct',
    'a wrong signature before the correct one',
    (json) => `{"signature":"${'0'.repeat(64)}",${json.slice(1)}`,
  ],
];

const members: readonly Row[] = [
  ...(
    [
      ['unknown-key', 'extra', '"extra":1'],
      ['unknown-object', 'an object', '"extra":{"pk":"p1"}'],
      ['proto', '__proto__', '"__proto__":{"pk":"p1"}'],
      ['constructor', 'constructor', '"constructor":{"prototype":{"admin":true}}'],
    ] as const
  ).map(
    ([name, key, member]): Row => [
      name,
      `an unknown key: ${key}`,
      `the request with ${member}`,
      (json) => withMembers(json, member),
    ],
  ),
  ...(
    [
      ['nul', 'a NUL in deviceName', '"a\\u0000b"'],
      ['lone-surrogate', 'a lone surrogate in deviceName', '"a\\ud800b"'],
      ['raw-control', 'a raw line break in deviceName', '"a\nb"'],
      ['huge-number', 'a number that is too large', '1e400'],
    ] as const
  ).map(
    ([name, title, value]): Row => [
      name,
      title,
      `deviceName: ${JSON.stringify(value)}`,
      (json) => withMembers(json, `"deviceName":${value}`),
    ],
  ),
];

/** Bodies that are not a JSON object, or a JSON object that is too large or unusual. */
export const bodyCases: readonly Case[] = [
  ...refused.map(inCase(mustRefuse)),
  ...unusual.map(inCase(mayGoEitherWay)),
  mustRefuse(
    'duplicate-dk',
    'the dk of another device after the signed one',
    // The first dk matches only the signature, the second only the secret: a server binds it only if it uses both.
    ({ body, ...built }, { fixture, random }) => {
      const dk = similarText(fixture.dk, random);
      const { pk, ps, bindingSecret } = fixture;
      const secret = encryptToBase64(secretPlaintext(pk, dk, bindingSecret), ps, String(body['random']));
      const swapped = { ...body, encryptedNewBindingSecret: secret };
      const text = withMembers(JSON.stringify(swapped), `"dk":${JSON.stringify(dk)}`);
      return withText({ ...built, body: swapped }, text, 'a second dk, and a secret for it');
    },
    { rule: 'tampering', given: anyDevice },
  ),
  ...members.map(inCase(mayGoEitherWay)),
  mayGoEitherWay('invalid-utf-8', 'invalid UTF-8 in deviceName', (built) => {
    const text = withMembers(JSON.stringify(built.body), '"deviceName":"a\u0000\u0001b"');
    // Two bytes that are never valid in UTF-8.
    const bytes = new TextEncoder().encode(text).map((byte) => (byte <= 1 ? 0xfe + byte : byte));
    return { ...withHttp(built, { body: bytes }), shown: 'deviceName with the bytes FE FF' };
  }),
];

function inCase(make: typeof mustRefuse): (row: Row) => Case {
  return ([name, title, shown, write = () => shown, options = {}]) =>
    make(name, title, (built) => withText(built, write(JSON.stringify(built.body)), shown), options);
}

/** The JSON of an object with more members, as text that JSON.stringify cannot write. */
function withMembers(json: string, members: string): string {
  return `${json.slice(0, -1)},${members}}`;
}
