import { expect, test } from 'vitest';
import { lintSpec } from './lint.ts';
import { readOpenApi } from './pure-bt/contract-file.ts';
import { dialectSettings } from './pure-bt/settings.ts';

const isDialectKey = (key: string): boolean => Object.hasOwn(dialectSettings, key);

const yaml = readOpenApi();

test('finds no problem in openapi.yaml', async () => {
  expect(await lintSpec(yaml, isDialectKey)).toEqual([]);
});

/** A defect: its name, the replaced part, the replacement, the rule that finds it, and the end of its location. */
const defects: readonly (readonly [string, string | RegExp, string, string, string])[] = [
  ['an example with another code', 'code: 5361, msg', 'code: 5362, msg', 'codes-as-examples', '/E5361/value'],
  ['an example of a refusal without a code', '{ code: 5361, msg', '{ msg', 'codes-as-examples', '/E5361/value'],
  [
    'a type that differs from the page',
    /(\n {4}frid:\n(?: {6}.*\n)*? {6}type: )\[string, 'null'\]/,
    '$1[integer]',
    'document-words',
    '#/components/schemas/frid',
  ],
  [
    'a format that differs from the page',
    'format: int32\n      minimum',
    'format: int64\n      minimum',
    'document-words',
    '/capabilitiesBitmask',
  ],
  ['a limit that refuses a listed value', 'maximum: 15', 'maximum: 14', 'document-words', '/capabilitiesBitmask'],
  [
    'a pattern that does not compile',
    "'^[0-9A-F]{16}$'",
    "'^['",
    'schemas-compile',
    '#/components/schemas/bindingCode',
  ],
  ['a limit of the wrong type', 'minLength: 1', 'maximum: 1', 'schemas-compile', '#/components/schemas/pk'],
  [
    'a field example out of bounds',
    'examples: [4]',
    'examples: [16]',
    'examples-valid',
    '/capabilitiesBitmask/examples/0',
  ],
  [
    'a request example out of bounds',
    'capabilitiesBitmask: 4',
    'capabilitiesBitmask: 16',
    'examples-valid',
    '/encrypted/value',
  ],
  ['a response example without msg', "code: 200, msg: ''", 'code: 200', 'examples-valid', '/E200/value'],
  ['a field without a source', /^ +x-source: sibling\n/m, '', 'sources-named', '/bindingCode'],
  ['a source of another name', 'x-source: inferred', 'x-source: guessed', 'sources-named', '/pwd'],
  ['an unknown dialect setting', '[pwdPattern]', '[pwdFormat]', 'sources-named', '/pwd'],
  ['a missing operationId', /^ +operationId: .*\n/m, '', 'operation-operationId', '/post/operationId'],
  ['a reference to nothing', 'schemas/msg', 'schemas/message', 'no-unresolved-refs', '/msg'],
  ['a key that OpenAPI does not have', 'openapi: 3.1.0\n', 'openapi: 3.1.0\nextra: 1\n', 'struct', '#/extra'],
  [
    'nullable, which OpenAPI 3.1 removed',
    'maxLength: 254',
    'maxLength: 254\n      nullable: true',
    'struct',
    '/deviceName/nullable',
  ],
];

test.each(defects)('finds %s', async (_, part, replacement, rule, location) => {
  const planted = yaml.replace(part, replacement);
  expect(planted).not.toBe(yaml);
  const found = (await lintSpec(planted, isDialectKey)).filter((problem) => problem.rule === rule);
  expect(found.map((problem) => problem.location)).toContainEqual(
    expect.stringMatching(`${location.replace('#', '^#')}$`),
  );
  expect(found.map((problem) => problem.severity)).toContain('error');
});

test.each([
  ['discriminator', '{ propertyName: code }'],
  ['unevaluatedProperties', 'false'],
  ['dependentRequired', '{ fid: [frid] }'],
])('finds the keyword %s', async (keyword, value) => {
  const planted = yaml.replace('    Envelope:\n', `    Envelope:\n      ${keyword}: ${value}\n`);
  expect(await lintSpec(planted, isDialectKey)).toContainEqual({
    rule: 'keywords-shared',
    location: `#/components/schemas/Envelope/${keyword}`,
    message: `${keyword} is not a keyword that Prism, openapi-typescript and Ajv all support`,
    severity: 'error',
  });
});
