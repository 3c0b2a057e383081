import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOpenApi } from '../pure-bt/contract-file.ts';
import { readSpecFile } from './read-spec.ts';
import { edited, lampPage } from './testing/change-lines.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-read-spec-'));
afterAll(() => rm(folder, { recursive: true }));

const contract = readOpenApi();
const files: Readonly<Record<string, string | Uint8Array>> = {
  'empty.md': '',
  'html.md': '<html><body>API Address</body></html>',
  'cut.md': lampPage.slice(0, lampPage.indexOf('| 7003')).trimEnd().slice(0, -9),
  'binary.yaml': new Uint8Array([0, 1, 2]),
  'latin.yaml': new Uint8Array([0x61, 0xe9, 0x62]),
  'swagger2.yaml': 'swagger: "2.0"\npaths: {}\n',
  'no-paths.yaml': 'openapi: 3.1.0\n',
  'list.json': '[1]',
  'cut.json': '{"openapi": "3.1.0", "paths": {',
  'broken.yaml': edited(contract, ["pattern: '^[0-9A-Za-z]{4,32}$'", 'pattern: [']),
  'twice.yaml': edited(contract, ['code: 5049', 'code: 5041']),
  'elsewhere.yaml': edited(contract, ["'#/components/schemas/dk'", "'other.yaml#/dk'"]),
  'nowhere.yaml': edited(contract, ["'#/components/schemas/dk'", "'#/components/schemas/none'"]),
  'bomb.yaml': `${[...'abcdefgh'].map((name, index, all) => `${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${all[index - 1]}`))}]`).join('\n')}\n`,
  'fans.json': JSON.stringify({
    openapi: '3.1.0',
    paths: {
      '/a': {
        post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/L0' } } } } },
      },
    },
    components: {
      schemas: Object.fromEntries(
        Array.from({ length: 30 }, (_, level) => {
          const next = { $ref: `#/components/schemas/L${level + 1}` };
          return [`L${level}`, { properties: { a: next, b: next } }] as const;
        }).concat([['L30', { properties: {} as never }]]),
      ),
    },
  }),
  'pipe-yaml': contract,
  'pipe-page': lampPage,
  'bom.yaml': `\ufeff${contract}`,
  'crlf.md': lampPage.replaceAll('\n', '\r\n'),
};
await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));

test.each<[string, RegExp]>([
  ['none.yaml', /^none.yaml: there is no such file; give an openapi.yaml or a page/],
  ['.', /: it is a folder; give an openapi.yaml/],
  ['empty.md', /^empty.md: it is empty; give an openapi.yaml or a page/],
  ['html.md', /^html.md:1: this is HTML/],
  ['cut.md', /^cut.md:\d+: .* cut/],
  ['binary.yaml', /^binary.yaml:1: this is not UTF-8 text: it has zero bytes/],
  ['latin.yaml', /^latin.yaml:1: this is not UTF-8 text; give/],
  ['swagger2.yaml', /^swagger2.yaml: it is version "2.0"; spec diff reads OpenAPI 3/],
  ['no-paths.yaml', /^no-paths.yaml: it has no operation below "paths"/],
  ['list.json', /^list.json: this is not an OpenAPI document: it contains a list/],
  ['cut.json', /^cut.json:1: Flow map .*; fix the YAML or JSON there/],
  ['broken.yaml', /^broken.yaml:\d+: .*; fix the YAML or JSON there$/],
  ['twice.yaml', /^twice.yaml:\d+: code 5041 is listed twice, first on line \d+;/],
  [
    'elsewhere.yaml',
    /^elsewhere.yaml:\d+: \$ref "other.yaml#\/dk" refers to another file, which is not supported; bundle/,
  ],
  ['nowhere.yaml', /^nowhere.yaml:\d+: \$ref "#\/components\/schemas\/none" has no target/],
  ['bomb.yaml', /^bomb.yaml: .*; write it without aliases$/],
  ['fans.json', /^fans.json: its schemas are too large to compare/],
])('refuses %s in one line', (file, message) => {
  const error = refusal(join(folder, file));
  const line = error.message.replaceAll(join(folder, '/'), '');
  expect(line).toMatch(message);
  expect(line.split('\n')).toHaveLength(1);
  expect(error).toMatchObject({ exitCode: 2 });
});

test.each([
  ['pipe-yaml', 'openapi'],
  ['bom.yaml', 'openapi'],
  ['pipe-page', 'page'],
  ['crlf.md', 'page'],
])('reads %s as %s', (file, kind) => {
  const spec = readSpecFile(join(folder, file));
  expect(spec.kind).toBe(kind);
  expect(spec.operations).toHaveLength(1);
});

function refusal(file: string): Error {
  try {
    readSpecFile(file);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${file} was read`);
}
