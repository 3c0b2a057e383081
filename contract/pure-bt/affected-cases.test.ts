import { expect, test } from 'vitest';
import type { Change } from '../../spec/diff/change.ts';
import type { Affected } from '../suite.ts';
import { affectedBy } from './affected-cases.ts';
import { cases } from './cases/all-cases.ts';

function affected(parts: Partial<Change>): Affected | undefined {
  const at = { before: { line: 1 }, after: { line: 1 } };
  const words = { what: 'has changed', clients: '', servers: '', todo: '' };
  const change = { rule: 'code-meaning-changed', severity: 'breaking', subject: 'code 5361', ...words, at } as const;
  return affectedBy({ ...change, ...parts }, cases);
}

test.each<[string, Partial<Change>, readonly string[], readonly string[]]>([
  ['about a code', {}, ['dk/too-short'], ['signature/absent']],
  [
    'with a rule that names a field',
    { subject: 'request field deviceName' },
    ['name/too-long', 'bind/name/longest'],
    ['dk/too-long'],
  ],
  [
    'with a fault of a field, in all groups',
    { subject: 'request field dk' },
    ['dk/too-long', 'trace/dk-too-long', 'path/home/dk-too-long'],
    ['signature/absent'],
  ],
])('lists the cases %s', (_, change, listed, others) => {
  const { cases: ids = [], todo } = affected(change) ?? {};
  expect(ids).toEqual(expect.arrayContaining([...listed]));
  expect(ids.filter((id) => others.includes(id))).toEqual([]);
  expect(todo).toEqual([]);
});

test('lists the cases of both codes that were swapped', () => {
  const touched = new Set(affected({ rule: 'codes-swapped', subject: 'codes 5361, 5412' })?.cases);
  expect(new Set(cases.filter(({ id }) => touched.has(id)).map(({ code }) => code))).toEqual(new Set([5361, 5412]));
});

test.each<[string, Partial<Change>, readonly string[]]>([
  ['for the answer', { subject: 'response field data.verified' }, ['no case checks only this: the shape of']],
  ['for the path', { rule: 'path-changed', subject: 'POST /v3/binding' }, ['spec/pure-bt/path.ts']],
  ['for a code without a case', { subject: 'code 5071' }, ['there is no case about it yet']],
  ['for a code that is gone', { rule: 'code-removed', subject: 'code 5071' }, []],
  ['for a formula', { rule: 'algorithm-changed', subject: 'request field signature' }, ['spec/pure-bt/formulas.ts']],
])('says what to do %s', (_, change, says) => {
  expect(affected(change)?.todo).toEqual(says.map((text) => expect.stringContaining(text)));
});

test('lists nothing for a harmless change', () => {
  expect(affected({ severity: 'harmless' })).toBeUndefined();
});
