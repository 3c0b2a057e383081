import { expect, test } from 'vitest';
import { generatedFiles, generateTypes, generateValidators, staleGeneratedFiles } from './generate.ts';
import { readOpenApi } from './openapi.ts';

const yaml = readOpenApi();

test('the generated files are up to date: npm run generate', async () => {
  expect(await staleGeneratedFiles()).toEqual([]);
});

test.each([
  [
    'a field',
    '        fid:\n',
    '        familyId:\n',
    ['spec/pure-bt/openapi.generated.ts', 'spec/pure-bt/validators.generated.mjs'],
  ],
  ['a bound', 'maxLength: 254', 'maxLength: 255', ['spec/pure-bt/validators.generated.mjs']],
  ['a description', 'description: Response data.', 'description: Data.', ['spec/pure-bt/openapi.generated.ts']],
  ['a comment', '# The only response there is', '# The one response', []],
])('a change of %s makes stale what depends on it', async (_, part, replacement, want) => {
  expect(yaml).toContain(part);
  expect(await staleGeneratedFiles(yaml.replaceAll(part, replacement))).toEqual(want);
});

test('the same YAML gives the same text', async () => {
  expect(await generateTypes(yaml)).toBe(await generateTypes(yaml));
  expect(await generateValidators(yaml)).toBe(await generateValidators(yaml));
});

test('a generated file says how it is made', async () => {
  for (const { name, text } of await generatedFiles()) {
    expect(name).toMatch(/\.generated\.m?[jt]s$/);
    expect(text).toMatch(/^\/\/ Generated from openapi\.yaml by .*Do not edit.*`npm run generate`\.\n/);
  }
});
