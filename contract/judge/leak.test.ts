import { expect, test } from 'vitest';
import { sha256Hex } from '../../generators/crypto.ts';
import { madeUpFixture } from '../../generators/family/fixture.ts';
import { replaceAt } from '../../generators/family/tamper.ts';
import { field, signedField } from '../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, withPlaintexts } from '../../generators/pure-bt/request.ts';
import { encryptedCode } from '../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../generators/random.ts';
import type { BuiltRequest } from '../../generators/request.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { leakIn, plantedHeader } from './leak.ts';

const fixture = {
  ...madeUpFixture(seededRandom(1, 'fixture'), 'head.payload-of-token.signature-of-token'),
  pwd: 'Secret-123',
};
const { ps, userDomainSecret, bindingSecret, bindingCode, oldBindingSecret, token, pwd } = fixture;

function request(...changes: readonly Change[]): BuiltRequest {
  return buildRequest({ fixture, dialect: defaultDialect, random: seededRandom(1, 'request'), keys: {} }, changes);
}

function leak(
  text: string,
  sent = request(),
  headers: readonly (readonly [string, string])[] = [],
): string | undefined {
  const answer = { httpStatus: 200, headers, body: Buffer.from(text), truncated: false, durationMs: 1 };
  return leakIn(answer, sent, fixture, operation);
}

const wrongSignature = signedField('signature', () => '0'.repeat(64));
const expected = String(request().body['signature']);

test.each([
  ['the ps', ps],
  ['the ps', Buffer.from(ps).toString('base64')],
  ['the ps', Buffer.from(ps).toString('hex')],
  ['the ps', Buffer.from(JSON.stringify({ key: ps, n: 1 })).toString('base64')],
  ['the userDomainSecret', userDomainSecret],
  ['the userDomainSecret', userDomainSecret.slice(0, 12)],
  ['the userDomainSecret', userDomainSecret.slice(-12)],
  ['the userDomainSecret', encodeURIComponent(userDomainSecret)],
  ['the bindingSecret', bindingSecret],
  ['the bindingSecret', bindingSecret.toUpperCase()],
  ['the oldBindingSecret', oldBindingSecret],
  ['the bindingCode', bindingCode.toLowerCase()],
  ['the token', token],
  ['the pwd', pwd],
])('finds %s as %s', (name, form) => {
  expect(leak(`{"code":5361,"msg":"why: ${form}."}`)).toBe(name);
  expect(leak('{}', request(), [['x-debug', `v=${form}`]])).toBe(name);
});

test('finds the expected signature, not the sent one', () => {
  expect(leak(`{"msg":"expected ${expected}"}`, request(wrongSignature))).toBe('the expected signature');
  expect(leak(`{"msg":"expected ${expected}"}`)).toBeUndefined();
  expect(leak(`{"msg":"got ${'0'.repeat(64)}"}`, request(wrongSignature))).toBeUndefined();
});

test('finds the expected signature in Base64, or partly sent', () => {
  const lastDigit = signedField('signature', (body) => replaceAt(String(body['signature']), 63));
  expect(leak(`{"msg":"expected ${expected}"}`, request(lastDigit))).toBe('the expected signature');
  expect(leak(`{"msg":"got ${replaceAt(expected, 63)}"}`, request(lastDigit))).toBeUndefined();
  const digest = Buffer.from(expected, 'hex').toString('base64');
  expect(leak(`{"msg":"expected ${digest}"}`, request(wrongSignature))).toBe('the expected signature');
});

test('finds the signature over the decrypted code', () => {
  const { pk, dk } = fixture;
  const other = sha256Hex(`${pk}${dk}${bindingCode}${pwd}${userDomainSecret}`);
  expect(leak(`{"msg":"${other}"}`, request(encryptedCode))).toBe('the expected signature');
});

test('finds the plaintext that a fault has encrypted', () => {
  const altered = field('bindingCode', () => 'ABCDEF012345678');
  expect(leak('{"msg":"ABCDEF012345678"}', request(altered, encryptedCode))).toBe(
    'the plaintext of encryptedBindingCode',
  );
  expect(leak('{"msg":"ABCDEF012345678"}', request(altered))).toBeUndefined();
});

test('lets an answer repeat pk and dk', () => {
  const { pk, dk } = fixture;
  expect(leak(JSON.stringify({ code: 200, msg: '', data: { pk, dk, device: `${pk},${dk}` } }))).toBeUndefined();
  const withoutSecret: Change = {
    at: 'draft',
    apply: (draft) => withPlaintexts(draft, { encryptedNewBindingSecret: `${pk},${dk}` }),
  };
  expect(leak(`{"msg":"Incorrect bindingSecret (dk ${dk})"}`, request(withoutSecret))).toBeUndefined();
  expect(leak(`{"msg":"${pk},${dk},${fixture.bindingSecret}"}`)).toBe('the bindingSecret');
});

test.each([
  ['a header injected by a field', plantedHeader, '1'],
  ['a stack trace', 'x-error', "thread 'main' panicked at src/bind.rs:4:5"],
])('finds %s in a header', (name, header, value) => expect(leak('{}', request(), [[header, value]])).toBe(name));

test.each([
  '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}',
  '{"code":5361,"msg":"Incorrect DK format","data":null,"extMsg":null}',
  '{"code":5361,"msg":"dk 格式错误","traceId":"7f3a9c1e-22b4-4f0e-9a58-1b2c3d4e5f60","time":"2026-11-24T10:20:30.123Z"}',
  '{"code":5361,"msg":"Please select a device from the list and update it"}',
  '{"code":5000,"msg":"Service exception","path":"/v2/binding/enduserapi/deviceBindingByPureBt"}',
  '{"code":5420,"msg":"Signature error at 10:20:30"}',
  '{"statusCode":413,"error":"Payload Too Large","message":"Request body is too large"}',
  '{"timestamp":"2026-11-24T10:20:30","status":400,"error":"Bad Request"}',
  '<html><head><title>405 Not Allowed</title></head><body><center>nginx/1.24.0</center></body></html>',
])('finds no leak in %s', (text) => {
  const headers = [
    ['Server', 'Apache-Coyote/1.1'],
    ['Via', '1.1 a1b2c3.cloudfront.net (CloudFront)'],
    ['X-Request-Id', '01JD0Z4R8Q6X5W3V2T1S0R9P8N'],
    ['Date', 'Tue, 24 Nov 2026 10:20:30 GMT'],
  ] as const;
  expect(leak(text, request(), headers)).toBeUndefined();
});

test.each([
  ['a stack trace', '{"msg":"x\\n    at handle (/srv/app/bind.js:10:5)"}'],
  ['a stack trace', '{"msg":"x at com.acme.Bind.run(Bind.java:12)"}'],
  ['a stack trace', 'Traceback (most recent call last):\n  File "/srv/app.py", line 3, in bind'],
  ['a stack trace', 'panic: runtime error\n\ngoroutine 7 [running]:\nmain.bind(0x1)\n\t/srv/main.go:12 +0x1d'],
  ['a stack trace', '#0 /srv/bind.php(12): bind()'],
  ['an SQL statement', `{"msg":"near 'x': SELECT id FROM device WHERE dk = ?"}`],
  ['a file path', '{"msg":"cannot open /var/lib/bind/devices.db"}'],
  ['a class name', '{"msg":"javax.crypto.BadPaddingException"}'],
  ['a class name', '{"msg":"BadPaddingException: given final block"}'],
  ['a class name', '{"msg":"SyntaxError: Unexpected token"}'],
  ['a class name', '{"msg":"Cannot deserialize value of type `java.lang.String`"}'],
  ['a stack trace', '    at Object.<anonymous> (C:\\srv\\bind.js:10:5)'],
  ['a stack trace', '\tat async handle (file:///srv/bind.mjs:10:5)'],
  ['a stack trace', '   at Acme.Bind.Run(String dk) in bind.cs:line 12 (x:1)'],
  ['a stack trace', '{"msg":"at com.acme.Bind.<init>(Bind.kt:12)"}'],
  ['a stack trace', 'Caused by: x'],
  ['a stack trace', 'x: File "bind.py", line 3'],
  ['a stack trace', 'goroutine 7 [running]:'],
  ['a stack trace', 'bind.go:12 +0x1d'],
  ['a stack trace', 'in bind.php on line 12'],
  ['a stack trace', 'error on line 12 of bind.php'],
  ['a stack trace', 'on line 12 on line 13 of bind.php'],
  ['an SQL statement', 'SELECT a, SELECT b\tFROM device'],
  ['an SQL statement', `SELECT ${'column, '.repeat(1_000)}id FROM device`],
  ['an SQL statement', 'INSERT INTO device'],
  ['an SQL statement', 'UPDATE device SET dk'],
  ['an SQL statement', 'DELETE FROM device'],
  ['an SQL statement', 'ORA-00942: table'],
  ['a file path', 'open /etc/bind.yaml'],
  ['a file path', 'C:\\bind\\data'],
  ['a class name', `${'com.'.repeat(500)}Bind`],
  ['a class name', 'Proxy.com.acme.Bind'],
  ['a class name', '$com.acme.Bind$Inner'],
  ['a class name', 'System.Text.Json'],
  ['a class name', 'KeyError: dk'],
])('finds %s: %s', (name, text) => expect(leak(text)).toBe(name));

/** So many bytes of a body are searched. */
const searched = 128 * 1024;

// A quadratic pattern takes at least 17 s on one of these, so the test times out.
test.each([
  '\n',
  '\r',
  ' \n',
  'a.',
  'A.a.',
  'a$',
  '$',
  'at x(',
  'at x:',
  '\nat x(((:',
  'on line 1 ',
  'SELECT a ',
  'SELECT\n',
  'UPDATE x ',
  'File "x',
  '#1 x(1',
  'System.A.',
  'AaException1',
  'x.php:',
  'YWJj',
  'ab12',
  '0123456789abcdef ',
])('searches a body that repeats %j in linear time', (piece) => {
  expect(leak(piece.repeat(searched / piece.length))).toBeUndefined();
});

test('finds a secret in any part, after many clean answers', () => {
  const noise = Array.from({ length: 1_000 }, (_, at): readonly [string, string] => [`x-${at}`, `value ${at}`]);
  for (let count = 0; count < 20; count += 1) expect(leak(`{"n":${count}}`, request(), noise)).toBeUndefined();
  expect(leak('{}', request(), [...noise, ['x-last', Buffer.from(`id=1;ps=${ps}`).toString('base64')]])).toBe('the ps');
  expect(leak('{}', request(), [...noise, [`x-${ps}`, '']])).toBe('the ps');
  expect(leak('{}', request(), [['via', ps]])).toBe('the ps');
});
