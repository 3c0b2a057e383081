import { expect, test } from 'vitest';
import { createMask } from '../mask.ts';
import { bodyShape, readFields } from './shape.ts';

const plain = (text: string): string => text;

test.each([
  ['an envelope', { code: 200, msg: '', data: { verified: 1 }, extMsg: null }],
  ['its fields in another order', { extMsg: null, data: { verified: 1 }, msg: 'other words', code: 200 }],
])('writes names and types only: %s', (_, body) => {
  expect(bodyShape(body, plain)).toBe('{code:number,data:{verified:number=1},extMsg:null,msg:string}');
});

test.each([
  [[1, 2, 3], '[number]'],
  [[1, 'a', null], '[null|number|string]'],
  [[], '[]'],
  ['text', 'string'],
  [{ verified: '0' }, '{verified:string=0}'],
  [{ verified: 'a secret' }, '{verified:string}'],
  [{ 'a b': 1, 'x:y,{z}': 2 }, '{a\\u0020b:number,x\\u003ay\\u002c\\u007bz\\u007d:number}'],
  [{ 'new\nline\u202e': 1 }, '{new\\u000aline\\u202e:number}'],
  [{ 名称: 1 }, '{名称:number}'],
])('writes the shape of %j as %s', (body, shape) => {
  expect(bodyShape(body, plain)).toBe(shape);
  expect(shape).not.toMatch(/\s/);
});

test('writes a map by number, hash or UUID as one field', () => {
  const shape = '{data:{#:{state:string}}}';
  for (const names of [['1'], ['17', '18'], ['0a1b2c3d4e5f'], ['2f1f4a43-8f6b-4c0e-9d0a-0d5b3c1e7a42']]) {
    const data = Object.fromEntries(names.map((name) => [name, { state: 'x' }]));
    expect(bodyShape({ data }, plain)).toBe(shape);
  }
  // A word may consist of hex letters.
  expect(bodyShape({ deadbeef: 1 }, plain)).toBe('{deadbeef:number}');
});

test('hides a secret or a device in a field name', () => {
  const mask = createMask([
    ['bindingSecret', 'Top.Secret/1'],
    ['dk', 'ACD9296AD469'],
  ]);
  expect(bodyShape({ 'Top.Secret/1': 1, of_ACD9296AD469: 2 }, mask)).toBe('{of_«dk»:number,«bindingSecret»:number}');
});

test('limits the shape of a huge body', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`field-${at}-${'x'.repeat(500)}`, at]));
  for (const body of [deep, wide, [deep, wide], Array.from({ length: 100_000 }, () => wide)])
    expect(bodyShape(body, plain).length).toBeLessThanOrEqual(601);
});

test('reads the fields by path', () => {
  const shape = bodyShape({ code: 1, data: { list: [{ a: 1, b: 'x' }], deep: { c: null } } }, plain);
  expect([...readFields(shape)]).toEqual([
    ['code', 'number'],
    ['data', 'object'],
    ['data.deep', 'object'],
    ['data.deep.c', 'null'],
    ['data.list', '[{a:number,b:string}]'],
  ]);
  expect([...readFields('number')]).toEqual([['body', 'number']]);
  expect([...readFields('{}')]).toEqual([]);
});
