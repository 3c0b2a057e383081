import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { contractPage } from '../spec/document/testing/contract-page.ts';
import { shelfExport } from '../spec/document/testing/exports.ts';
import { changed, page } from '../spec/document/testing/pages.ts';
import type { AnyOpenApi } from '../spec/openapi.ts';
import { readOpenApi } from '../spec/pure-bt/contract-file.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate, type Ended } from './testing/run-bindgate.ts';

const good = contractPage();
const folder = testFolder({
  'good.md': good,
  'changed.md': changed(good, 'Incorrect DK format', 'Incorrect DK length'),
  'long.md': changed(good, /(New encrypted .*content includes) English comma/, '$1 Chinese comma'),
  'junk.md': changed(good, '**Response Status**:', '**Rate Limit**:5\n\n**Response Status**:'),
  'scene.md': page('lamp-scene.md'),
  'group.md': page('lamp-group.zh.md'),
  'shelf.md': shelfExport('knife4j, English'),
  'old-shelf.md': shelfExport('swagger-bootstrap-ui, English'),
  'new-shelf.md': shelfExport('swagger-bootstrap-ui, English').replace(
    '|7001|The room is full|',
    '|7002|The room is full|',
  ),
  'empty.md': '',
  'cut.md': good.slice(0, good.indexOf('&emsp;frid') + 8),
  'twice.md': changed(good, '| 5361 |', '| 5333 |'),
  'html.md': '<html><body><table></table></body></html>',
  'bindgate.config.json': JSON.stringify({ document: 'changed.md' }),
  'binary.md': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
});

function spec(args: string): Promise<Ended> {
  return callBindgate(folder, `spec ${args}`);
}

describe('spec check', () => {
  test('checks only the contract without a page', async () => {
    expect(await spec('check')).toMatchObject({ exitCode: 0, out: 'openapi.yaml is clean, 24 codes\n', err: '' });
  });

  test('ends with 1 and shows both places if a page differs', async () => {
    expect(await spec('check good.md')).toMatchObject({
      exitCode: 0,
      out: 'openapi.yaml is clean, 24 codes; good.md agrees with the contract\n',
    });
    const line = good.split('\n').findIndex((text) => text.startsWith('| 5361 ')) + 1;
    const listed = readOpenApi().split('{ code: 5361,')[0]?.split('\n').length;
    expect(await spec('check changed.md')).toMatchObject({
      exitCode: 1,
      out:
        `changed.md:${line}: code 5361 has another meaning: the page says "Incorrect DK length"; the contract says "Incorrect DK format" (spec/pure-bt/openapi.yaml:${listed} #/paths/~1v2~1binding~1enduserapi~1deviceBindingByPureBt/post/x-codes/16)\n` +
        'openapi.yaml is clean, 24 codes; changed.md differs from the contract in 1 place\n',
      err: '',
    });
  });

  test('shows the different part of long texts', async () => {
    expect((await spec('check long.md')).out).toContain(
      'the page says "… iv=random)), PKCS5Padding content includes Chinese comma …"; the contract says "… iv=random)), PKCS5Padding content includes English comma …" (spec/pure-bt/openapi.yaml:',
    );
  });

  test('notes what it does not understand', async () => {
    const { exitCode, err } = await spec('check junk.md');
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^note: junk\.md:\d+: not understood: Rate Limit: 5 \(this part of a page is unknown\)\n$/);
  });
});

describe('spec import', () => {
  test('writes OpenAPI to standard output and guesses to standard error', async () => {
    const { exitCode, out, err } = await spec('import scene.md');
    expect(exitCode).toBe(0);
    const document = parse(out) as AnyOpenApi;
    expect(document['openapi']).toBe('3.1.0');
    expect(document.paths['/v2/lamp/enduserapi/saveScene']?.['post']?.['x-codes']).toHaveLength(4);
    expect(err).toMatch(/^guess: scene\.md:4: a code mentions a token/);
    expect(err).toMatch(/^(guess: scene\.md:\d+: .*\n)+$/);
  });

  test('imports the named operation of several', async () => {
    const { exitCode, out } = await spec('import group.md --operation /lamp/off');
    expect(exitCode).toBe(0);
    expect(Object.keys((parse(out) as AnyOpenApi).paths)).toEqual(['/lamp/off']);
  });

  test('imports the named method of a path, in any case', async () => {
    const args = ['spec', 'import', 'old-shelf.md', '--operation', 'put /shelves/{id}'];
    const { exitCode, out } = await callBindgate(folder, args);
    expect(exitCode).toBe(0);
    expect((parse(out) as AnyOpenApi).paths['/shelves/{id}']).toHaveProperty('put');
  });
});

test('spec diff compares only the named operation, across templates', async () => {
  const args = 'spec diff old-shelf.md new-shelf.md --fail-on never'.split(' ');
  expect((await callBindgate(folder, args)).out).toMatch(/\n2 breaking|^1 breaking|code 7001 of GET/m);
  const { out } = await callBindgate(folder, [...args, '--operation', 'PUT /shelves/{id}']);
  expect(out).not.toContain('of GET');
});

test.each([
  ['spec check', 'empty.md', /^bindgate: empty\.md:1: the page is empty/],
  ['spec check', 'binary.md', /^bindgate: binary\.md:1: this is not UTF-8 text/],
  ['spec check', 'cut.md', /^bindgate: cut\.md:\d+: the row has 1 of 6 cells/],
  ['spec check', 'twice.md', /^bindgate: twice\.md:\d+: code 5333 is also on line \d+/],
  [
    'spec check',
    'scene.md',
    /^bindgate: scene\.md:4: this is the page of POST \/v2\/lamp\/enduserapi\/saveScene \(line 4\), but /,
  ],
  ['spec import', 'html.md', /^bindgate: html\.md:1: this is HTML/],
  ['spec import', 'bindgate.config.json', /^bindgate: bindgate\.config\.json:1: this is JSON/],
  ['spec import', '/dev/zero', /^bindgate: \/dev\/zero: it is a device/],
  [
    'spec import',
    'group.md',
    /^bindgate: group\.md:64: the page has several operations: PUT \/lamp\/on \(line 32\), DELETE/,
  ],
  [
    'spec import --operation /x',
    'group.md',
    /^bindgate: group\.md:32: no operation has the path \/x; there are PUT \/lamp\/on/,
  ],
  [
    'spec import --operation /shelves/{id}',
    'shelf.md',
    /several operations have the path \/shelves\/\{id\}: GET .*, PUT .*; choose one, such as --operation 'GET \/shelves\/\{id\}'\n$/,
  ],
  ['mock --document', 'shelf.md', /shelf\.md:61: the page has several operations: GET \/shelves/],
  ['spec check --operation /other', 'shelf.md', /no operation has the path \/other; there are GET \/shelves/],
  [
    'spec diff --operation /other shelf.md',
    'old-shelf.md',
    /^bindgate: shelf\.md:19: no operation has the path \/other/,
  ],
  ['spec import --operation PUT', 'shelf.md', /^bindgate: --operation: "PUT" has no path; write a path such as/],
  ['spec import --operation shelves', 'shelf.md', /^bindgate: --operation: "shelves" has no path/],
  ['spec import', 'cut.md', /^bindgate: cut\.md:\d+: the row has 1 of 6 cells/],
  ['mock --document', '.', /^bindgate: \.: it is a folder/],
  ['mock --document', 'none.md', /^bindgate: none\.md: there is no such file; give the page as Markdown in UTF-8\n$/],
  ['mock --plain --document', 'scene.md', /^bindgate: --plain works only with the contract/],
] as const)('ends with one line and exit 2 and writes nothing: %s %s', async (command, name, message) => {
  await expectRefused(folder, `${command} ${name}`, message);
});

test.each<[string, string, number, RegExp]>([
  [
    'of the configuration',
    '',
    1,
    /code 5361 has another meaning: [\s\S]*exit 1 {2}spec .*changed\.md differs from the contract in 1 place/,
  ],
  ['of the flag', ' --document good.md', 0, /good\.md agrees with the contract/],
  ['that is cut', ' --document cut.md', 2, /cut\.md:/],
])('compares a page in the gate: one %s', async (_, document, code, text) => {
  const { exitCode, out } = await callBindgate(folder, `gate --skip mock contract load --out gate${document}`);
  expect([exitCode, out]).toEqual([code, expect.stringMatching(text)]);
});
