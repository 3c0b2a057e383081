import { expect, test } from 'vitest';
import type { Change } from '../../spec/diff/change.ts';
import { affectedBy } from './affected-cases.ts';
import { cases } from './cases/all-cases.ts';

function change(parts: Partial<Change>): Change {
  const at = { before: { line: 1 }, after: { line: 1 } };
  const words = { what: 'has changed', clients: '', servers: '', todo: '' };
  return { rule: 'code-meaning-changed', severity: 'breaking', subject: 'code 5361', ...words, at, ...parts };
}

test('lists the cases about a code', () => {
  const { cases: ids = [], todo } = affectedBy(change({}), cases) ?? {};
  expect(ids).toContain('dk/too-short');
  expect(ids).not.toContain('signature/absent');
  expect(todo).toEqual([]);
});

test('lists the cases with a rule that names a field', () => {
  const { cases: ids = [] } = affectedBy(change({ subject: 'request field deviceName' }), cases) ?? {};
  expect(ids.length).toBeGreaterThan(0);
  expect(ids).toEqual(expect.arrayContaining(['name/too-long', 'bind/name/longest']));
  expect(ids).not.toContain('dk/too-long');
});

test('lists every case with a fault of a field, in all groups', () => {
  const { cases: ids = [] } = affectedBy(change({ subject: 'request field dk' }), cases) ?? {};
  expect(ids).toEqual(expect.arrayContaining(['dk/too-long', 'trace/dk-too-long', 'path/home/dk-too-long']));
});

test('lists the cases of both codes that were swapped', () => {
  const swapped = change({ rule: 'codes-swapped', subject: 'codes 5361, 5412' });
  const touched = new Set(affectedBy(swapped, cases)?.cases);
  expect(new Set(cases.filter(({ id }) => touched.has(id)).map(({ code }) => code))).toEqual(new Set([5361, 5412]));
});

test('asks for no new fault after a change of the answer', () => {
  const { todo = [] } = affectedBy(change({ subject: 'response field data.verified' }), cases) ?? {};
  expect(todo.join()).not.toContain('/faults');
});

test('names the file of the path after a change of the path', () => {
  const { todo = [] } = affectedBy(change({ rule: 'path-changed', subject: 'POST /v3/binding' }), cases) ?? {};
  expect(todo).toEqual([expect.stringContaining('spec/pure-bt/path.ts')]);
});

test('asks for a case about a code without one', () => {
  expect(affectedBy(change({ subject: 'code 5071' }), cases)).toMatchObject({
    cases: [],
    todo: [expect.stringContaining('there is no case about it yet')],
  });
});

test('names the file of the formulas after a change of one', () => {
  const { todo = [] } =
    affectedBy(change({ rule: 'algorithm-changed', subject: 'request field signature' }), cases) ?? {};
  expect(todo.join()).toContain('spec/pure-bt/formulas.ts');
});

test('lists nothing for a harmless change', () => {
  expect(affectedBy(change({ severity: 'harmless' }), cases)).toBeUndefined();
});
