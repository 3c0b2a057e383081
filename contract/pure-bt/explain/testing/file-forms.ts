import { operationPath } from '../../../../spec/pure-bt/path.ts';

/** One request as a test writes it into a file. */
export type Sent = { readonly authorization: string; readonly body: string };

/** A form of file: its name, how several requests are written in it, and whether it has their token. */
export type FileForm = readonly [
  name: string,
  write: (requests: readonly Sent[]) => string | Uint8Array,
  token?: 'no token',
];

const url = `https://api.example.com${operationPath}`;
const { stringify } = JSON;

const single = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const double = (text: string): string => `"${text.replaceAll(/[\\"$`]/g, '\\$&')}"`;
const ansi = (text: string): string =>
  `$'${text.replaceAll(/['\\]/g, '\\$&').replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
/** As Chrome: the quotes of a program, then a caret before every special character. */
const carets = (text: string): string => `"${text.replaceAll(/\\(?=\\*")|"/g, '\\$&')}"`.replaceAll(/[^\w\s]/g, '^$&');
/** As older browsers: plain quotes, doubled inside. */
const doubled = (text: string): string => `"${text.replaceAll(/\\(?=\\*")/g, '\\\\').replaceAll('"', '""')}"`;
const backticks = (text: string): string =>
  `"${text.replaceAll(/[`$"]/g, '`$&').replaceAll(/[^ -~]/g, (unit) => `$([char]${unit.charCodeAt(0)})`)}"`;
const plainPowershell = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const curl =
  (quote: (text: string) => string, join = ' ') =>
  ({ authorization, body }: Sent): string =>
    [
      `curl ${quote(url)}`,
      `-X ${quote('POST')}`,
      `-H ${quote('content-type: application/json')}`,
      `-H ${quote(`authorization: ${authorization}`)}`,
      `--data-raw ${quote(body)}`,
      '--compressed',
    ].join(join);
const bash = curl(single, ' \\\n  ');
const webRequest =
  (body: (text: string) => string) =>
  ({ authorization, body: text }: Sent): string =>
    [
      `Invoke-WebRequest -UseBasicParsing -Uri ${backticks(url)}`,
      '-Method "POST"',
      '-WebSession $session',
      `-Headers @{\n"authority"="api.example.com"\n  "authorization"=${backticks(authorization)}\n}`,
      '-ContentType "application/json"',
      `-Body ${body(text)}`,
    ].join(' `\n');
const fetchOf =
  (call: string) =>
  ({ authorization, body }: Sent): string =>
    `${call}(${stringify(url)}, ${stringify({ headers: { accept: '*/*', authorization }, referrerPolicy: 'no-referrer', body, method: 'POST', mode: 'cors' }, undefined, 2)});`;
const httpHead = ({ authorization }: Sent): string => `Content-Type: application/json\nAuthorization: ${authorization}`;
const http =
  (line: string) =>
  (sent: Sent): string =>
    `${line}\n${httpHead(sent)}\n\n${sent.body}\n`;

const entry = ({ authorization, body }: Sent, changes: object = {}): object => ({
  request: {
    method: 'POST',
    url,
    httpVersion: 'h2',
    headers: [
      { name: ':authority', value: 'api.example.com' },
      { name: ':method', value: 'POST' },
      { name: 'Authorization', value: authorization },
    ],
    postData: { mimeType: 'application/json', text: body },
    ...changes,
  },
});
const preflight = { request: { method: 'OPTIONS', url, headers: [] } };
const other = { request: { method: 'GET', url: 'https://cdn.example.com/app.js', headers: [] } };
const har = (entries: readonly object[]): string =>
  stringify({ log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, entries } });

const postmanItem = ({ body }: Sent, index: number, changes: object = {}): object => ({
  name: `bind ${index + 1}`,
  request: {
    method: 'POST',
    header: [{ key: 'X-Off', value: 'x', disabled: true }],
    url: { raw: `{{baseUrl}}${operationPath}`, host: ['{{baseUrl}}'] },
    body: { mode: 'raw', raw: body },
    ...changes,
  },
});
const postman = (version: string, requests: readonly Sent[], auth: object, item: readonly object[]): string =>
  stringify({
    info: { name: 'Binding', schema: `https://schema.getpostman.com/json/collection/v${version}/collection.json` },
    auth,
    variable: [
      { key: 'baseUrl', value: 'https://api.example.com' },
      { key: 'token', value: requests[0]?.authorization.slice('Bearer '.length) },
    ],
    item: [
      { name: 'other', request: 'https://api.example.com/health' },
      { name: 'Folder', item: [{ name: 'Inner', item }] },
    ],
  });
const bearer21 = { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] };

const insomniaEnvironment = {
  _id: 'env_1',
  _type: 'environment',
  parentId: 'wrk_1',
  name: 'Base',
  data: { host: 'https://api.example.com' },
};
const insomnia4 = (requests: readonly Sent[]): string =>
  stringify({
    _type: 'export',
    __export_format: 4,
    resources: [
      { _id: 'wrk_1', _type: 'workspace', name: 'Binding' },
      insomniaEnvironment,
      ...requests.map(({ authorization, body }, index) => ({
        _id: `req_${index}`,
        _type: 'request',
        name: `bind ${index}`,
        method: 'POST',
        url: `{{ _.host }}${operationPath}`,
        headers: [],
        body: { mimeType: 'application/json', text: body },
        authentication: { type: 'bearer', token: authorization.slice('Bearer '.length), prefix: '' },
      })),
    ],
  });
const insomnia5 = (requests: readonly Sent[]): string =>
  [
    'type: collection.insomnia.rest/5.0',
    'name: Binding',
    'collection:',
    '  - name: Folder',
    '    authentication:',
    '      type: bearer',
    `      token: ${requests[0]?.authorization.slice('Bearer '.length)}`,
    '    children:',
    ...requests.flatMap(({ body }, index) => [
      `      - url: "{{ host }}${operationPath}"`,
      `        name: bind ${index}`,
      '        method: POST',
      '        body:',
      '          mimeType: application/json',
      '          text: |-',
      `            ${body}`,
      '        headers:',
      '          - name: Content-Type',
      '            value: application/json',
    ]),
    'environments:',
    '  name: Base',
    '  data:',
    '    host: https://api.example.com',
  ].join('\n');

const each =
  (write: (sent: Sent) => string, between = '\n') =>
  (requests: readonly Sent[]): string =>
    requests.map(write).join(between);
const item = ({ authorization, body }: Sent): object => ({
  headers: { authorization },
  body: JSON.parse(body) as unknown,
});
const fenced =
  (write: (requests: readonly Sent[]) => string) =>
  (requests: readonly Sent[]): string =>
    `# Report\n\nIt fails:\n\n\`\`\`sh\n${write(requests)}\n\`\`\`\n\nWhy?\n`;
const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

/** Every form of file that holds requests, with the escapes of the tool that writes it. */
export const fileForms: readonly FileForm[] = [
  ['JSON list', (requests) => stringify(requests.map(item), undefined, 2)],
  ['NDJSON', each((sent) => stringify(item(sent)))],
  ['JSON outputs one after the other', each((sent) => stringify(item(sent), undefined, 2), '\n\n')],
  ['JSON after a comment', (requests) => `# request\n// of today\n${stringify(requests.map(item))}`],
  ['JSON with a byte order mark', (requests) => `\ufeff${stringify(requests.map(item))}`],
  ['JSON in UTF-16 LE', (requests) => utf16(stringify(requests.map(item)))],
  ['JSON in UTF-16 BE', (requests) => utf16(stringify(requests.map(item)), true)],
  ['UTF-16 without a mark', (requests) => Buffer.from(stringify(requests.map(item)), 'utf16le')],
  ['JSON bodies', (requests) => stringify(requests.map(({ body }) => JSON.parse(body) as unknown)), 'no token'],
  ['curl (bash)', each(bash)],
  ['curl (bash), "copy all"', each(bash, ' ;\n')],
  ['curl joined by &&', each(bash, ' && ')],
  ['curl in double quotes', each(curl(double))],
  ["curl in $'…'", each(curl(ansi))],
  ['curl with comments', each((sent) => `# the request\n${bash(sent)} # sent\n`)],
  ['curl after a prompt', each((sent) => `$ ${bash(sent)}`)],
  ['curl after a long prompt', each((sent) => `me@box:~/app (main) $ ${bash(sent)}`)],
  ['curl after an assignment', each((sent) => `TOKEN=x ${bash(sent)}`)],
  [
    'curl with --next',
    (requests) =>
      requests
        .map(bash)
        .join(' ')
        .replaceAll(/(?<=.) curl /g, ' --next '),
  ],
  ['curl into jq', each((sent) => `${bash(sent)} | jq .code`)],
  ['curl with line breaks that lost their backslash', each(curl(single, '\n'))],
  ['curl with CRLF', each(curl(single, ' \\\r\n'), '\r\n')],
  ['curl in UTF-16', (requests) => utf16(requests.map(bash).join('\n'))],
  ['curl (cmd)', each(curl(carets, ' ^\n '), ' &\n')],
  ['curl (cmd) with CRLF', each(curl(carets, ' ^\r\n '), ' &\r\n')],
  ['curl (cmd) in plain quotes', each(curl(doubled, ' ^\r\n '), ' &\r\n')],
  ['curl (cmd) after a prompt', each((sent) => `C:\\> ${curl(carets, ' ^\n ')(sent)}`, ' &\n')],
  [
    'PowerShell of Chrome',
    each(
      (sent) =>
        `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla/5.0 (X11; Linux)"\n${webRequest((text) => `([System.Text.Encoding]::UTF8.GetBytes(${backticks(text)}))`)(sent)}`,
      ';\n',
    ),
  ],
  ['PowerShell with a plain body', each(webRequest(backticks), ';\n')],
  ['PowerShell with a body in single quotes', each(webRequest(plainPowershell))],
  ['PowerShell with bytes', each(webRequest((text) => `([byte[]](${[...Buffer.from(text)].join(', ')}))`))],
  [
    'PowerShell with variables',
    each(
      (sent) =>
        `$body = @'\n${sent.body}\n'@\n$h = @{ Authorization = ${backticks(sent.authorization)} }\n$r = Invoke-RestMethod -Method Post -Uri ${backticks(url)} -Headers $h -Body $body`,
    ),
  ],
  ['fetch', each(fetchOf('fetch'))],
  ['fetch in a module', each((sent) => `(async () => {\n${fetchOf('const response = await fetch')(sent)}\n})();`)],
  ['Node.js fetch', each(fetchOf('await globalThis.fetch'))],
  [
    'fetch with JSON.stringify',
    each(
      ({ authorization, body }) =>
        `await fetch('${url}', { method: 'POST', headers: { Authorization: '${authorization}' }, body: JSON.stringify(${body}) });`,
    ),
  ],
  [
    'fetch with constants',
    each(
      ({ authorization, body }) =>
        `if (true) { const body = ${stringify(body)};\nconst headers = new Headers({ "Authorization": ${stringify(authorization)}, });\nfetch(new URL("${url}"), { method: "POST", headers, body }); }`,
    ),
  ],
  [
    'HTTPie with --raw',
    each(({ authorization, body }) => `http POST ${url} Authorization:${single(authorization)} --raw ${single(body)}`),
  ],
  [
    'HTTPie with items',
    each(
      ({ authorization, body }) =>
        `$ http ${url} ${single(`Authorization:${authorization}`)} ${Object.entries(JSON.parse(body) as object)
          .map(([key, value]) => single(`${key}=${String(value)}`))
          .join(' ')}`,
    ),
  ],
  ['HAR', (requests) => har([other, preflight, ...requests.map((sent) => entry(sent))])],
  [
    'HAR without Authorization',
    (requests) =>
      har(requests.map((sent) => entry(sent, { headers: [{ name: ':path', value: operationPath }], cookies: [] }))),
    'no token',
  ],
  [
    'HAR with Base64 bodies',
    (requests) =>
      har(
        requests.map((sent) =>
          entry(sent, { postData: { text: Buffer.from(sent.body).toString('base64'), encoding: 'base64' } }),
        ),
      ),
  ],
  ['HAR with a byte order mark', (requests) => `\ufeff${har(requests.map((sent) => entry(sent)))}`],
  [
    'Postman 2.1 with an inherited token',
    (requests) =>
      postman(
        '2.1.0',
        requests,
        bearer21,
        requests.map((sent, index) => postmanItem(sent, index)),
      ),
  ],
  [
    'Postman 2.0',
    (requests) =>
      postman(
        '2.0.0',
        requests,
        { type: 'bearer', bearer: { token: '{{token}}' } },
        requests.map((sent, index) => postmanItem(sent, index, { url: `{{baseUrl}}${operationPath}` })),
      ),
  ],
  [
    'Postman with an Authorization header',
    (requests) =>
      postman(
        '2.1.0',
        requests,
        { type: 'noauth' },
        requests.map((sent, index) =>
          postmanItem(sent, index, { header: [{ key: 'Authorization', value: sent.authorization }] }),
        ),
      ),
  ],
  [
    'Postman from its API',
    (requests) =>
      `{"collection":${postman(
        '2.1.0',
        requests,
        bearer21,
        requests.map((sent, index) => postmanItem(sent, index)),
      )}}`,
  ],
  ['Insomnia 4', insomnia4],
  ['Insomnia 5', insomnia5],
  ['.http', each((sent) => http(`POST ${url}`)(sent), '\n###\n')],
  [
    '.http with names and variables',
    (requests) =>
      `@host = https://api.example.com\n@path=${operationPath}\n\n${each((sent) => `### Bind\n# @name bind\n// a comment\n${http('POST {{host}}{{path}} HTTP/1.1')(sent)}`)(requests)}`,
  ],
  [
    '.http of JetBrains with scripts',
    each(
      (sent) =>
        `### Bind\n< {%\n  client.global.set("x", "1")\n%}\nPOST ${url}\n    ?trace=1\n${httpHead(sent)}\n\n${sent.body}\n\n> {%\n  client.log(response.status)\n%}\n\n<> 2026-01-01.200.json\n`,
    ),
  ],
  [
    '.http with a URL on several lines',
    each((sent) => http(`POST https://api.example.com\n    ${operationPath}\n    ?trace=1`)(sent), '\n###\n'),
  ],
  [
    '.http with other requests',
    (requests) => `GET https://api.example.com/health\n\n###\n${each(http(`POST ${url}`), '\n###\n')(requests)}`,
  ],
  ['raw HTTP/1.1', each(http(`POST ${operationPath} HTTP/1.1\nHost: api.example.com`), '\n###\n')],
  [
    'raw HTTP/1.1 with CRLF',
    (requests) =>
      each(http(`POST ${operationPath} HTTP/1.1\nHost: api.example.com`), '\n###\n')(requests).replaceAll('\n', '\r\n'),
  ],
  [
    'raw HTTP/1.1 in one chunk',
    each(
      (sent) =>
        `POST ${operationPath} HTTP/1.1\nTransfer-Encoding: chunked\n${httpHead(sent)}\n\n${Buffer.byteLength(sent.body).toString(16)}\n${sent.body}\n0\n`,
      '\n###\n',
    ),
  ],
  ['curl in a fenced block', fenced(each(bash))],
  ['JSON in a fenced block', fenced((requests) => stringify(requests.map(item)))],
  ['HTTP in fenced blocks', (requests) => each((sent) => `~~~http\n${http(`POST ${url}`)(sent)}~~~\n`)(requests)],
];
