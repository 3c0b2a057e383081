import { expect, test } from 'vitest';
import type { Change } from '../spec/diff/change.ts';
import { affectedBy } from './affected-cases.ts';
import { cases } from './cases/menu.ts';

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

test('a field touches the cases whose clause names it', () => {
  const { cases: ids = [] } = affectedBy(change({ subject: 'request field deviceName' }), cases) ?? {};
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.every((id) => cases.find((one) => one.id === id)?.clause.includes('deviceName'))).toBe(true);
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
  expect(todo.join()).toContain('spec/formulas.ts');
});

test('what is harmless touches nothing', () => {
  expect(affectedBy(change({ severity: 'harmless' }), cases)).toBeUndefined();
});
