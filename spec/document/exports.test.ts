import { describe, expect, test } from 'vitest';
import { readDocument, readDocuments, toCall } from './read-document.ts';
import { shelfCalls, shelfExport, shelfPage, templateNames } from './testing/exports.ts';
import { changed } from './testing/pages.ts';

const move = { method: 'PUT', path: '/shelves/{id}' };

/** The facts of the second operation, which each template writes in another way. */
const moved = {
  title: { text: 'Move a shelf' },
  path: { text: '/shelves/{id}' },
  method: { text: 'PUT' },
  requestType: { text: 'application/json' },
  responseType: { text: '*/*' },
  description: { text: 'Moves a shelf' },
  requestExample: { value: { room: { floor: 2 }, note: '' } },
  parameters: [
    { name: 'id', in: 'path', required: true },
    {
      name: 'move',
      in: 'body',
      fields: [
        { name: 'room', required: true, fields: [{ name: 'floor', type: 'integer(int32)', fields: [] }] },
        { name: 'note', required: false, fields: [] },
      ],
    },
  ],
  statuses: [
    { code: 200, meaning: 'OK' },
    { code: 7001, meaning: 'The room is full' },
  ],
  responses: [
    {
      fields: [{ name: 'code' }, { name: 'msg' }, { name: 'data', fields: [{ name: 'lane' }] }],
      example: { value: { code: 0, msg: '', data: { lane: '' } } },
    },
  ],
  notUnderstood: [],
};

describe.each(templateNames)('an export of %s', (name) => {
  test('is read as a page', () => {
    expect(readDocument(shelfPage(name), 'shelf.md')).toMatchObject(moved);
  });

  test('is read as a whole document', () => {
    const all = readDocuments(shelfExport(name), 'library.md');
    expect(all.map(toCall).map(({ method, path }) => `${method} ${path}`)).toEqual(shelfCalls);
    expect(all.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
    expect(all[0]).toMatchObject({ title: { text: 'Get a shelf' }, description: { text: 'Reads a shelf' } });
    expect(all[0]?.remarks.map(({ text }) => text)).toEqual([
      'Library',
      'Everything about shelves',
      '192.0.2.1:7070',
      'library team',
      '1.0',
      '/v2/api-docs',
      'shelf-controller',
      'moves',
    ]);
    expect(readDocument(shelfExport(name), 'library.md', move)).toMatchObject(moved);
  });
});

const library = shelfExport('knife4j, English');

test.each([
  [
    'a table of contents with the names of the operations',
    changed(library, '[TOC]', '- [Get a shelf](#get)\n- [Move a shelf](#move)'),
  ],
  [
    'a description of several lines',
    changed(library, 'about shelves', 'about\n\n## Shelves\n\n**Rooms**: 2\n\nand books'),
  ],
  ['a head without an address', changed(library, '**URL**:/v2/api-docs\n\n', '')],
  ['a head without a host', changed(library, /\*\*(HOST|Contacts|Version)\*\*:.*\n\n/g, '')],
  ['an appendix', `${library}\n# appendix\n\n## Codes\n\n| code | text |\n| --- | --- |\n| 1 | one |\n\n**url**\n`],
  ['a group without an operation', changed(library, '# moves', '# empty\n\nNone\n\n# moves')],
])('reads both operations with %s', (_, text) => {
  const all = readDocuments(text, 'library.md');
  expect(all.map(({ title, method }) => [title?.text, method.text])).toEqual([
    ['Get a shelf', 'GET'],
    ['Move a shelf', 'PUT'],
  ]);
  expect(all.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
});

test('reads the chosen operation of a document with a fault in another one', () => {
  const cut = library.slice(0, library.lastIndexOf('|7001|') + 4);
  const get = { method: 'GET', path: '/shelves/{id}' };
  expect(readDocument(cut, 'library.md', get).title?.text).toBe('Get a shelf');
  expect(() => readDocument(cut, 'library.md', { path: get.path })).toThrow(/the page is cut/);
  expect(() => readDocument(cut, 'library.md', { path: '/other' })).toThrow(/the page is cut/);
});

const head = library.slice(0, library.indexOf('# shelf-controller'));

test.each([
  [
    'a head without operations',
    head,
    move,
    /^library\.md:11: this is the head of a whole document without any operation/,
  ],
  [
    'a path with two methods',
    library,
    { path: '/shelves/{id}' },
    /:61: several operations have the path .*: GET .*\(line 19\), PUT .* choose one, such as --operation 'GET \/shelves\/\{id\}'$/,
  ],
  [
    'another method',
    library,
    { ...move, method: 'POST' },
    /no operation has the method and path POST \/shelves\/\{id\}; there are GET/,
  ],
  [
    'the same operation twice',
    changed(library, '`GET`', '`PUT`'),
    move,
    /an operation is on the page twice: PUT .*\(line 19\), PUT .*; remove one of them$/,
  ],
])('refuses %s with the choices', (_, text, chosen, why) => {
  expect(() => readDocument(text, 'library.md', chosen)).toThrow(why);
});

test('reads a class with the name of a part', () => {
  const text = shelfPage('swagger-bootstrap-ui, English')
    .replaceAll('Room|Room', 'Status|Status')
    .replace('**Room**', '**Status**');
  const { parameters, notUnderstood } = readDocument(text, 'shelf.md');
  expect(parameters[1]?.fields[0]).toMatchObject({ type: 'Status', fields: [{ name: 'floor' }] });
  expect(notUnderstood).toEqual([]);
});

test('lists a class that no field has, and refuses classes without an end', () => {
  const older = shelfPage('swagger-bootstrap-ui, English');
  const { notUnderstood } = readDocument(changed(older, '**Room**', '**Hall**'), 'shelf.md');
  expect(notUnderstood).toMatchObject([{ text: 'Hall, floor The floor', why: 'no field has this class' }]);
  const own = changed(older, 'note|Why|body|false|string|', 'next|Then|body|false|Move|Move');
  expect(readDocument(own, 'shelf.md').parameters[1]?.fields[1]).toMatchObject({ name: 'next', fields: [] });
  const letters = [...'ABCDEFGHIJKLMNOPQRST'];
  const header = '|name|description|in|require|type|schema|\n|---|---|---|---|---|---|\n';
  const row = (name: string, type: string): string => `|${name}||body|false|${type}||\n`;
  const many = letters.map((letter, index) => {
    const next = letters[index + 1] ?? 'string';
    return `\n**${letter}**\n\n${header}${row('one', next)}${row('two', next)}`;
  });
  const page = changed(older, '**Move**', `${many.join('')}\n**Move**`).replace(
    '|body|true|Room|Room|',
    '|body|true|A|A|',
  );
  expect(() => readDocument(page, 'shelf.md')).toThrow(
    /^shelf\.md:\d+: the classes have more than 20000 fields together/,
  );
});
