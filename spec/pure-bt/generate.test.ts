import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOpenApi } from './contract-file.ts';
import { generateCodes, generatedFiles } from './generate.ts';

const yaml = readOpenApi();

const current = await generatedFiles();

test.each(current)('$name is up to date (npm run generate)', ({ path, text }) => {
  expect(readFileSync(path, 'utf8').replaceAll('\r\n', '\n')).toBe(text);
});

test.each([
  ['a field', '        fid:\n', '        familyId:\n', ['openapi.generated.ts', 'validators.generated.mjs']],
  ['a bound', 'maxLength: 254', 'maxLength: 255', ['validators.generated.mjs']],
  ['a description', 'description: Response data.', 'description: Data.', ['openapi.generated.ts']],
  ['a meaning', 'code: 5361, meaning: Incorrect DK format', 'code: 5361, meaning: X', ['catalogue.generated.ts']],
  ['a basis', 'No permission, basis: inferred', 'No permission', ['catalogue.generated.ts']],
  ['an order', /( +- \{ code: 5032,.*\n)( +- \{ code: 5041,.*\n)/g, '$2$1', ['catalogue.generated.ts']],
  ['a comment', '# The only response there is', '# The one response', []],
])('a change of %s marks the dependent files as stale', async (_, part, replacement, want) => {
  const changed = yaml.replaceAll(part, replacement);
  expect(changed).not.toBe(yaml);
  const [, ...files] = await generatedFiles(changed);
  const stale = files.filter(({ text }) => !current.some((file) => file.text === text));
  expect(stale.map(({ name }) => name.replace('spec/pure-bt/', ''))).toEqual(want);
});

test.each([
  ['a missing example', /^ +E5361:\n.*\n.*\n/m, ''],
  ['an example for an unknown code', ' E5361:', ' E9999:'],
  ['a summary with another meaning', 'summary: Incorrect DK format', 'summary: Bad DK'],
  ['an example with another code', 'code: 5361, msg', 'code: 5362, msg'],
  ['a default example that is not the success', /^( +E200:\n.*\n.*\n)( +E5032:\n.*\n.*\n)/m, '$2$1'],
])('corrects %s', async (_, part, replacement) => {
  const broken = yaml.replace(part, replacement);
  expect(broken).not.toBe(yaml);
  const [corrected] = await generatedFiles(broken);
  expect(corrected).toMatchObject({ name: 'spec/pure-bt/openapi.yaml', text: yaml });
});

test('refuses a code that is listed twice', () => {
  expect(() => generateCodes(yaml.replace('- { code: 5361,', '- { code: 5358,'))).toThrow('lists code 5358 twice');
});

test('generates the same text each time, with a note how', async () => {
  const [, ...files] = await generatedFiles();
  expect(current).toMatchObject([{}, ...files]);
  for (const { text } of files) {
    expect(text).toMatch(/^\/\/ Generated from openapi\.yaml by .*Do not edit.*`npm run generate`\.\n/);
  }
});
