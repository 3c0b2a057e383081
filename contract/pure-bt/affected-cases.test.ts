import { expect, test } from 'vitest';
import type { Change } from '../../spec/diff/change.ts';
import { affectedBy } from './affected-cases.ts';
import { cases } from './cases/all-cases.ts';

function change(parts: Partial<Change>): Change {
  const at = { before: { line: 1 }, after: { line: 1 } };
  const words = { what: 'is otherwise', clients: '', servers: '', todo: '' };
  return { rule: 'code-meaning-changed', severity: 'breaking', subject: 'code 5361', ...words, at, ...parts };
}

test('a code touches the cases about it', () => {
  const { cases: ids = [], todo } = affectedBy(change({}), cases) ?? {};
  expect(ids).toContain('dk/too-short');
  expect(ids).not.toContain('signature/absent');
  expect(todo).toEqual([]);
});

test('a field touches the cases whose rule names it', () => {
  const { cases: ids = [] } = affectedBy(change({ subject: 'request field deviceName' }), cases) ?? {};
  expect(ids.length).toBeGreaterThan(0);
  expect(ids).toEqual(expect.arrayContaining(['name/too-long', 'bind/name/longest']));
  expect(ids).not.toContain('dk/too-long');
});

test('a field touches every case of a fault that breaks it, in the groups that repeat it as well', () => {
  const { cases: ids = [] } = affectedBy(change({ subject: 'request field dk' }), cases) ?? {};
  expect(ids).toEqual(expect.arrayContaining(['dk/too-long', 'trace/dk-too-long', 'path/home/dk-too-long']));
});

test('codes that change places touch the cases of both', () => {
  const swapped = change({ rule: 'codes-swapped', subject: 'codes 5361, 5412' });
  const touched = new Set(affectedBy(swapped, cases)?.cases);
  expect(new Set(cases.filter(({ id }) => touched.has(id)).map(({ code }) => code))).toEqual(new Set([5361, 5412]));
});

test('an answer asks for no fault of a request', () => {
  const { todo = [] } = affectedBy(change({ subject: 'response field data.verified' }), cases) ?? {};
  expect(todo.join()).not.toContain('/faults');
});

test('a path touches every request', () => {
  const { todo = [] } = affectedBy(change({ rule: 'path-changed', subject: 'POST /v3/binding' }), cases) ?? {};
  expect(todo).toEqual([expect.stringContaining('spec/pure-bt/path.ts')]);
});

test('what no case speaks of asks for one', () => {
  expect(affectedBy(change({ subject: 'code 5071' }), cases)).toMatchObject({
    cases: [],
    todo: [expect.stringContaining('no case speaks of it yet')],
  });
});

test('a formula touches every case, and says where it stands', () => {
  const { todo = [] } =
    affectedBy(change({ rule: 'algorithm-changed', subject: 'request field signature' }), cases) ?? {};
  expect(todo.join()).toContain('spec/pure-bt/formulas.ts');
});

test('what is harmless touches nothing', () => {
  expect(affectedBy(change({ severity: 'harmless' }), cases)).toBeUndefined();
});
