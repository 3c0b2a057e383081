/** Compares two baseline files without running anything. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import { areBehaviourFiles, isBehaviourFile } from '../contract/baseline/behaviour-file.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import resultsSchema from '../contract/results.schema.json' with { type: 'json' };
import { compareBehaviourFiles } from './compare-behaviour.ts';
import { syntheticResults } from './reports/testing/synthetic.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-compare-'));
afterAll(() => rm(folder, { recursive: true }));
const plain = (_: unknown, words: string): string => words;

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const facts = [
  'case dk/too-short: 200 5361 application/json {code:number,msg:string}',
  'case signature/zeros: 200 5420 application/json {code:number,msg:string}',
  'precedence dk/too-short + signature/middle-digit: 200 5361',
];
const dialect = 'dialect successCode=200';

function writtenBaseline(lines: readonly string[], catalogue = 2): string {
  return [`bindgate.baseline/1 catalogue ${catalogue}`, dialect, ...lines, `end ${lines.length}`, ''].join('\n');
}

test('shows what changed between two baselines, as text and JSON', async () => {
  const before = await file('before.txt', writtenBaseline(facts));
  const after = await file('after.txt', writtenBaseline(facts.map((line) => line.replace('5420', '5421'))));
  const { exitCode, json, text } = compareBehaviourFiles(before, after, suite);
  expect(exitCode).toBe(1);
  expect(text(plain)).toBe(
    [
      'CHANGED  code 5420 → 5421 · 1 case',
      '  signature/zeros',
      '    before  200 5420 …',
      '    now     200 5421 …',
      '',
      `baseline  1 of 3 facts changed since ${before} in ${after}`,
    ].join('\n'),
  );
  const ajv = new Ajv2020({ allowUnionTypes: true }).addSchema(resultsSchema);
  const validate = ajv.compile({ $ref: 'bindgate.results/1#/$defs/changes' });
  expect([validate(json), validate.errors]).toEqual([true, null]);
  expect(json.schema).toBe('bindgate.changes/1');
});

test('finds no change between a file and itself', async () => {
  const same = await file('same.txt', writtenBaseline(facts));
  const { exitCode, text } = compareBehaviourFiles(same, same, suite);
  expect([exitCode, text(plain)]).toEqual([0, `baseline  no change: 3 facts as in ${same}`]);
});

test('compares only codes if one results.json is older', async () => {
  const results = syntheticResults(10, () => 'passed', 'the usual');
  const older = { ...results, cases: results.cases.map(({ fact: _, ...row }) => row) };
  const [one, other] = [await file('new.json', JSON.stringify(results)), await file('old.json', JSON.stringify(older))];
  const { exitCode, text } = compareBehaviourFiles(other, one, suite);
  expect(exitCode).toBe(0);
  expect(text(plain)).toContain('codes only  a results.json of an older bindgate contains no more of an answer');
  const changed = {
    ...older,
    cases: older.cases.map((row) =>
      row.id === 'dk/2-too-long' ? { ...row, received: [{ httpStatus: 500, code: null }] } : row,
    ),
  };
  const broken = compareBehaviourFiles(one, await file('changed.json', JSON.stringify(changed)), suite);
  expect(broken.json.clusters).toEqual([
    {
      cause: 'HTTP 200 → 500; code 200 → none',
      changes: [{ kind: 'case', id: 'dk/2-too-long', before: '200 200', after: '500 no-code' }],
    },
  ]);
});

test('compares complete answers of a baseline and a results.json', async () => {
  const results = syntheticResults(6, () => 'passed', 'the usual');
  const lines = results.cases.map(({ id, fact }) => `case ${id}: ${fact ?? ''}`);
  const recorded = (await file('recorded.txt', writtenBaseline(lines))).toString();
  const settings = Object.entries(results.dialect).map(([key, value]) => `${key}=${value}`);
  await writeFile(recorded, writtenBaseline(lines).replace(dialect, `dialect ${settings.join(' ')}`));
  const { exitCode, json } = compareBehaviourFiles(recorded, await file('run.json', JSON.stringify(results)), suite);
  expect([exitCode, json.compared, json.clusters]).toEqual([0, 6, []]);
});

test.each<[string, () => Promise<[string, string]>, RegExp]>([
  [
    'a results.json that lists a case twice',
    async () => {
      const results = syntheticResults(3, () => 'passed');
      const cases = [...results.cases, ...results.cases];
      const twice = await file('twice.json', JSON.stringify({ ...results, cases }));
      return [twice, twice];
    },
    /twice\.json: the case "dk\/0-too-long" is listed twice/,
  ],
  [
    'two dialects in any kind of file',
    async () => {
      const results = syntheticResults(3, () => 'passed');
      const zero = { ...results, dialect: { ...results.dialect, successCode: 0 } };
      return [await file('one.txt', writtenBaseline(facts)), await file('zero.json', JSON.stringify(zero))];
    },
    /one\.txt:2: it was recorded with successCode=200, but .*zero\.json has successCode=0/,
  ],
])('refuses %s', async (_, write, message) => {
  const [before, after] = await write();
  expect(() => compareBehaviourFiles(before, after, suite)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) }),
  );
});

test('names the file of another kind', async () => {
  const good = await file('good.json', JSON.stringify(syntheticResults(1)));
  const bad = await file('bad.json', '{}');
  const message = `${bad} is not a results.json or a baseline, but ${good} is; give two files of the same kind`;
  for (const files of [[good, bad] as const, [bad, good] as const])
    expect(() => areBehaviourFiles(...files)).toThrow(expect.objectContaining({ exitCode: 2, message }));
  expect(() => areBehaviourFiles(good, join(folder, 'nowhere'))).toThrow(/nowhere: there is no such file/);
});

test('detects a file of behaviour by its beginning', async () => {
  const results = JSON.stringify(syntheticResults(1), undefined, 2);
  for (const [name, content, is] of [
    ['a.txt', writtenBaseline(facts), true],
    ['b.txt', 'bindgate.baseline/9', true],
    ['c.json', results, true],
    ['d.json', `\ufeff${results}`, true],
    ['e.json', '{"schema":"bindgate.load/1"}', false],
    ['f.txt', '', false],
  ] as const)
    expect(isBehaviourFile(await file(name, content)), name).toBe(is);
  expect(isBehaviourFile(join(folder, 'nowhere'))).toBe(false);
  expect(isBehaviourFile(folder)).toBe(false);
});
