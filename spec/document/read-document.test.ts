import { expect, test } from 'vitest';
import type { DocumentField } from './model.ts';
import { readDocument, readDocuments } from './read-document.ts';
import { changed, page } from './testing/pages.ts';

const scene = page('lamp-scene.md');
const history = page('lamp-history.zh.md');

/** Each row of a table as `indent name:type`, with `!` if it is required. */
function outline(fields: readonly DocumentField[], indent = ''): readonly string[] {
  return fields.flatMap((field) => [
    `${indent}${field.name}:${field.type}${field.schema === '' ? '' : `/${field.schema}`}${field.required === true ? '!' : ''}`,
    ...outline(field.fields, `${indent}  `),
  ]);
}

test('reads a page with a JSON body, with line numbers', () => {
  const document = readDocument(scene, 'scene.md');
  expect(document).toMatchObject({
    language: 'en',
    title: { text: 'Save Lamp Scene', line: 1 },
    path: { text: '/v2/lamp/enduserapi/saveScene', line: 4 },
    method: { text: 'POST', line: 7 },
    requestType: { text: 'application/json', line: 10 },
    responseType: { text: '*/*', line: 13 },
    description: { text: 'Save a scene of lamps', line: 16 },
    requestExample: { line: 23, language: 'javascript', value: { mode: 0, proof: '' } },
    remarks: [],
    notUnderstood: [],
  });
  expect(outline(document.parameters)).toEqual([
    'scene:LampScene/LampScene!',
    '  lamps:array/Lamp State!',
    '    brightness:integer(int32)',
    '    hours:array/integer',
    '    lampId:string!',
    '    place:LampPlace/LampPlace',
    '      floor:integer(int64)',
    '      room:string',
    '  mode:integer(int32)!',
    '  name:string',
    '  notify:boolean',
    '  proof:string!',
  ]);
  const [sceneField] = document.parameters;
  const [lamps, mode] = sceneField?.fields ?? [];
  expect(sceneField).toMatchObject({ in: 'body', line: 49 });
  expect(lamps?.fields[3]?.fields[1]).toMatchObject({ description: 'Room | corner', line: 56 });
  expect(mode).toMatchObject({
    line: 57,
    description: 'Mode of the scene:\n1-Evening\n2-Night(dim)\n3-Evening+Night(dim)',
    options: [
      { value: '1', meaning: 'Evening' },
      { value: '2', meaning: 'Night(dim)' },
      { value: '3', meaning: 'Evening+Night(dim)' },
    ],
  });
  expect(document.statuses).toEqual([
    { code: 200, meaning: 'The scene is saved', schema: 'Lamp answer«SceneSaved»', line: 68 },
    { code: 7101, meaning: 'Please enter token', schema: '', line: 69 },
    { code: 7102, meaning: 'Unknown lamp', schema: '', line: 70 },
    { code: 7103, meaning: 'The name is too long', schema: '', line: 71 },
  ]);
  expect(document.responses.map(({ line, fields, example }) => [line, outline(fields), example?.value])).toEqual([
    [
      74,
      [
        'code:integer(int32)/integer(int32)',
        'data:SceneSaved/SceneSaved',
        '  dimmed:string(byte)',
        '  lamps:array/Lamp State',
        '  sceneId:integer(int64)',
        'msg:string',
      ],
      { code: 0, data: { dimmed: '', lamps: [], sceneId: 0 }, msg: '' },
    ],
  ]);
});

test('reads a Chinese page with several answers', () => {
  const document = readDocument(history, 'history.md');
  expect(document).toMatchObject({
    language: 'zh',
    title: { text: '查询灯的历史' },
    path: { text: '/v2/lamp/{lampId}/history' },
    method: { text: 'GET' },
    description: { text: '查询灯的历史\n每页最多一百条' },
    notUnderstood: [],
  });
  expect(document.parameters.map(({ name, in: place }) => [name, place])).toEqual([
    ['lampId', 'path'],
    ['Authorization', 'header'],
    ['X-Trace', 'header'],
    ['kinds', 'query'],
    ['page', 'query'],
  ]);
  expect(document.parameters[4]?.fields[1]?.options).toEqual([
    { value: 'ASC', meaning: '' },
    { value: 'DESC', meaning: '' },
  ]);
  expect(document.statuses.map(({ code }) => code)).toEqual([200, 401, 404]);
  expect(document.responses.map(({ code, headers, fields }) => [code, outline(headers), outline(fields)])).toEqual([
    [
      200,
      ['X-Total:integer(int32)'],
      [
        'records:array/灯的记录',
        '  at:string(date-time)',
        '  cause:灯的记录/灯的记录',
        // The exporter writes these two rows with the six cells of a request.
        '    at:string(date-time)',
        '    cause:灯的记录/灯的记录',
        '  tags:Map«string,int»/Map«string,int»',
        '  extra:object',
      ],
    ],
    [404, [], ['reason:string']],
  ]);
});

test("reads the exporter's English page, which swaps the data types", () => {
  const document = readDocument(page('lamp-photo.us.md'), 'photo.md');
  expect(document).toMatchObject({
    title: { text: 'Upload a photo of a lamp' },
    requestType: { text: 'multipart/form-data' },
    responseType: { text: 'application/json;charset=UTF-8' },
    description: { text: '' },
    remarks: [{ label: 'author', text: 'someone' }],
    notUnderstood: [],
  });
  expect(outline(document.parameters)).toEqual(['photo:file!', 'lampId:string!', 'note:string']);
  expect(document.responses).toMatchObject([{ fields: [], example: { language: 'text', text: 'stored' } }]);
});

test('reads every operation of a group', () => {
  const group = page('lamp-group.zh.md');
  const documents = readDocuments(group, 'group.md');
  expect(documents.map(({ method, path, title }) => [method.text, path.text, title?.text])).toEqual([
    ['PUT', '/lamp/on', '开灯'],
    ['DELETE', '/lamp/off', '关灯'],
  ]);
  expect(documents[0]?.remarks.map(({ label, text }) => `${label} ${text}`)).toEqual([
    'heading 灯 API',
    '简介 灯的接口',
    'HOST 127.0.0.1:9000',
    '联系人 lamp team',
    'Version 1.0',
    '接口路径 /v3/api-docs',
    'heading 灯',
  ]);
  expect(documents.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
  expect(readDocument(group, 'group.md', { path: '/lamp/off' }).path.line).toBe(64);
  expect(() => readDocument(group, 'group.md')).toThrow(
    /^group\.md:64: the page has several operations: PUT \/lamp\/on \(line 32\), DELETE \/lamp\/off \(line 64\);/,
  );
});

const whole = readDocument(scene, 'scene.md');

test.each([
  ['CRLF line ends', scene.replaceAll('\n', '\r\n')],
  ['CR line ends', scene.replaceAll('\n', '\r')],
  ['a byte order mark', `\ufeff${scene}`],
  ['missing blank lines and a missing last line end', scene.replace(/\n{2,}/g, '\n').trim()],
  ['more blank lines', scene.replaceAll('\n\n', '\n\n\n\n')],
  ['headings instead of bold labels', scene.replace(/^\*\*(Re\w+ (?:Parameters|Status|Example))\*\*:$/gm, '#### $1')],
  ['the colon inside the bold', scene.replace(/^\*\*([^*]+)\*\*:/gm, '**$1:**')],
  ['a wide colon', scene.replace(/^\*\*([^*]+)\*\*:/gm, '**$1**：')],
  ['labels in another case', scene.replace(/^\*\*([^*]+)\*\*:/gm, (label) => label.toUpperCase())],
  ['values without backticks', scene.replace(/^(\*\*[^*]+\*\*:)`(.*)`$/gm, '$1 $2')],
  ['values in backticks in cells', scene.replace('| lampId |', '| `lampId` |')],
  ['tables without padding', scene.replace(/^\|.*$/gm, (row) => row.replace(/ *(?<!\\)\| */g, '|'))],
  ['empty cells at the end of rows', scene.replace(/^(\| 7\d+ .*)$/gm, '$1  |  |')],
  ['rows that end before an empty schema', scene.replace(/^(\| 7\d+ .*\|)\s+\|$/gm, '$1')],
  ['em spaces instead of entities', scene.replaceAll('&emsp;', '\u2003')],
  ['numeric entities', scene.replaceAll('&emsp;', '&#8195;')],
  ['another form of line breaks', scene.replaceAll('<br/>', '<br>')],
  ['a complete URL', scene.replace('`/v2', '`http://host:1/v2')],
  [
    'a duplicate label',
    scene.replace('**Request Parameters**:', '**Request Parameters**:\n\n\n**Request Parameters**:'),
  ],
])('reads the same with %s', (_, text) => {
  const read = readDocument(text, 'scene.md');
  const withoutLines = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'line' ? undefined : inner)));
  expect(withoutLines({ ...read, remarks: [] })).toEqual(withoutLines(whole));
});

test('reads columns in another order by their headings', () => {
  const swapped = history.replace(
    /^(\|[^|\n]*\|[^|\n]*)(\|[^|\n]*)(\|[^|\n]*)(\|[^|\n]*\|[^|\n]*\|\s*)$/gm,
    '$1$3$2$4',
  );
  expect(readDocument(swapped, 'x.md').parameters.slice(0, 2)).toMatchObject([
    { name: 'lampId', in: 'path', required: true, type: 'string' },
    { name: 'Authorization', in: 'header', required: true },
  ]);
});

test.each([
  ['its description', /\*\*API Description\*\*:.*\n/, 'description'],
  ['its request example', /\*\*Request Example\*\*:[\s\S]*?(?=\*\*Request Param)/, 'requestExample'],
  ['its request data type', /\*\*Request Data Type\*\*:.*\n/, 'requestType'],
  ['its title', /^# .*\n/, 'title'],
])('reads a page without %s', (_, part, key) => {
  const read = readDocument(changed(scene, part, ''), 'scene.md');
  expect(read).not.toHaveProperty(key);
  expect(read.notUnderstood).toEqual([]);
  expect(outline(read.parameters)).toEqual(outline(whole.parameters));
});

test('reads a page without a status table or an answer', () => {
  const read = readDocument(changed(scene, /\*\*Response Status\*\*:[\s\S]*?(?=\*\*Response Param)/, ''), 'scene.md');
  expect(read.statuses).toEqual([]);
  expect(
    readDocument(changed(scene, /«SceneSaved»|\*\*Response Param[\s\S]*$|Lamp answer/g, ''), 'x.md').responses,
  ).toEqual([]);
});

test('continues a row after a line break in its description', () => {
  const broken = changed(scene, '<br/>2-Night', '\n2-Night');
  const document = readDocument(broken, 'scene.md');
  expect(outline(document.parameters)).toEqual(outline(whole.parameters));
  expect(document.parameters[0]?.fields[1]?.options).toHaveLength(3);
});

test.each([
  [
    'an unknown part',
    '**Response Status**:',
    '**Rate Limit**: 5 a second\n\n**Response Status**:',
    'Rate Limit: 5 a second',
  ],
  ['a line between parts', '**Response Status**:', 'See the guide.\n\n**Response Status**:', 'See the guide.'],
  ['an invalid required mark', '|  | false | string |  |', '|  | maybe | string |  |', 'maybe'],
  [
    'an extra cell after the last column',
    '| 7102 | Unknown lamp |  |',
    '| 7102 | Unknown lamp |  | since May |',
    'since May',
  ],
  ['a code that is not a number', '| 7102 |', '| 7102/3 |', '7102/3 | Unknown lamp'],
  ['a duplicate name', '| &emsp;&emsp;notify |', '| &emsp;&emsp;name |', 'name'],
  ['an example that is not JSON', '"mode": 0,', '"mode": 0, // 1 to 3', '{'],
  ['a second address', '**Request Method**', '**Request Method**:`PUT`\n\n**Request Method**', 'POST'],
  ['a second example', '**Request Parameters**:', '```\n{}\n```\n\n**Request Parameters**:', '```\n{}\n```'],
])('lists %s with its line', (_, piece, other, text) => {
  const document = readDocument(changed(scene, piece, other), 'scene.md');
  expect(document.notUnderstood.map((part) => part.text)).toEqual([text]);
  expect(document.notUnderstood[0]?.line).toBeGreaterThan(0);
});

test('lists front matter, and allows a label name as a title', () => {
  const { title, description, notUnderstood } = readDocument(
    `---\ndescription: x\n---\n${changed(scene, /^# .*/, '# Status')}`,
    'x.md',
  );
  expect([title?.text, description?.text]).toEqual(['Status', 'Save a scene of lamps']);
  expect(notUnderstood.map(({ text }) => text)).toEqual(['description: x']);
});

test('accepts lists, bold words and code in a description', () => {
  const words = 'format:\n```json\n"x"\n```\n***Examples:***\n- **one**: 1\n';
  const { description, notUnderstood } = readDocument(changed(scene, '`Save a scene of lamps`', words), 'x.md');
  expect(description?.text).toBe(words.trim());
  expect(notUnderstood).toEqual([]);
});

test('lists an unknown column with each of its cells', () => {
  const more = changed(
    changed(scene, '| Status Code | Description | Schema |', '| Status Code | Description | Schema | Since |'),
    '| ----------- | ----------- | ------ |',
    '| ----------- | ----------- | ------ | ----- |',
  ).replace(/^(\| (?:200|710\d) \|.*)$/gm, '$1 v2 |');
  const { notUnderstood, statuses } = readDocument(more, 'scene.md');
  expect(notUnderstood.map(({ text }) => text)).toEqual(['Since', 'v2', 'v2', 'v2', 'v2']);
  expect(statuses).toHaveLength(4);
});
