import { operationPath } from '../../../../../spec/pure-bt/path.ts';
import { type FileForm, type Sent, url } from './file-form.ts';

const { stringify } = JSON;

/** A HAR with these requests and others; `changes` are those of a request's members. */
const har =
  (changes: (sent: Sent) => object = () => ({})) =>
  (requests: readonly Sent[]): string => {
    const entries = requests.map((sent) => ({
      method: 'POST',
      url,
      httpVersion: 'h2',
      headers: [
        { name: ':authority', value: 'api.example.com' },
        { name: ':method', value: 'POST' },
        { name: 'Authorization', value: sent.authorization },
      ],
      postData: { mimeType: 'application/json', text: sent.body },
      ...changes(sent),
    }));
    const preflight = { method: 'OPTIONS', url, headers: [] };
    const other = { method: 'GET', url: 'https://cdn.example.com/app.js', headers: [] };
    const creator = { name: 'WebInspector', version: '537.36' };
    const all = [other, preflight, ...entries].map((request) => ({ request }));
    return stringify({ log: { version: '1.2', creator, entries: all } });
  };

/** A Postman collection with these requests in a folder; `changes` are those of a request's members. */
const postman =
  (version: string, auth: object, changes: (sent: Sent) => object = () => ({})) =>
  (requests: readonly Sent[]): string => {
    const item = requests.map((sent, index) => ({
      name: `bind ${index + 1}`,
      request: {
        method: 'POST',
        header: [{ key: 'X-Off', value: 'x', disabled: true }],
        url: { raw: `{{baseUrl}}${operationPath}`, host: ['{{baseUrl}}'] },
        body: { mode: 'raw', raw: sent.body },
        ...changes(sent),
      },
    }));
    return stringify({
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
  };
const bearer21 = { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] };

const insomnia4 = (requests: readonly Sent[]): string =>
  stringify({
    _type: 'export',
    __export_format: 4,
    resources: [
      { _id: 'wrk_1', _type: 'workspace', name: 'Binding' },
      { _id: 'env_1', _type: 'environment', name: 'Base', data: { host: 'https://api.example.com' } },
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
  ['HAR', har()],
  [
    'HAR without Authorization',
    har(() => ({ headers: [{ name: ':path', value: operationPath }], cookies: [] })),
    'no token',
  ],
  [
    'HAR with Base64 bodies',
    har(({ body }) => ({ postData: { text: Buffer.from(body).toString('base64'), encoding: 'base64' } })),
  ],
  ['HAR with a byte order mark', (requests) => `\ufeff${har()(requests)}`],
  ['Postman 2.1 with an inherited token', postman('2.1.0', bearer21)],
  [
    'Postman 2.0',
    postman('2.0.0', { type: 'bearer', bearer: { token: '{{token}}' } }, () => ({
      url: `{{baseUrl}}${operationPath}`,
    })),
  ],
  [
    'Postman with an Authorization header',
    postman('2.1.0', { type: 'noauth' }, ({ authorization }) => ({
      header: [{ key: 'Authorization', value: authorization }],
    })),
  ],
  ['Postman from its API', (requests) => `{"collection":${postman('2.1.0', bearer21)(requests)}}`],
  ['Insomnia 4', insomnia4],
  ['Insomnia 5', insomnia5],
];
