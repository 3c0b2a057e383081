import { expect, test } from 'vitest';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, bindsByReading, refusedAnyhow, refusedUndocumented, refusedWith } from '../../spec/expectation.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
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

test.each([
  ['a success', answer(bound), binds],
  ['a success that is verified as text', answer({ ...bound, data: { verified: '0' } }), binds],
  ['the due refusal', answer({ code: 5361, msg: 'x' }), refusedWith(5361)],
  ['a refusal in another language', answer({ code: 5361, msg: 'dk格式不正确', data: null }), refusedWith(5361)],
  [
    'another +json media type',
    answer({ code: 5361, msg: '' }, { headers: [['content-type', 'application/problem+json']] }),
    refusedWith(5361),
  ],
  ['some refusal', answer({ code: 7777, msg: '' }), refusedUndocumented([])],
  ['a refusal without a media type', answer({ code: 5361, msg: '' }, { headers: [] }), refusedWith(5361)],
  ['a refusal that says verified 0', answer({ code: 5361, msg: '', data: { verified: 0 } }), refusedWith(5361)],
  [
    'a code outside the document where a check without a code may come first',
    answer({ code: 7777, msg: '' }),
    refusedWith(5361, { undocumented: true }),
  ],
])('%s is right', (_, response, expectation) => {
  expect(judge(response, expectation, defaultDialect).kind).toBe('right');
});

test.each([
  ['the due code behind HTTP 400', answer({ code: 5361, msg: '' }, { httpStatus: 400 }), 'HTTP 400'],
  ['a server error', answer('oops', { httpStatus: 500 }), 'HTTP 500'],
  ['a redirect', answer('', { httpStatus: 302 }), 'HTTP 302'],
  [
    'a compression nobody asked for',
    answer({ code: 5361, msg: '' }, { headers: [...json, ['Content-Encoding', 'br']] }),
    'content-encoding br',
  ],
  [
    'a refusal with data',
    answer({ code: 5361, msg: '', data: { verified: 1 } }),
    'the envelope is wrong: /data must be null',
  ],
  ['HTML', answer('<html>'), 'the body is no JSON'],
  ['nothing', answer(''), 'the body is no JSON'],
  ['half a body', answer('{"code":53'), 'the body is no JSON'],
  ['invalid UTF-8', answer(Buffer.from([0x7b, 0xff, 0x7d])), 'the body is no JSON'],
  ['a byte order mark', answer(`\ufeff${JSON.stringify({ code: 5361, msg: '' })}`), 'the body is no JSON'],
  ['a list', answer([]), 'the envelope is wrong: the body must be object'],
  ['a code as text', answer({ code: '5361', msg: '' }), 'the envelope is wrong: /code must be integer'],
  ['a huge code', answer('{"code":1e400,"msg":""}'), 'the envelope is wrong: /code must be integer'],
  ['a fractional code', answer({ code: 5361.5, msg: '' }), 'the envelope is wrong: /code must be integer'],
  ['an answer without msg', answer({ code: 5361 }), 'the envelope is wrong: /msg is missing'],
  ['a success without data', answer({ code: 200, msg: '' }), 'the envelope is wrong: /data is missing'],
  ['a success where a refusal is due', answer(bound), '200 (success) where 5361 is due'],
  [
    'another code',
    answer({ code: 5412, msg: '' }),
    '5412 (Product binding mode is unique, cannot bind repeatedly) where 5361 is due',
  ],
  [
    'JSON that calls itself HTML',
    answer({ code: 5361, msg: '' }, { headers: [['content-type', 'text/html']] }),
    'content-type text/html',
  ],
  [
    'JSON that calls itself a script',
    answer({ code: 5361, msg: '' }, { headers: [['content-type', 'text/javascript']] }),
    'content-type text/javascript',
  ],
])('%s is wrong', (_, response, cause) => {
  expect(judge(response, refusedWith(5361), defaultDialect)).toMatchObject({ kind: 'wrong', cause });
});

test('a code that another reading explains is open', () => {
  const verdict = judge(answer({ code: 5327, msg: '' }), refusedWith(5041, { open: [5327] }), defaultDialect);
  expect(verdict).toMatchObject({ kind: 'open', code: 5327 });
});

test.each<[string, ApiResponse, Expectation, Partial<Dialect>, string, RuleId | undefined]>([
  ['a reading', answer(bound), softDk, {}, 'open', 'dk-format'],
  ['a reading that the user has declared', answer(bound), softDk, { declared: ['dkPattern'] }, 'wrong', undefined],
  ['a pattern of the user', answer(bound), softDk, { dkPattern: '[0-9]{6}' }, 'wrong', undefined],
  ['a code outside the document', answer({ code: 4000, msg: '' }), softDk, {}, 'open', 'dk-format'],
  ['a documented code for something else', answer({ code: 5412, msg: '' }), softDk, {}, 'wrong', 'codes-mean'],
  [
    'HTTP 400 for a null field',
    answer('no', { httpStatus: 400 }),
    bindsByReading('null-fields'),
    {},
    'open',
    'null-fields',
  ],
  [
    'HTTP 400 for a refusal',
    answer({ code: 5361, msg: '' }, { httpStatus: 400 }),
    refusedWith(5361),
    {},
    'wrong',
    'http-status',
  ],
  [
    'a declared status',
    answer({ code: 5361, msg: '' }, { httpStatus: 404 }),
    refusedWith(5361),
    anyStatus,
    'right',
    undefined,
  ],
  [
    'a declared status with a wrong code',
    answer({ code: 5412, msg: '' }, { httpStatus: 404 }),
    refusedWith(5361),
    anyStatus,
    'wrong',
    undefined,
  ],
  ['success behind a declared status', answer(bound, { httpStatus: 404 }), binds, anyStatus, 'wrong', 'http-status'],
  [
    'a 5xx for what cannot be read',
    answer({ code: 5000, msg: '' }, { httpStatus: 500 }),
    refusedAnyhow,
    anyStatus,
    'wrong',
    'http-status',
  ],
  [
    'no media type, where that is the question',
    answer(bound, { headers: [] }),
    { ...binds, reading: 'content-type' },
    {},
    'open',
    'content-type',
  ],
  [
    'data, where that is the question',
    answer({ code: 5067, msg: '', data: {} }),
    { ...refusedWith(5067), reading: 'refusal-data' },
    {},
    'open',
    'refusal-data',
  ],
])('%s', (_, response, expectation, dialect, kind, rule) => {
  const verdict = judge(response, expectation, { ...defaultDialect, ...dialect });
  expect([verdict.kind, 'rule' in verdict ? verdict.rule : undefined]).toEqual([kind, rule]);
});

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['100 deep', nested(100), true],
  ['101 deep', nested(101), false],
  ['20,000 deep and cut off', '{"a":'.repeat(20_000), false],
  ['a text of brackets', JSON.stringify(`\\"${nested(200)}`), true],
  ['many lists after one another', `[${'[[]],'.repeat(500)}0]`, true],
])('%s: parsed or not', (_, text, isParsed) => {
  expect('value' in parseJson(Buffer.from(text))).toBe(isParsed);
});

test('a body that is nested too deeply is wrong, whatever its code', () => {
  const body = `{"code":5361,"msg":"","data":${nested(20_000)}}`;
  expect(judge(answer(body), refusedWith(5361), defaultDialect)).toMatchObject({
    kind: 'wrong',
    cause: 'the body is nested more than 100 deep',
  });
});

test('an answer is parsed once', () => {
  const { body } = answer(bound);
  expect(parseJson(body)).toBe(parseJson(body));
});
