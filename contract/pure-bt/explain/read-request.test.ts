import { describe, expect, test } from 'vitest';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { shellCommands } from '../../read-request/shell-words.ts';
import { readRequests } from './read-request/read-request.ts';
import type { ReadRequest } from './read-request/request-parts.ts';

const body = { pk: 'p1G0wL', dk: 'ACD9296AD469', pwd: `it's "x" \\ $y`, signature: 'ab' };
const json = JSON.stringify(body);
const single = `'${json.replaceAll("'", `'\\''`)}'`;
const double = `"${json.replace(/[\\"$`]/g, '\\$&')}"`;
const ansi = `$'${json.replace(/[\\']/g, '\\$&').replaceAll('{', '\\x7b').replaceAll(':', '\\u003a').replaceAll(',', '\\054')}'`;
const url = `https://api.example.com${operationPath}`;

function read(text: string): readonly ReadRequest[] {
  return readRequests(new TextEncoder().encode(text), 'request.txt');
}

describe('JSON', () => {
  test.each<[string, string, readonly (readonly [string, string])[] | undefined]>([
    ['a body alone', json, undefined],
    ['a body with a byte order mark', `\ufeff${json}`, undefined],
    [
      'headers and a body',
      JSON.stringify({ headers: { authorization: 'Bearer x' }, body }),
      [['authorization', 'Bearer x']],
    ],
    [
      'headers as pairs',
      JSON.stringify({ headers: [['authorization', 'Bearer x']], body }),
      [['authorization', 'Bearer x']],
    ],
    ['a body as text', JSON.stringify({ headers: {}, body: json }), []],
    ['a body without headers', JSON.stringify({ body }), undefined],
  ])('reads %s', (_, text, headers) => {
    expect(read(text)).toEqual([{ source: 'JSON', headers, body }]);
  });

  test('reads a body that has a field called body', () => {
    expect(read(JSON.stringify({ ...body, body: 'x' }))[0]?.body).toEqual({ ...body, body: 'x' });
  });

  test('reads a list of several requests', () => {
    expect(read(`[${json},${json}]`).map(({ source }) => source)).toEqual(['item 1', 'item 2']);
  });

  test("reads PowerShell's UTF-16", () => {
    expect(readRequests(Buffer.from(`\ufeff${json}`, 'utf16le'), 'x')[0]?.body).toEqual(body);
  });
});

describe('a curl command', () => {
  test.each<[string, string]>([
    ['single quotes', `curl ${url} -d ${single}`],
    ['double quotes', `curl ${url} -d ${double}`],
    ['ANSI-C quotes', `curl ${url} -d ${ansi}`],
    [
      'pieces of a word',
      `curl ${url} -d '{"pk":"p1G0wL","dk":"'ACD9296AD469'",'"\\"pwd\\":"'"it'\\''s \\"x\\" \\\\ $y","signature":"ab"}'`,
    ],
    ['continued lines', `curl -X POST \\\n  '${url}' \\\r\n  --data-raw ${single}`],
    ['lines that lost their backslashes', `curl -X POST\n'${url}'\n--data-raw ${single}`],
    ['a prompt', `$ curl ${url} --data ${single}`],
    ['curl.exe', `curl.exe ${url} --data-binary ${single}`],
    ['--json', `curl --json ${single} ${url}`],
    ['--data=', `curl ${url} --data=${single}`],
    ['-d without a space', `curl ${url} -d${single}`],
    ['switches before -d', `curl -sSkd ${single} ${url}`],
    ['another option with a value before -d', `curl -o -d -m 5 -d ${single} ${url}`],
    ['a pipe after it', `curl ${url} -d ${single} | jq -d .`],
  ])('reads one with %s', (_, command) => {
    expect(read(command)).toMatchObject([{ source: 'curl command', body }]);
  });

  test.each<[string, string, (readonly [string, string])[]]>([
    ['-H', `-H 'Authorization: Bearer x.y.z'`, [['Authorization', 'Bearer x.y.z']]],
    ['-H without a space', `-H'Authorization:Bearer x.y.z'`, [['Authorization', 'Bearer x.y.z']]],
    ['--header', `--header "authorization: Bearer x:y"`, [['authorization', 'Bearer x:y']]],
    [
      'two headers',
      `-H 'A: 1' --header=B:2`,
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['--oauth2-bearer', '--oauth2-bearer x.y.z', [['authorization', 'Bearer x.y.z']]],
    ['none', '', []],
  ])('reads headers: %s', (_, option, headers) => {
    expect(read(`curl ${option} ${url} -d ${single}`)[0]?.headers).toEqual(headers);
  });
});

describe('HAR', () => {
  const entry = (changes: object = {}): object => ({
    request: {
      method: 'POST',
      url,
      headers: [{ name: 'Authorization', value: 'Bearer x' }],
      postData: { mimeType: 'application/json', text: json },
      ...changes,
    },
  });
  const har = (...entries: object[]): string => JSON.stringify({ log: { version: '1.2', entries } });

  test('reads POSTs to the operation among other entries', () => {
    const others = [entry({ method: 'OPTIONS' }), entry({ url: 'https://api.example.com/other' }), {}];
    expect(read(har(...others, entry(), entry({ url: `${url}?trace=1` })))).toEqual([
      { source: 'HAR entry 4', headers: [['Authorization', 'Bearer x']], body },
      { source: 'HAR entry 5', headers: [['Authorization', 'Bearer x']], body },
    ]);
  });

  test.each([
    [
      'no such request',
      har(entry({ method: 'GET' })),
      /no request in request.txt \(a HAR file, 1 request\) is a POST to …\/v2\/binding.*; it has GET \/v2/,
    ],
    ['a request without its body', har(entry({ postData: {} })), /HAR entry 1 in request.txt has no postData.text/],
    [
      'a body that is not JSON',
      har(entry({ postData: { text: 'pk=1&dk=2' } })),
      /is not JSON \(9 characters\); it looks like a form/,
    ],
  ])('rejects %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test.each<[string, string, RegExp]>([
  ['an empty file', '', /request.txt is empty/],
  ['a file of spaces', ' \n', /request.txt is empty/],
  ['words', 'hello', /no request in a form that is known .*; copy the request as cURL/],
  ['broken JSON', '{"pk":', /starts like JSON but is not valid JSON/],
  ['an empty list', '[]', /an empty list/],
  ['a list of numbers', '[1]', /item 1 in request.txt is a number, not a JSON object/],
  ['a body that is a list', '{"body":[]}', /the body in request.txt is a list, not a JSON object/],
  ['a body that is text but not JSON', '{"body":"x"}', /the body in request.txt is not JSON \(1 character\)/],
  ['curl without a body', `curl ${url}`, /sends no body; it needs -d/],
  ['curl with a body from a file', `curl ${url} -d @body.json`, /reads its body from a file \(@body.json\)/],
  ['curl with an open quote', `curl ${url} -d '{`, /a quote \('\) is opened but not closed/],
  ['curl that is cut', `curl ${url} \\`, /ends with a backslash; copy the whole command/],
])('rejects %s in one line', (_, text, message) => {
  expect(() => read(text)).toThrow(message);
  try {
    read(text);
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
    expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
  }
});

test.each<[string, readonly string[]]>([
  ['a  b\tc', ['a', 'b', 'c']],
  [`a'b c'd`, ['ab cd']],
  [`a "" b`, ['a', '', 'b']],
  ['a\\ b', ['a b']],
  [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
  [`"a\\\nb"`, ['ab']],
  [`$'a\\tb\\'c\\x41\\101\\u00e9'`, [`a\tb'cAA\u00e9`]],
  [`$"a b"`, ['a b']],
  ['a | b', ['a']],
  ['a; b', ['a']],
  [`'a;b|c'`, ['a;b|c']],
])('splits %s into shell words', (text, words) => {
  expect(shellCommands(text)[0] ?? []).toEqual(words);
});
