import { describe, expect, test } from 'vitest';
import { changeLines } from './testing/change-lines.ts';

type Json = Readonly<Record<string, unknown>>;

const text: Json = { type: 'string' };
const object = (properties: Json, more: Json = {}): Json => ({ type: 'object', properties, ...more });
const body = (schema: Json): Json => ({ content: { 'application/json': { schema } } });

/** A document with one operation that has this request schema; `more` replaces parts of the operation. */
function sends(schema: Json, more: Json = {}): string {
  const responses = { 200: { description: 'Done', ...body(object({ code: { type: 'integer' } })) } };
  const components = {
    schemas: { Short: { type: 'string', maxLength: 5 }, Named: object({ name: text }, { required: ['name'] }) },
  };
  return JSON.stringify({
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: body(schema), responses, ...more } } },
    components,
  });
}

/** A document with one operation that has this response schema. */
function answers(schema: Json): string {
  return sends(object({}), { responses: { 200: { description: 'Done', ...body(schema) } } });
}

const a = object({ a: text }, { title: 'A' });
const b = object({ b: text }, { title: 'B' });
const c = object({ c: text }, { title: 'C' });

describe('treats as equal', () => {
  test.each<[string, Json, Json]>([
    [
      'a reference',
      object({ a: { $ref: '#/components/schemas/Short' } }),
      object({ a: { type: 'string', maxLength: 5 } }),
    ],
    ['one value', object({ a: { const: 'x' } }), object({ a: { enum: ['x'] } })],
    [
      'allOf',
      object({ a: text, name: text }, { required: ['name'] }),
      { allOf: [object({ a: text }), { $ref: '#/components/schemas/Named' }] },
    ],
    ['null', object({ a: { type: ['string', 'null'] } }), object({ a: { anyOf: [text, { type: 'null' }] } })],
    ['null, as in 3.0', object({ a: { type: ['string', 'null'] } }), object({ a: { type: 'string', nullable: true } })],
    [
      'null and a reference',
      object({ a: { type: ['null', 'string'], maxLength: 5 } }),
      object({ a: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Short' }] } }),
    ],
    ['a choice of one', object({ a: text }), { anyOf: [object({ a: text })] }],
    ['another order of forms', { anyOf: [a, b, c] }, { anyOf: [c, a, b] }],
  ])('%s', (_, one, other) => {
    expect([changeLines(sends(one), sends(other)), changeLines(sends(other), sends(one))]).toEqual([[], []]);
  });
});

describe('reports a change and its reverse:', () => {
  test.each<[string, string, string, string, string]>([
    [
      'other fields',
      sends(a),
      sends({ ...a, additionalProperties: false }),
      'breaking request-tighter: request body no longer allows other fields',
      'risky request-looser: request body now allows other fields',
    ],
    [
      'what a list holds',
      sends(object({ l: { type: 'array', items: text } })),
      sends(object({ l: { type: 'array', items: { type: 'integer' } } })),
      'breaking request-other: request field l[] has another type',
      'breaking request-other: request field l[] has another type',
    ],
    [
      'how much a list holds',
      sends(object({ l: { type: 'array' } })),
      sends(object({ l: { type: 'array', maxItems: 3 } })),
      'breaking request-tighter: request field l now has maxItems',
      'risky request-looser: request field l no longer has maxItems',
    ],
    [
      'any type',
      sends(object({ a: {} })),
      sends(object({ a: text })),
      'breaking request-tighter: request field a has another type',
      'risky request-looser: request field a has another type',
    ],
    [
      'a number for an integer',
      sends(object({ a: { type: 'integer' } })),
      sends(object({ a: { type: 'number' } })),
      'risky request-looser: request field a has another type',
      'breaking request-tighter: request field a has another type',
    ],
    [
      'a form of the request',
      sends({ anyOf: [a, b] }),
      sends({ anyOf: [a, b, c] }),
      'risky request-form-added: request form C was added',
      'breaking request-form-removed: request form C was removed',
    ],
    [
      'a form of the answer',
      answers({ anyOf: [a, b] }),
      answers({ anyOf: [a, b, c] }),
      'breaking response-form-added: response form C was added',
      'risky response-form-removed: response form C was removed',
    ],
    [
      'anyOf and oneOf',
      sends({ anyOf: [a, b] }),
      sends({ oneOf: [a, b] }),
      'risky body-choice-changed: request body combines its alternatives differently',
      'risky body-choice-changed: request body combines its alternatives differently',
    ],
    [
      'a mark in a form',
      sends({ ...a, anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
      sends({ ...a, anyOf: [{ required: ['a', 'b'] }, { required: ['b'] }] }),
      'breaking request-field-required: request field b (form alternative 1) is now required',
      'risky request-field-optional: request field b (form alternative 1) is now optional',
    ],
    [
      'a complete branch',
      sends(object({ a: object({ b: object({ c: text }) }) })),
      sends(object({})),
      'breaking request-field-removed: request field a was removed',
      'risky request-field-added: request field a was added',
    ],
    [
      'a complete body',
      sends(a),
      sends(a, { requestBody: {} }),
      'breaking request-field-removed: request body was removed',
      'risky request-field-added: request body was added',
    ],
    [
      'null in an answer',
      answers(object({ a: text })),
      answers(object({ a: { type: ['string', 'null'] } })),
      'breaking response-looser: response field a may now be null',
      'risky response-tighter: response field a may no longer be null',
    ],
    [
      'a wider number in an answer',
      answers(object({ n: { type: 'integer', format: 'int32' } })),
      answers(object({ n: { type: 'integer', format: 'int64' } })),
      'breaking response-looser: response field n has another format',
      'risky response-tighter: response field n has another format',
    ],
    [
      'an optional field of an answer',
      answers(a),
      answers(object({ a: text, b: text }, { title: 'A' })),
      'harmless response-field-added-optional: response field b was added',
      'breaking response-field-removed: response field b was removed',
    ],
    [
      'an HTTP status',
      sends(a),
      sends(a, {
        responses: {
          200: { description: 'Done', ...body(object({ code: { type: 'integer' } })) },
          404: { description: 'None', ...body(b) },
        },
      }),
      'risky http-status-added: HTTP status 404 was added',
      'breaking http-status-removed: HTTP status 404 was removed',
    ],
    [
      'a parameter',
      sends(a),
      sends(a, { parameters: [{ name: 'q', in: 'query', required: true, schema: text }] }),
      'breaking request-field-added-required: query parameter q was added and is required',
      'breaking request-field-removed: query parameter q was removed',
    ],
    [
      'where a parameter is sent',
      sends(a, { parameters: [{ name: 'q', in: 'query', schema: text }] }),
      sends(a, { parameters: [{ name: 'q', in: 'header', schema: text }] }),
      'breaking request-field-moved: query parameter q is now sent in the header',
      'breaking request-field-moved: header parameter q is now sent in the query',
    ],
    [
      'a keyword without a rule',
      sends(object({ l: { uniqueItems: true } })),
      sends(object({ l: {} })),
      'risky keyword-changed: request field l has another uniqueItems',
      'risky keyword-changed: request field l has another uniqueItems',
    ],
    [
      'an excluded value',
      sends(object({ a: { not: { const: 1 } } })),
      sends(object({ a: { not: { const: 2 } } })),
      'risky keyword-changed: request field a has another not',
      'risky keyword-changed: request field a has another not',
    ],
  ])('%s', (_, before, after, there, back) => {
    expect([changeLines(before, after), changeLines(after, before)]).toEqual([[there], [back]]);
  });
});

test('compares a recursive schema once', () => {
  const tree = (label: Json): string =>
    JSON.stringify({
      openapi: '3.1.0',
      paths: { '/a': { post: { requestBody: body({ $ref: '#/components/schemas/Tree' }) } } },
      components: {
        schemas: { Tree: object({ label, inner: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } }) },
      },
    });
  expect(changeLines(tree(text), tree({ type: 'integer' }))).toEqual([
    'breaking request-other: request field label has another type',
  ]);
});

test('reports a shared schema once with all its fields', () => {
  const both = object({ one: { $ref: '#/components/schemas/Short' }, two: { $ref: '#/components/schemas/Short' } });
  const longer = sends(both).replace('"maxLength":5', '"maxLength":4');
  expect(changeLines(sends(both), longer)).toEqual([
    'breaking request-tighter: request field one, request field two has another maxLength',
  ]);
});

test('reports a removed and an added operation', () => {
  const two = JSON.parse(sends(a)) as { paths: Record<string, unknown> };
  const more = JSON.stringify({ ...two, paths: { ...two.paths, '/b': { get: {} } } });
  expect([changeLines(sends(a), more), changeLines(more, sends(a))]).toEqual([
    ['risky operation-added: GET /b was added'],
    ['breaking operation-removed: GET /b was removed'],
  ]);
});

test('names the operation if there are several', () => {
  const two = (meaning: string): string => {
    const post = { 'x-codes': [{ code: 1, meaning }] };
    return JSON.stringify({ openapi: '3.1.0', paths: { '/a': { post }, '/b': { post } } });
  };
  expect(changeLines(two('Lost'), two('Found'))).toEqual([
    'breaking code-meaning-changed: code 1 of POST /a has another meaning',
    'breaking code-meaning-changed: code 1 of POST /b has another meaning',
  ]);
});
