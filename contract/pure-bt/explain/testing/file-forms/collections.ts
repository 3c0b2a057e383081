import { operationPath } from '../../../../../spec/pure-bt/path.ts';
import type { FileForm, Sent } from './file-form.ts';
import { url } from './file-form.ts';

const { stringify } = JSON;

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

/** Recordings and collections. */
export const collectionForms: readonly FileForm[] = [
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
];
