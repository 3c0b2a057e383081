import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { lintSpec } from '../../lint.ts';
import type { VendorDocument } from '../model.ts';
import { readDocument, readDocumentFile, readDocuments } from '../read-document.ts';
import { contractPage } from '../testing/contract-page.ts';
import { shelfPage } from '../testing/exports.ts';
import { changed, page, pageNames } from '../testing/pages.ts';
import { importDocument } from './import-document.ts';

const scene = page('lamp-scene.md');

/** The problems that the linter and openapi-typescript find in an import. */
async function refusals(document: VendorDocument): Promise<readonly unknown[]> {
  const imported = importDocument(document).document;
  const { default: openapiTypescript } = await import('openapi-typescript');
  const types = await openapiTypescript(
    structuredClone(imported) as unknown as Parameters<typeof openapiTypescript>[0],
    { silent: true },
  );
  const problems = await lintSpec(stringify(imported, { compat: 'yaml-1.1', aliasDuplicateObjects: false }));
  return types.length === 0 ? ['no types', ...problems] : problems;
}

test.each(pageNames)('makes a valid OpenAPI document from %s', async (name) => {
  for (const document of readDocuments(page(name), name)) expect(await refusals(document)).toEqual([]);
});

test('makes a valid OpenAPI document from the contract’s own page', async () => {
  expect(await refusals(readDocument(contractPage(), 'page.md'))).toEqual([]);
});

const vendor = new URL('../../../../shared/document/', import.meta.url);
const vendorPages = existsSync(vendor)
  ? ['deviceBindingByPureBt.md', ...readdirSync(new URL('siblings/', vendor)).map((name) => `siblings/${name}`)]
  : [];

test.skipIf(vendorPages.length === 0)("makes valid OpenAPI documents from the vendor's pages", async () => {
  for (const name of vendorPages) {
    const document = readDocumentFile(new URL(name, vendor).pathname);
    expect(document.notUnderstood, name).toEqual([]);
    expect(await refusals(document), name).toEqual([]);
  }
});

test('imports codes as named examples and x-codes, success first', () => {
  const { document } = importDocument(readDocument(scene, 'scene.md'));
  const operation = document.paths['/v2/lamp/enduserapi/saveScene']?.['post'];
  expect(operation?.['x-codes']).toEqual([
    { code: 200, meaning: 'The scene is saved' },
    { code: 7101, meaning: 'Please enter token' },
    { code: 7102, meaning: 'Unknown lamp' },
    { code: 7103, meaning: 'The name is too long' },
  ]);
  expect(operation?.responses['200']?.content?.['application/json']?.examples).toMatchObject({
    E200: { summary: 'The scene is saved', value: { code: 200, data: { dimmed: '', lamps: [], sceneId: 0 }, msg: '' } },
    E7102: { summary: 'Unknown lamp', value: { code: 7102, msg: 'Unknown lamp', data: null } },
  });
});

test.each([
  ['a number', 'integer(int32)', '1000', { code: 1000, meaning: 'The scene is saved' }, 1000],
  ['a number that the table lists as a success', 'integer(int32)', '7104', { code: 7104, meaning: 'Success' }, 7104],
  ['a number in a text', 'string', '"1000"', { code: 1000, meaning: 'The scene is saved' }, '1000'],
  ['a word', 'string', '"A0000"', { code: 200, meaning: 'The scene is saved' }, 'A0000'],
  ['a placeholder', 'integer(int32)', '0', { code: 200, meaning: 'The scene is saved' }, 200],
  ['a refusal', 'integer(int32)', '7101', { code: 200, meaning: 'The scene is saved' }, 200],
])("keeps the success code of the page's example: %s", async (_, type, value, success, shown) => {
  const text = changed(
    scene.replace('"code": 0', `"code": ${value}`),
    '| code | Code of the outcome | integer(int32) | integer(int32) |',
    `| code | Code of the outcome | ${type} |  |`,
  ).replace('| 7103 |', '| 7104 | Success |  |\n| 7103 |');
  const document = readDocument(text, 'scene.md');
  const imported = importDocument(document);
  const operation = imported.document.paths['/v2/lamp/enduserapi/saveScene']?.['post'];
  expect(operation?.['x-codes']?.[0]).toEqual(success);
  const examples = operation?.responses['200']?.content?.['application/json']?.examples ?? {};
  expect(examples[`E${success.code}`]?.value).toMatchObject({ code: shown });
  const kept = shown === 200 ? `code 200 instead of ${value}` : 'the success code is ';
  expect(imported.guesses.map(({ text: guess }) => guess)).toContainEqual(expect.stringContaining(kept));
  expect(await refusals(document)).toEqual([]);
});

test('gives an example without a table the success code', async () => {
  const text = changed(
    shelfPage('knife4j, English'),
    /\|name\|description\|type\|schema\|\n(?:\|.*\n)+/,
    'None\n',
  ).replace('|7001|The room is full||\n', '');
  const document = readDocument(text, 'shelf.md');
  const examples = importDocument(document).document.paths['/shelves/{id}']?.['put']?.responses['200']?.content;
  expect(examples?.['application/json']?.examples).toMatchObject({ E200: { value: { code: 200, msg: '' } } });
  expect(await refusals(document)).toEqual([]);
});

test('uses the code 0 of an example only if no row and the message tell a success', () => {
  const own = changed(changed(scene, /\| 200 \|.*\n/, ''), '\t"msg": ""', '\t"msg": "success"');
  const codesOf = (text: string): unknown =>
    importDocument(readDocument(text, 'x.md')).document.paths['/v2/lamp/enduserapi/saveScene']?.['post']?.[
      'x-codes'
    ]?.[0]?.code;
  expect([codesOf(own), codesOf(changed(own, '"success"', '""'))]).toEqual([0, 200]);
});

test('imports nested fields, arrays, marks and enumerations', () => {
  const { document } = importDocument(readDocument(scene, 'scene.md'));
  const { schemas } = document.components;
  expect(schemas['LampScene']).toMatchObject({
    type: 'object',
    required: ['lamps', 'mode', 'proof'],
    properties: {
      lamps: { type: 'array', items: { $ref: '#/components/schemas/LampState' } },
      mode: { type: 'integer', format: 'int32', 'x-options': [{ value: '1', meaning: 'Evening' }, {}, {}] },
      notify: { type: 'boolean', examples: [true] },
    },
  });
  expect(schemas['LampState']).toMatchObject({
    required: ['lampId'],
    properties: {
      hours: { type: 'array', items: { type: 'integer' } },
      place: { description: 'Where it hangs', $ref: '#/components/schemas/LampPlace' },
    },
  });
  // The answer uses a class that the request explains.
  expect(schemas['SceneSaved']?.properties?.['lamps']).toMatchObject({
    items: { $ref: '#/components/schemas/LampState' },
  });
  expect(schemas['SceneSaved']?.properties?.['dimmed']).toMatchObject({ type: ['string', 'integer'], format: 'byte' });
});

test('imports path, query, headers and HTTP statuses', () => {
  const { document } = importDocument(readDocument(page('lamp-history.zh.md'), 'history.md'));
  const operation = document.paths['/v2/lamp/{lampId}/history']?.['get'];
  expect(operation?.parameters?.map((parameter) => `${parameter.in} ${parameter.name} ${parameter.required}`)).toEqual([
    'path lampId true',
    'query kinds false',
    'query current false',
    'query order false',
    'header X-Trace false',
  ]);
  // OpenAPI ignores a header parameter of this name.
  expect(operation?.['security']).toEqual([{ accessToken: [] }]);
  expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '401', '404']);
  expect(operation?.responses['200']?.headers).toMatchObject({ 'X-Total': { schema: { type: 'integer' } } });
  expect(operation?.['x-codes']).toEqual([{ code: 200, meaning: 'OK' }]);
});

test('imports a recursive class as a reference', () => {
  const own = changed(
    scene,
    '| &emsp;&emsp;notify',
    '| &emsp;&emsp;next | The scene after | | false | LampScene | LampScene |\n| &emsp;&emsp;notify',
  );
  const { document } = importDocument(readDocument(own, 'scene.md'));
  expect(document.components.schemas['LampScene']?.properties?.['next']).toEqual({
    description: 'The scene after',
    $ref: '#/components/schemas/LampScene',
  });
});

test('imports a form with a file as multipart', () => {
  const { document } = importDocument(readDocument(page('lamp-photo.us.md'), 'photo.md'));
  const body = document.paths['/lamp/photo']?.['post']?.requestBody;
  expect(Object.keys(body?.content ?? {})).toEqual(['multipart/form-data']);
  expect(document.components.schemas['Request']).toMatchObject({
    required: ['photo', 'lampId'],
    properties: { photo: { type: 'string', format: 'binary' } },
  });
});

test.each([
  ['| scene | scene | body |', '| scene | scene |  |', /^scene: the page does not say where it is sent; assumed body$/],
  ['enduserapi/saveScene`', 'enduserapi/{home}/saveScene`', /^home: is in the path, but in no row/],
  ['| 200 |', '| 7100 |', /^no success status is listed; assumed 200$/],
  [
    /\*\*Response Param[\s\S]*?(?=\*\*Response Ex)/,
    '',
    /^the answer has no table; assumed the fields code, msg, data and extMsg/,
  ],
  ['"dimmed": ""', '"dimmed": {}', /^the page's example contradicts its table \(\/data\/dimmed/],
  ['"mode": 0,', '"mode": 0, "speed": 1,', /^the example has speed, which no row explains; removed from it$/],
  ['enduserapi/saveScene`', '{home:\\d+}?x=1`', /^the path is \/v2\/lamp\/\{home\}: OpenAPI/],
  [
    '| &emsp;&emsp;name | Name of the scene |  | false | string |',
    '| &emsp;&emsp;name | Name of the scene |  | false |  |',
    /^name: has no type/,
  ],
  [
    '| &emsp;&emsp;name | Name of the scene |  | false | string |',
    '| &emsp;&emsp;name | Name of the scene |  | false | Shelf |',
    /^name: the class Shelf is not explained/,
  ],
  ['| array | integer |', '| array |  |', /^hours: the page does not say what the array holds/],
])('%j → %j makes a guess and a valid import', async (piece, other, guess) => {
  const document = readDocument(changed(scene, piece, other), 'scene.md');
  const { guesses } = importDocument(document);
  expect(guesses.map(({ text }) => text)).toContainEqual(expect.stringMatching(guess));
  expect(guesses.every(({ line }) => line > 0)).toBe(true);
  expect(await refusals(document)).toEqual([]);
});
