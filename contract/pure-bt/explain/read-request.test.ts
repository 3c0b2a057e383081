import { expect, test } from 'vitest';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { shellCommands } from '../../read-request/shell-words.ts';
import { explain } from './explain.ts';
import { isClean } from './explanation.ts';
import { readRequestFile } from './read-request/read-request.ts';
import { device, known, signedBody } from './testing/device.ts';
import type { Sent } from './testing/file-forms/file-form.ts';
import { fileForms } from './testing/file-forms/file-forms.ts';

/** Characters that each form has to escape in its own way. */
const deviceName = `Tür & "Küche" 100% ^$1; it's {x} #7 |`;
const body = signedBody({ deviceName });
const good: Sent = { authorization: `Bearer ${device.token}`, body: JSON.stringify(body) };
const altered: Sent = {
  ...good,
  body: JSON.stringify({ ...body, signature: body['signature']?.toString().toUpperCase() }),
};

const read = (file: string | Uint8Array): ReturnType<typeof readRequestFile> =>
  readRequestFile(typeof file === 'string' ? Buffer.from(file) : file, 'file');

test.each(fileForms.map((form) => [form[0], form] as const))('explains every request of %s', (_, [, write, token]) => {
  const { requests, unreadable } = read(write([good, good, altered]));
  expect(unreadable).toEqual([]);
  expect(requests.map((request) => request.body)).toEqual([body, body, JSON.parse(altered.body)]);
  const explanations = requests.map((request) => explain(known(request.body, { request })));
  expect(explanations.map(isClean)).toEqual([true, true, false]);
  const verdict = token === undefined ? 'right' : 'not-checked';
  expect(explanations.map(({ parts }) => parts.find(({ part }) => part === 'token')?.verdict)).toEqual([
    verdict,
    verdict,
    verdict,
  ]);
});

const url = `https://api.example.com${operationPath}`;
const json = good.body;
const collection = (...item: object[]): string => JSON.stringify({ info: { name: 'x' }, item });
const entries = (...requests: object[]): string =>
  JSON.stringify({ log: { entries: requests.map((request) => ({ request })) } });
const toOther = { method: 'GET', url: 'https://api.example.com/other', headers: [] };
const har = (more: object): string => entries({ method: 'POST', url, headers: [], ...more });
const postman = (body: object): string => collection({ name: 'a', request: { method: 'POST', url, body } });
const powershell = `Invoke-RestMethod ${url} -Method Post`;

/** What a person brings that has no request to explain, and the line that says what to do. */
const refused: readonly (readonly [what: string, text: string | Uint8Array, line: RegExp])[] = [
  ['a collection without a request', collection(), /a Postman collection without a request; add the request/],
  [
    'a collection of another operation',
    collection({ name: 'a', request: 'https://x.example/{{p}}/health' }),
    /no request in file \(a Postman collection, 1 request\) is a POST to …\/v2.*; it has GET/,
  ],
  [
    'a collection with a computed body',
    postman({ mode: 'raw', raw: '{"signature":"{{sig}}","pk":"{{pk}}"}' }),
    /has variables without a value in its body: sig, pk; send it and copy what was sent/,
  ],
  [
    'a collection with a form',
    postman({ mode: 'urlencoded', urlencoded: [] }),
    /has a body of type urlencoded, but the operation takes JSON/,
  ],
  [
    'a Postman environment',
    '{"name":"e","values":[],"_postman_variable_scope":"environment"}',
    /is a Postman environment; it has variables but no request/,
  ],
  ['a Postman collection 1', '{"order":[],"requests":[]}', /version 1; export it as "Collection v2.1"/],
  [
    'a collection of Thunder Client',
    '{"clientName":"Thunder Client"}',
    /Hoppscotch or Thunder Client; copy the request as cURL/,
  ],
  [
    'an OpenAPI document',
    '{"openapi":"3.1.0","paths":{}}',
    /is an OpenAPI document; it describes requests but has none/,
  ],
  ['an OpenAPI document in YAML', 'openapi: 3.1.0\npaths: {}\n', /is an OpenAPI document/],
  ['results', '{"schema":"bindgate.results/1"}', /is a result file of bindgate; give the request itself/],
  [
    'an empty Insomnia export',
    '{"_type":"export","resources":[{"_type":"workspace"}]}',
    /an Insomnia export without a request/,
  ],
  [
    'broken Insomnia YAML',
    'type: collection.insomnia.rest/5.0\ncollection: [',
    /starts like YAML but is not valid YAML/,
  ],
  [
    'a HAR of other requests',
    entries(...Array.from({ length: 5 }, (_, at) => ({ ...toOther, url: `https://x.example/${at}` }))),
    /no request in .*, 5 requests\) is .* it has GET \/0, GET \/1, GET \/2, and 2 more/,
  ],
  ['a HAR without bodies', har({}), /HAR entry 1 in file has no postData.text; export the HAR "with content"/],
  ['a HAR with a form', har({ postData: { params: [{ name: 'a', value: 'b' }] } }), /sends a form \(postData.params\)/],
  [
    'a HAR with a body that is not JSON',
    har({ postData: { text: 'pk=1&dk=2' } }),
    /is not JSON \(9 characters\); it looks like a form/,
  ],
  [
    'curl cut in a quote',
    `curl '${url}' --data-raw '{"pk":`,
    /curl command in file cannot be read: a quote \('\) is opened but not closed; copy the whole command/,
  ],
  ['curl cut after a backslash', `curl '${url}' \\\n`, /it ends with a backslash; copy the whole command/],
  ['curl cut in cmd', `curl ^"${url}^" ^\n -H ^"a: b^" ^`, /it ends with a caret \(\^\); copy the whole command/],
  ['curl cut in a quote of cmd', `curl ^"${url}^" ^\n -H ^"a: b`, /a quote \("\) is opened but not closed/],
  [
    'curl with a cut body',
    `curl '${url}' -d '{"pk":"p1"'`,
    /is not JSON \(10 characters\); it ends too early: copy the whole request/,
  ],
  [
    'curl with a body on standard input',
    `cat body.json | curl ${url} -d @-`,
    /reads its body from standard input \(@-\); put the body in place of @-/,
  ],
  ['curl without a body', `curl ${url}`, /sends no body; it needs -d/],
  ['curl with a body from a file', `curl ${url} -d @body.json`, /reads its body from a file \(@body.json\)/],
  ['curl with a form', `curl ${url} -F a=b`, /sends a form or a file \(-F\)/],
  [
    'PowerShell cut in a quote',
    `Invoke-WebRequest -Uri "${url}" -Body "{`,
    /the PowerShell command in file cannot be read: a quote \("\)/,
  ],
  ['PowerShell cut after a backtick', `Invoke-WebRequest -Uri "${url}" \`\n`, /it ends with a backtick/],
  [
    'PowerShell with a computed body',
    `${powershell} -Body ($data | ConvertTo-Json)`,
    /computes its body, and nothing is run here/,
  ],
  ['PowerShell with a table as body', `${powershell} -Body (@{ pk = "x" } | ConvertTo-Json)`, /computes its body/],
  ['PowerShell with a file', `${powershell} -InFile body.json`, /reads its body from a file \(-InFile\)/],
  [
    'fetch that is cut',
    `fetch("${url}", {\n  "body": "{`,
    /the fetch call in file is not valid JavaScript \(line 2 column \d+\)/,
  ],
  [
    'fetch with a computed body',
    `fetch("${url}", { method: "POST", body: makeBody() })`,
    /computes its body, and nothing is run here/,
  ],
  ['fetch without a body', `fetch("${url}")`, /sends no body; it needs "body"/],
  ['axios', `axios.post("${url}", {})`, /looks like JavaScript without a fetch call/],
  ['.http with a file', `POST ${url}\nA: b\n\n< ./body.json\n`, /reads its body from a file \(.\/body.json\)/],
  ['.http without a body', `POST ${url}\nA: b\n`, /has no body; put the JSON after an empty line/],
  [
    '.http with a dynamic variable',
    `POST ${url}\n\n{"random":"{{$uuid}}"}\n`,
    /variables without a value in its body: \$uuid/,
  ],
  ['.http of other requests', 'GET https://x.example/health\n', /no request in file \(HTTP requests, 1 request\)/],
  [
    'raw HTTP in many chunks',
    `POST ${operationPath} HTTP/1.1\nTransfer-Encoding: chunked\n\n2\n{"\n3\npk"\n0\n`,
    /has its body in chunks/,
  ],
  ['an HTTP answer', 'HTTP/1.1 200 OK\n\n{"code":200}', /looks like an HTTP answer; give the request/],
  [
    'output of curl -v',
    `> POST ${operationPath} HTTP/1.1\n> Host: x\n`,
    /looks like the output of curl -v; it does not show the body/,
  ],
  ['HTTPie with a file', `http POST ${url} pk=@file`, /reads a value from a file/],
  ['wget', `wget --post-data='${json}' ${url}`, /looks like a wget command; write it as curl/],
  ['Python', `import requests\nrequests.post("${url}", json={})`, /looks like Python code; nothing is run here/],
  ['Bruno', 'meta {\n  name: bind\n}\n\npost {\n  url: x\n}', /looks like a file of Bruno/],
  ['XML', '<?xml version="1.0"?><items/>', /looks like XML/],
  ['a page', '<!doctype html><title>x</title>', /looks like an HTML page/],
  ['a ZIP file', Buffer.from('PK\u0003\u0004\u0000\u0000'), /looks like a ZIP file; unpack it/],
  ['a gzip file', new Uint8Array([0x1f, 0x8b, 8, 0, 0]), /looks like a gzip file; unpack it with gunzip/],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /looks like a binary file/],
  ['a token', device.token, /looks like an access token; give the whole request/],
  ['a form', 'pk=p1&dk=2', /looks like a form; the operation takes JSON/],
  [
    'JSON that is cut',
    '{"headers": {}, "body": {"pk": "p1',
    /not valid JSON.*; it ends too early: copy the whole text/,
  ],
  ['NDJSON with a broken line', `${json}\n{"pk":\n`, /not valid JSON/],
  ['a fenced block without a request', '```sh\nnpm test\n```', /has 1 fenced block but no request in them/],
  ['an empty file', '', /file is empty/],
  ['a file of spaces', ' \n', /file is empty/],
  ['an empty list', '[]', /an empty list/],
  ['a list of numbers', '[1]', /item 1 in file is a number, not a JSON object/],
  ['a body that is a list', '{"body":[]}', /the body in file is a list, not a JSON object/],
  ['a body that is text but not JSON', '{"body":"x"}', /the body in file is not JSON \(1 character\)/],
  ['prose', 'The signature does not match. Why?', /no request in a form that is known/],
  ['control characters', '\u001b[2J\u0007::error::x', /no request in a form that is known/],
  ['deep JSON', '['.repeat(50_000), /not valid JSON/],
];

test.each(refused)('refuses %s in one line with the next step', (_, text, line) => {
  let message = '';
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
    ({ message } = error as Error);
  }
  expect(message).toMatch(line);
  expect(message).toMatch(/^[^\p{Cc}]{10,400}$/u);
  expect(message).not.toContain(device.token);
});

test('one unreadable request does not hide the others', () => {
  const { requests, unreadable } = read(`curl ${url} -d 'x'\ncurl ${url} -d '${json.replaceAll("'", '')}'`);
  expect(requests).toHaveLength(1);
  expect(unreadable.map(({ message }) => message)).toEqual([
    'the body in curl command 1 in file is not JSON (1 character); copy the request as it was sent',
  ]);
});

test('a token in another header of a HAR is a mistake, a missing one is not', () => {
  const file = har({ headers: [{ name: 'token', value: device.token }], postData: { text: json } });
  const [request] = read(file).requests;
  const { parts } = explain(known(body, { request: request ?? expect.fail() }));
  expect(parts.find(({ part }) => part === 'token')?.findings.map(({ id }) => id)).toEqual(['token/other-header']);
});

const quoted = { pk: 'p1G0wL', dk: 'ACD9296AD469', pwd: `it's "x" \\ $y`, signature: 'ab' };
const quotedJson = JSON.stringify(quoted);
const single = `'${quotedJson.replaceAll("'", `'\\''`)}'`;
const ansi = `$'${quotedJson.replace(/[\\']/g, '\\$&').replaceAll('{', '\\x7b').replaceAll(':', '\\u003a').replaceAll(',', '\\054')}'`;

test.each<[string, string | Uint8Array, readonly (readonly [string, string])[] | undefined]>([
  ['a body alone', quotedJson, undefined],
  ['a body with a byte order mark', `\ufeff${quotedJson}`, undefined],
  ['a body in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${quotedJson}`, 'utf16le'), undefined],
  [
    'headers as pairs',
    JSON.stringify({ headers: [['authorization', 'Bearer x']], body: quoted }),
    [['authorization', 'Bearer x']],
  ],
  ['a body as text', JSON.stringify({ headers: {}, body: quotedJson }), []],
  ['a body without headers', JSON.stringify({ body: quoted }), undefined],
])('reads JSON: %s', (_, text, headers) => {
  expect(read(text).requests).toEqual([{ source: 'JSON', headers, body: quoted }]);
});

test('reads a body that has a field called body', () => {
  const withBody = { ...quoted, body: 'x' };
  expect(read(JSON.stringify(withBody)).requests).toMatchObject([{ body: withBody }]);
});

test('names the place of each request', () => {
  const preflight = { ...toOther, method: 'OPTIONS', url };
  const recorded = { method: 'POST', url: `${url}?trace=1`, headers: [], postData: { text: json } };
  const files = [`[${json},${json}]`, entries(preflight, toOther, recorded)];
  const sources = files.map((text) => read(text).requests.map(({ source }) => source));
  expect(sources).toEqual([['item 1', 'item 2'], ['HAR entry 3']]);
});

test.each([
  ['codes of characters', `${url} -d ${ansi}`],
  [
    'pieces of a word',
    `${url} -d '{"pk":"p1G0wL","dk":"'ACD9296AD469'",'"\\"pwd\\":"'"it'\\''s \\"x\\" \\\\ $y","signature":"ab"}'`,
  ],
  ['--json', `--json ${single} ${url}`],
  ['--data=', `${url} --data=${single}`],
  ['--data-binary', `${url} --data-binary ${single}`],
  ['-d without a space', `${url} -d${single}`],
  ['switches before -d', `-sSkd ${single} ${url}`],
  ['another option with a value before -d', `-o -d -m 5 -d ${single} ${url}`],
  ['a pipe after it', `${url} -d ${single} | jq -d .`],
])('reads the body of curl with %s', (_, words) => {
  expect(read(`curl.exe ${words}`).requests).toMatchObject([{ source: 'curl command', body: quoted }]);
});

test.each<[string, (readonly [string, string])[]]>([
  [`-H'Authorization:Bearer x.y.z'`, [['Authorization', 'Bearer x.y.z']]],
  [`--header "authorization: Bearer x:y"`, [['authorization', 'Bearer x:y']]],
  [
    `-H 'A: 1' --header=B:2`,
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
  ['--oauth2-bearer x.y.z', [['authorization', 'Bearer x.y.z']]],
  ['', []],
])('reads the headers of curl %s', (option, headers) => {
  expect(read(`curl ${option} ${url} -d ${single}`).requests).toMatchObject([{ headers }]);
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
