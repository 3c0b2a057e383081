import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { similarText } from '../../../../generators/family/devices.ts';
import { type BuiltRequest, withHttp, withText } from '../../../../generators/request.ts';
import { refusedAnyhow } from '../../../../spec/expectation.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { type Case, devices } from '../steps.ts';
import { mayGoEitherWay, mustRefuse } from './robustness-case.ts';

const deep = 100_000;
const nestedArrays = '['.repeat(deep) + ']'.repeat(deep);
const tenMegabytes = 10 * 1024 * 1024;

/** Bodies that are not a JSON object, or a JSON object that is too large or unusual. */
export const bodyCases: readonly Case[] = [
  ...Object.entries({
    'not-json': ['a body that is not JSON', 'pk=p1&dk=ACD9'],
    xml: ['a body of XML', '<pk>p1</pk>'],
    'missing-colon': ['a body without a colon', '{"pk" "p1"}'],
    'double-comma': ['a body with two commas', '{"pk":"p1",,"dk":"ACD9"}'],
    'open-string': ['a body with an unterminated string', '{"pk":"p1'],
    'bad-escape': ['a body with an invalid escape', '{"pk":"\\x"}'],
    brace: ['a body of only one brace', '{'],
    'white-space': ['a body of only white space', '   \r\n\t '],
    null: ['the body null', 'null'],
    true: ['the body true', 'true'],
    number: ['a number as the body', '5361'],
    string: ['a string as the body', '"deviceBindingByPureBt"'],
    'empty-array': ['an empty array as the body', '[]'],
    'empty-object': ['an empty object as the body', '{}'],
  }).map(([name, [title = '', text = '']]) => mustRefuse(name, title, (built) => withText(built, text))),
  mustRefuse('empty', 'an empty body', (built) => withText(built, '', '(nothing)')),
  mustRefuse('array', 'the request inside an array', (built) =>
    withText(built, `[${bodyJson(built)}]`, '[the request]'),
  ),
  mustRefuse('truncated', 'a truncated body', (built) =>
    withText(built, bodyJson(built).slice(0, -20), 'the request without its last 20 bytes'),
  ),
  mustRefuse('truncated-last', 'a body without its last brace', (built) =>
    withText(built, bodyJson(built).slice(0, -1), 'the request without its last brace'),
  ),
  mustRefuse(
    'deep-arrays',
    `a body of ${deep} nested arrays`,
    (built) => withText(built, nestedArrays, `${deep} nested arrays`),
    { mayHangUp: true },
  ),
  mustRefuse(
    'deep-objects',
    `a body of ${deep} nested objects`,
    (built) => withText(built, `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`, `${deep} nested objects`),
    { mayHangUp: true },
  ),
  mustRefuse(
    'deep-name',
    `a deviceName of ${deep} nested arrays`,
    (built) => withText(built, appended(built, `"deviceName":${nestedArrays}`), `deviceName: ${deep} nested arrays`),
    { mayHangUp: true },
  ),
  mustRefuse(
    'long-name',
    'a deviceName of 100 KB',
    (built) => withText(built, appended(built, `"deviceName":"${'n'.repeat(100_000)}"`), 'deviceName: 100 KB'),
    {
      // 5333 if the server reads the name: every limit is shorter.
      expect: { ...refusedAnyhow, codes: [5333] },
      rule: 'name-limited',
    },
  ),
  mustRefuse(
    'ten-megabytes',
    'a deviceName of 10 MB',
    (built) => {
      const text = appended(built, `"deviceName":"${'n'.repeat(tenMegabytes)}"`);
      return withText(built, text, 'the request with a deviceName of 10 MB');
    },
    { mayHangUp: true },
  ),
  mayGoEitherWay('trailing-text', 'text after the JSON', (built) =>
    withText(built, `${bodyJson(built)} trailing`, 'the request with text after it'),
  ),
  mayGoEitherWay('byte-order-mark', 'a byte order mark before the JSON', (built) =>
    withText(built, `\ufeff${bodyJson(built)}`, 'a byte order mark and the request'),
  ),
  mayGoEitherWay('duplicate-name', 'a key that is given twice', (built) =>
    withText(built, appended(built, '"deviceName":"one","deviceName":"two"'), 'deviceName twice'),
  ),
  mayGoEitherWay('duplicate-signature', 'two signatures, the last one correct', (built) => {
    const wrong = `{"signature":"${'0'.repeat(64)}",`;
    return withText(built, wrong + bodyJson(built).slice(1), 'a wrong signature before the correct one');
  }),
  mustRefuse(
    'duplicate-dk',
    'the dk of another device after the signed one',
    // The first dk matches only the signature, the second only the secret: a server binds it only if it uses both.
    (built, { fixture, random }) => {
      const dk = similarText(fixture.dk, random);
      const { pk, ps, bindingSecret } = fixture;
      const secret = encryptToBase64(secretPlaintext(pk, dk, bindingSecret), ps, String(built.body['random']));
      const swapped = { ...built, body: { ...built.body, encryptedNewBindingSecret: secret } };
      return withText(swapped, appended(swapped, `"dk":${JSON.stringify(dk)}`), 'a second dk, and a secret for it');
    },
    { rule: 'tampering', given: devices.any },
  ),
  ...Object.entries({
    'unknown-key': ['extra', '"extra":1'],
    'unknown-object': ['an object', '"extra":{"pk":"p1"}'],
    proto: ['__proto__', '"__proto__":{"pk":"p1"}'],
    constructor: ['constructor', '"constructor":{"prototype":{"admin":true}}'],
  }).map(([name, [key = '', member = '']]) =>
    mayGoEitherWay(name, `an unknown key: ${key}`, (built) =>
      withText(built, appended(built, member), `the request with ${member}`),
    ),
  ),
  ...Object.entries({
    nul: ['a NUL in deviceName', '"a\\u0000b"'],
    'lone-surrogate': ['a lone surrogate in deviceName', '"a\\ud800b"'],
    'raw-control': ['a raw line break in deviceName', '"a\nb"'],
    'huge-number': ['a number that is too large', '1e400'],
  }).map(([name, [title = '', value = '']]) =>
    mayGoEitherWay(name, title, (built) =>
      withText(built, appended(built, `"deviceName":${value}`), `deviceName: ${JSON.stringify(value)}`),
    ),
  ),
  mayGoEitherWay('invalid-utf-8', 'invalid UTF-8 in deviceName', (built) => {
    const text = appended(built, '"deviceName":"a\u0000\u0001b"');
    // Two bytes that are never valid in UTF-8.
    const bytes = new TextEncoder().encode(text).map((byte) => (byte <= 1 ? 0xfe + byte : byte));
    return { ...withHttp(built, { body: bytes }), shown: 'deviceName with the bytes FE FF' };
  }),
];

function bodyJson({ body }: BuiltRequest): string {
  return JSON.stringify(body);
}

/** The body's JSON with more members, as text that JSON.stringify cannot write. */
function appended(built: BuiltRequest, members: string): string {
  return `${bodyJson(built).slice(0, -1)},${members}}`;
}
