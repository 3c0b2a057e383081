import { expect, test } from 'vitest';
import {
  binds,
  bindsByReading,
  type Expectation,
  refusedAnyhow,
  refusedMethod,
  refusedUndocumented,
  refusedWith,
} from '../../spec/expectation.ts';
import type { ApiResponse } from '../../spec/http.ts';
import { type Dialect, defaultDialect } from '../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../spec/pure-bt/rules.ts';
import { judge } from './judge.ts';
import { parseJson } from './parse-json.ts';

const json: ApiResponse['headers'] = [['Content-Type', 'application/json;charset=UTF-8']];
const bound = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };

const softDk = refusedWith(5361, { open: [200], openRefusals: 'undocumented', reading: 'dk-format' });
const anyStatus: Partial<Dialect> = { refusalStatus: 'any' };

function answer(body: unknown, more: Partial<ApiResponse> = {}): ApiResponse {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { httpStatus: 200, headers: json, body: bytes, truncated: false, durationMs: 1, ...more };
}

/** An answer with a code that is not success. */
function refusal(code: number, more: Partial<ApiResponse> = {}): ApiResponse {
  return answer({ code, msg: '' }, more);
}

test.each([
  ['a success', answer(bound), binds],
  ['a success that is verified as text', answer({ ...bound, data: { verified: '0' } }), binds],
  ['the expected refusal', answer({ code: 5361, msg: 'x' }), refusedWith(5361)],
  ['a refusal in another language', answer({ code: 5361, msg: 'dk格式不正确', data: null }), refusedWith(5361)],
  [
    'another +json media type',
    refusal(5361, { headers: [['content-type', 'application/problem+json']] }),
    refusedWith(5361),
  ],
  ['any refusal', refusal(7777), refusedUndocumented([])],
  ['a refusal without a media type', refusal(5361, { headers: [] }), refusedWith(5361)],
  ['a refusal that says verified 0', answer({ code: 5361, msg: '', data: { verified: 0 } }), refusedWith(5361)],
  [
    'an undocumented code, if a check without a code may come first',
    refusal(7777),
    refusedWith(5361, { undocumented: true }),
  ],
])('accepts %s', (_, response, expectation) => {
  expect(judge(response, expectation, defaultDialect).kind).toBe('right');
});

test.each([
  ['the expected code with HTTP 400', refusal(5361, { httpStatus: 400 }), 'unexpected HTTP 400'],
  ['a server error', answer('oops', { httpStatus: 500 }), 'unexpected HTTP 500'],
  ['a redirect', answer('', { httpStatus: 302 }), 'unexpected HTTP 302'],
  [
    'a compression without a request for it',
    refusal(5361, { headers: [...json, ['Content-Encoding', 'br']] }),
    'content-encoding br',
  ],
  [
    'a refusal with data',
    answer({ code: 5361, msg: '', data: { verified: 1 } }),
    'the envelope is wrong: /data must be null',
  ],
  ['HTML', answer('<html>'), 'the body is not JSON'],
  ['nothing', answer(''), 'the body is not JSON'],
  ['half a body', answer('{"code":53'), 'the body is not JSON'],
  ['invalid UTF-8', answer(Buffer.from([0x7b, 0xff, 0x7d])), 'the body is not JSON'],
  ['a byte order mark', answer(`\ufeff${JSON.stringify({ code: 5361, msg: '' })}`), 'the body is not JSON'],
  ['a list', answer([]), 'the envelope is wrong: the body must be object'],
  ['a code as text', answer({ code: '5361', msg: '' }), 'the envelope is wrong: /code must be integer'],
  ['a huge code', answer('{"code":1e400,"msg":""}'), 'the envelope is wrong: /code must be integer'],
  ['a fractional code', answer({ code: 5361.5, msg: '' }), 'the envelope is wrong: /code must be integer'],
  ['an answer without msg', answer({ code: 5361 }), 'the envelope is wrong: /msg is missing'],
  ['a success without data', refusal(200), 'the envelope is wrong: /data is missing'],
  ['a success instead of a refusal', answer(bound), 'expected 5361 (Incorrect DK format), got 200 (success)'],
  [
    'another code',
    refusal(5412),
    'expected 5361 (Incorrect DK format), got 5412 (Product binding mode is unique, cannot bind repeatedly)',
  ],
  ['JSON with the type of HTML', refusal(5361, { headers: [['content-type', 'text/html']] }), 'content-type text/html'],
  [
    'JSON with the type of a script',
    refusal(5361, { headers: [['content-type', 'text/javascript']] }),
    'content-type text/javascript',
  ],
])('finds %s wrong', (_, response, cause) => {
  expect(judge(response, refusedWith(5361), defaultDialect)).toMatchObject({ kind: 'wrong', cause });
});

test('leaves a code open that another reading explains', () => {
  const verdict = judge(refusal(5327), refusedWith(5041, { open: [5327] }), defaultDialect);
  expect(verdict).toMatchObject({ kind: 'open', code: 5327 });
});

test.each<[string, ApiResponse, Expectation, Partial<Dialect>, string, RuleId | undefined]>([
  ['a reading', answer(bound), softDk, {}, 'open', 'dk-format'],
  ['a declared reading', answer(bound), softDk, { declared: ['dkPattern'] }, 'wrong', undefined],
  ['a declared pattern', answer(bound), softDk, { dkPattern: '[0-9]{6}' }, 'wrong', undefined],
  ['a code outside the document', refusal(4000), softDk, {}, 'open', 'dk-format'],
  ['a documented code with another meaning', refusal(5412), softDk, {}, 'wrong', 'codes-mean'],
  [
    'HTTP 400 for a null field',
    answer('no', { httpStatus: 400 }),
    bindsByReading('null-fields'),
    {},
    'open',
    'null-fields',
  ],
  ['HTTP 400 for a refusal', refusal(5361, { httpStatus: 400 }), refusedWith(5361), {}, 'wrong', 'http-status'],
  ['a declared status', refusal(5361, { httpStatus: 404 }), refusedWith(5361), anyStatus, 'right', undefined],
  [
    'a declared status with a wrong code',
    refusal(5412, { httpStatus: 404 }),
    refusedWith(5361),
    anyStatus,
    'wrong',
    undefined,
  ],
  ['success with a declared status', answer(bound, { httpStatus: 404 }), binds, anyStatus, 'wrong', 'http-status'],
  ['a method that is not implemented', answer('', { httpStatus: 501 }), refusedMethod, {}, 'right', undefined],
  ['HTTP 501 for an unreadable body', answer('', { httpStatus: 501 }), refusedAnyhow, {}, 'wrong', 'http-status'],
  ['HTTP 501 for a business outcome', answer('', { httpStatus: 501 }), refusedWith(5361), {}, 'wrong', 'http-status'],
  [
    'a 5xx for an unreadable request',
    refusal(5000, { httpStatus: 500 }),
    refusedAnyhow,
    anyStatus,
    'wrong',
    'http-status',
  ],
  [
    'no media type, in the case about it',
    answer(bound, { headers: [] }),
    { ...binds, reading: 'content-type' },
    {},
    'open',
    'content-type',
  ],
  [
    'data in a refusal, in the case about it',
    answer({ code: 5067, msg: '', data: {} }),
    { ...refusedWith(5067), reading: 'refusal-data' },
    {},
    'open',
    'refusal-data',
  ],
])('judges %s', (_, response, expectation, dialect, kind, rule) => {
  const verdict = judge(response, expectation, { ...defaultDialect, ...dialect });
  expect([verdict.kind, 'rule' in verdict ? verdict.rule : undefined]).toEqual([kind, rule]);
});

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['100 deep', nested(100), true],
  ['101 deep', nested(101), false],
  ['20,000 deep and cut off', '{"a":'.repeat(20_000), false],
  ['a string of brackets', JSON.stringify(`\\"${nested(200)}`), true],
  ['many short lists', `[${'[[]],'.repeat(500)}0]`, true],
])('parses JSON up to 100 levels deep: %s', (_, text, isParsed) => {
  expect('value' in parseJson(Buffer.from(text))).toBe(isParsed);
});

test('rejects a body that is nested too deep', () => {
  const body = `{"code":5361,"msg":"","data":${nested(20_000)}}`;
  expect(judge(answer(body), refusedWith(5361), defaultDialect)).toMatchObject({
    kind: 'wrong',
    cause: 'the body is nested more than 100 levels deep',
  });
});

test('parses an answer once', () => {
  const { body } = answer(bound);
  expect(parseJson(body)).toBe(parseJson(body));
});
