import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readFolder } from '../../spec/family/declared/read-folder.ts';
import { detect } from '../mutants/detect.ts';
import { makeMutants } from '../mutants/mutant.ts';
import { declaredMutantSet } from './mutants/set.ts';
import { declaredSuite } from './suite.ts';

const declared = readFolder(fileURLToPath(new URL('../../spec/family/operations/bindDeviceDk', import.meta.url)));
const suite = declaredSuite(declared);

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

test('has a mutant for every listed value, also one with a space', () => {
  const values = ['Kitchen', 'Living room'];
  const fields = declared.fields.map((field) =>
    field.facts.is === 'deviceName' ? { ...field, facts: { ...field.facts, values } } : field,
  );
  const { mutants } = declaredMutantSet({ ...declared, fields });
  const found = mutants.filter(({ id }) => id.startsWith('refuses/value-name-'));
  expect(found.flatMap(({ killedBy }) => killedBy)).toEqual(values.map((value) => `value/name-${value}`));
});

test.each(['no id', 'id:no space', ''])('refuses a sentence that describes no mutant: %o', (sentence) => {
  expect(() => makeMutants((operand: object) => operand, { [sentence]: {} })).toThrow(`"${sentence}"`);
});
