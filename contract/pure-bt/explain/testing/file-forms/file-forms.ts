import { operationPath } from '../../../../../spec/pure-bt/path.ts';
import { collectionForms } from './collections.ts';
import { bash, commandForms } from './commands.ts';
import { each, type FileForm, type Sent, url, utf16 } from './file-form.ts';

const httpHead = ({ authorization }: Sent): string => `Content-Type: application/json\nAuthorization: ${authorization}`;
/** A request after its first line. */
const http =
  (line: string) =>
  (sent: Sent): string =>
    `${line}\n${httpHead(sent)}\n\n${sent.body}\n`;

const httpForms: readonly FileForm[] = [
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
];

const { stringify } = JSON;
const item = ({ authorization, body }: Sent): object => ({
  headers: { authorization },
  body: JSON.parse(body) as unknown,
});
const fenced =
  (write: (requests: readonly Sent[]) => string) =>
  (requests: readonly Sent[]): string =>
    `# Report\n\nIt fails:\n\n\`\`\`sh\n${write(requests)}\n\`\`\`\n\nWhy?\n`;

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
  ...commandForms,
  ...collectionForms,
  ...httpForms,
  ['curl in a fenced block', fenced(each(bash))],
  ['JSON in a fenced block', fenced((requests) => stringify(requests.map(item)))],
  ['HTTP in fenced blocks', (requests) => each((sent) => `~~~http\n${http(`POST ${url}`)(sent)}~~~\n`)(requests)],
];
