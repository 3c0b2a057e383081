import { operationPath } from '../../../../../spec/pure-bt/path.ts';
import type { FileForm, Sent } from './file-form.ts';
import { each, url } from './file-form.ts';

const httpHead = ({ authorization }: Sent): string => `Content-Type: application/json\nAuthorization: ${authorization}`;
/** A request after its first line. */
export const http =
  (line: string) =>
  (sent: Sent): string =>
    `${line}\n${httpHead(sent)}\n\n${sent.body}\n`;

/** HTTP as text. */
export const httpForms: readonly FileForm[] = [
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
