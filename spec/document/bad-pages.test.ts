import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument, readDocumentFile } from './read-document.ts';
import { changed, page } from './testing/pages.ts';

const scene = page('lamp-scene.md');

/** The page up to the last occurrence of a text, including it. */
function upTo(piece: string): string {
  const end = scene.lastIndexOf(piece);
  if (end < 0) throw new Error(`the page does not have ${piece}`);
  return scene.slice(0, end + piece.length);
}

test.each([
  ['an empty page', '', 1, 'empty'],
  ['a page of blank lines', '\n \n\t\n', 4, 'empty'],
  ['control characters', 'PK\u0003\u0004', 1, 'not text'],
  ['HTML', '\n<!DOCTYPE html><html><body>**API Address**:`/x`</body></html>', 2, 'HTML'],
  ['JSON', '{"openapi":"3.1.0"}', 1, 'JSON'],
  ['an OpenAPI file', 'openapi: 3.1.0\npaths: {}\n', 1, 'OpenAPI'],
  ['other Markdown', '# Notes\n\n- one\n', 1, 'export that page as Markdown and give the file'],
  ['no method', changed(scene, /\*\*Request Method\*\*:.*\n/, ''), 4, '"Request Method"'],
  [
    'an address that is not a path',
    changed(scene, '`/v2/lamp/enduserapi/saveScene`', '`saveScene`'),
    4,
    'must be a path',
  ],
  ['no address', changed(scene, '`/v2/lamp/enduserapi/saveScene`', ''), 4, 'must be a path'],
  [
    'a row with missing cells',
    changed(scene, '| &emsp;&emsp;name | Name of the scene |  | false | string |  |', '| &emsp;&emsp;name | Name |'),
    58,
    'the row has 2 of 6 cells (no Request Type, Required, Data Type, Schema)',
  ],
  ['a duplicate code', changed(scene, '| 7103 |', '| 7101 |'), 71, 'code 7101 is also on line 69'],
  ['a missing table header', changed(scene, /\| Status Code .*\n\| -.*\n/, ''), 66, 'this row is outside a table'],
  [
    'a missing delimiter line',
    changed(scene, /(\| Status Code .*\n)\| -.*\n/, '$1'),
    66,
    'this row is outside a table',
  ],
  ['a missing code fence', changed(scene, '  "proof": ""\n}\n```\n', '  "proof": ""\n}\n'), 23, 'is not closed'],
])('refuses %s with the line', (_, text, line, why) => {
  expect(() => readDocument(text, 'dir/page.md')).toThrow(
    new RegExp(`^dir/page\\.md:${line}: .*${why.replace(/[()]/g, '\\$&')}`),
  );
});

test.each([
  [
    'Parameter Name | Parameter Description | Request Type | Required | Data Type | Schema',
    [47],
    ['Required', 'Data Type', 'Schema', 'Request Type'],
  ],
  ['Status Code | Description | Schema', [66], ['Status Code', 'Description', 'Schema']],
  ['Parameter Name | Parameter Description | Type | Schema', [77], ['Parameter Name', 'Type']],
])('refuses a table %s without a column', (header, [line], names) => {
  for (const name of names) {
    const without = withoutColumn(header, name);
    expect(() => readDocument(without, 'page.md')).toThrow(new RegExp(`^page\\.md:${line}: the table has no column `));
  }
});

/** The page without one column of a table. */
function withoutColumn(header: string, name: string): string {
  const index = header.split(' | ').indexOf(name);
  const lines = scene.split('\n');
  const start = lines.indexOf(`| ${header} |`);
  for (let at = start; lines[at]?.startsWith('|'); at++) {
    const cells = (lines[at] ?? '').replace('Room \\| corner', 'Room').split('|');
    lines[at] = cells.filter((_, cell) => cell !== index + 1).join('|');
  }
  return lines.join('\n');
}

test.each([
  ['in the middle of a row', '| &emsp;&emsp;name | Name of', 58, '2 of 6 cells'],
  ['in the last cell of a row', '| scene | scene | body | true | LampScene | Lamp', 49, 'in the middle of a row'],
  [
    'after a row of the parameters',
    '| &emsp;&emsp;name | Name of the scene |  | false | string |  |',
    58,
    'before the status table',
  ],
  [
    'after the last row of the parameters, with a line end',
    '"lower case" |  | true | string |  |\n',
    60,
    'before the status table',
  ],
  ['in the status table', '| 7102 | Unknown lamp |  |', 70, 'before the answer of status 200'],
  ['after the status table', '| 7103 | The name is too long |  |\n', 71, 'before the answer of status 200'],
  [
    'after the first row of the answer',
    '| code | Code of the outcome | integer(int32) | integer(int32) |',
    79,
    'before the SceneSaved of the answer',
  ],
  [
    'among the rows of the answer',
    '| &emsp;&emsp;lamps | As sent | array | Lamp State |',
    82,
    'before the msg of the answer',
  ],
  ['after the label of a table', '**Request Parameters**:', 44, 'after "Request Parameters"'],
  [
    'before its tables',
    '**API Description**:`Save a scene of lamps`',
    16,
    'without a parameter, a status or an answer',
  ],
  ['in the example of the answer', '\t"data": {', 88, 'is not closed'],
])('refuses a page that is cut %s', (_, last, line, why) => {
  expect(() => readDocument(upTo(last), 'page.md')).toThrow(new RegExp(`^page\\.md:${line}: .*${why}`));
});

test('accepts a page without an example of the answer', () => {
  expect(readDocument(upTo('| msg | Message | string |  |\n'), 'page.md').responses).toHaveLength(1);
});

test('refuses files that are not text, with the line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindgate-'));
  const file = join(folder, 'page.md');
  const readMessage = (bytes: Uint8Array): string => {
    writeFileSync(file, bytes);
    try {
      readDocumentFile(file);
      return 'read';
    } catch (error) {
      return String(error).replace(file, 'page.md');
    }
  };
  try {
    expect(readMessage(Buffer.from('a\nb\n\xff\xfe', 'latin1'))).toMatch(
      /^DocumentError: page\.md:3: this is not UTF-8/,
    );
    expect(readMessage(Buffer.from(scene, 'utf16le'))).toMatch(
      /^DocumentError: page\.md:1: this is not UTF-8 text: it has zero bytes/,
    );
    expect(readMessage(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toMatch(
      /^DocumentError: page\.md:1: /,
    );
    expect(() => readDocumentFile(folder)).toThrow(/: it is a folder;/);
    expect(() => readDocumentFile(join(folder, 'none.md'))).toThrow(/: there is no such file;/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
