import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeDefaultDialect } from '../../spec/dialect.ts';
import { readFolder } from '../../spec/family/declared/read-folder.ts';
import { detect } from '../mutants/detect.ts';
import { casesUnder } from '../run/case.ts';
import { verify } from '../verify.ts';
import { declaredMutantSet } from './mutants/set.ts';
import { declaredSuite } from './suite.ts';
import { openDeclaredMock } from './targets/mock.ts';
import { openReferenceTarget } from './targets/reference.ts';

const declared = readFolder(fileURLToPath(new URL('../../spec/family/operations/bindDeviceDk', import.meta.url)));
const suite = declaredSuite(declared);

test('covers every code of bindDeviceDk on its embedded server', async () => {
  await using target = await openReferenceTarget(declared);
  const { results } = await verify({ target, suite, seed: 1, allowHosts: ['127.0.0.1'] });
  expect(results.cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(results.codes.filter(({ status }) => status === 'covered')).toHaveLength(21);
});

test('covers every code of bindDeviceDk on its mock', async () => {
  await using target = await openDeclaredMock(declared);
  const cases = casesUnder(makeDefaultDialect(suite.operation), suite.mockCases);
  const { results } = await verify({ target, suite, cases, seed: 1 });
  expect(results.cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(results.codes.filter(({ status }) => status === 'covered')).toHaveLength(21);
});

test('gives every case of bindDeviceDk an id of its own and a known rule and state', () => {
  const ids = [...suite.cases, ...suite.precedence].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { rule, given } of [...suite.cases, ...suite.precedence]) {
    expect(suite.operation.rules).toHaveProperty([rule]);
    expect(suite.operation.states).toHaveProperty([given]);
  }
});

test('kills every mutant of bindDeviceDk, and is silent on every variant and on random conforming servers', {
  timeout: 120_000,
}, async () => {
  const set = declaredMutantSet(declared);
  const { mutants, right } = await detect(set, { readings: 6 });
  expect(mutants.filter(({ outcome }) => outcome !== 'killed').map(({ mutant }) => mutant.id)).toEqual([]);
  expect(mutants.length).toBeGreaterThanOrEqual(174);
  expect(right.flatMap(({ alarms }) => alarms)).toEqual([]);
});
