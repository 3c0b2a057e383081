import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { growingMask } from '../../../contract/mask.ts';
import { exportRequests } from '../../../contract/pure-bt/export/export.ts';
import { openReferenceTarget } from '../../../contract/pure-bt/targets/reference.ts';
import type { Exchange } from '../../../contract/targets/exchange.ts';
import { recording } from '../../../contract/targets/recording.ts';
import type { Target } from '../../../contract/targets/target.ts';
import { goodFixture } from '../../../contract/testing/servers.ts';
import type { ApiRequest, ApiResponse } from '../../../spec/http.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { testFolder } from '../../testing/folder.ts';
import { verifying } from '../../testing/verifying.ts';
import { hostile } from '../testing/synthetic.ts';
import { openHar } from './har.ts';

type Message = {
  status: number;
  headers: { name: string; value: string }[];
  bodySize: number;
  content: { text?: string; encoding?: string; size: number; comment?: string };
  postData?: { text: string; comment?: string };
};
type Har = { log: { entries: { request: Message; response: Message; comment?: string }[] } };

const fixture = goodFixture(1);
const url = 'http://127.0.0.1:8080';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const isHar = await harValidator();

/** The JSON Schema of HAR (draft 6). */
async function harValidator(): Promise<(value: unknown) => unknown> {
  const require = createRequire(import.meta.url);
  const ajv = new Ajv({
    strict: false,
    formats: {
      'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
      date: true,
      time: true,
      uri: URL.canParse,
      ipv4: true,
      ipv6: true,
    },
  });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  const schemas = require('har-schema') as Record<string, object>;
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  return (value) => {
    expect(ajv.validate('har.json#', value), ajv.errorsText()).toBe(true);
    return value;
  };
}

const request: ApiRequest = {
  method: 'POST',
  path: '/v2/binding/enduserapi/deviceBindingByPureBt',
  headers: [
    ['Authorization', `Bearer ${fixture.token}`],
    ['content-type', 'application/json'],
  ],
  body: bytes(JSON.stringify({ pk: fixture.pk, bindingCode: fixture.bindingCode, pwd: `${fixture.pwd}-altered` })),
};
const response: ApiResponse = {
  httpStatus: 200,
  headers: [['content-type', 'application/json']],
  body: bytes('{"code":200}'),
  truncated: false,
  durationMs: 3.5,
};

/** Writes exchanges to a file, reads it back and validates it. */
async function written(
  exchanges: readonly (readonly [Partial<ApiRequest>, Partial<ApiResponse> | Exchange])[],
  showSecrets = false,
): Promise<{ har: Har; text: string; file: string }> {
  const file = join(testFolder(), 'traffic.har');
  {
    using har = openHar(file, { url, showSecrets, known: growingMask(operation) });
    har.onFixture(fixture);
    for (const [asked, came] of exchanges) {
      const exchange: Exchange = 'kind' in came ? came : { kind: 'answer', response: { ...response, ...came } };
      har.onExchange({ ...request, ...asked }, exchange, new Date());
    }
  }
  const text = await readFile(file, 'utf8');
  return { har: isHar(JSON.parse(text)) as Har, text, file };
}

test('writes a request and its answer with masked secrets', async () => {
  const { har, text, file } = await written([[{}, {}]]);
  const [entry] = har.log.entries;
  expect(entry?.request.headers[0]?.value).toBe('Bearer «token»');
  expect(entry?.request.postData?.text).toBe(
    `{"pk":"${fixture.pk}","bindingCode":"«bindingCode»","pwd":"«pwd, altered: 23 characters»"}`,
  );
  expect(entry?.response).toMatchObject({
    status: 200,
    content: { text: '{"code":200}', size: 12, mimeType: 'application/json' },
  });
  for (const secret of [fixture.token, fixture.bindingCode, fixture.pwd]) expect(text).not.toContain(secret);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('writes secrets unmasked on request', async () => {
  const { har } = await written([[{}, {}]], true);
  expect(har.log.entries[0]?.request.headers[0]?.value).toBe(`Bearer ${fixture.token}`);
  expect(har.log.entries[0]?.request.postData?.text).toContain(`${fixture.pwd}-altered`);
});

test('masks a token in the URL and in the list of parameters', async () => {
  const { har, text } = await written([[{ path: `/p?access_token=${fixture.token}&token=${fixture.token}x&a=1` }, {}]]);
  const { request: sent } = har.log.entries[0] as unknown as { request: { url: string; queryString: object[] } };
  expect(sent.url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/p\?access_token=%C2%ABtoken%C2%BB&token=%C2%ABtoken/);
  expect(sent.queryString[0]).toEqual({ name: 'access_token', value: '«token»' });
  expect(text).not.toContain(fixture.token);
});

test('writes status 0 and the reason for a missing answer', async () => {
  const { har } = await written([
    [{}, { kind: 'no-answer', reason: 'reset', detail: `closed by ${fixture.ps}`, durationMs: 2, stale: false }],
  ]);
  expect(har.log.entries[0]?.response.status).toBe(0);
  expect(har.log.entries[0]?.comment).toBe('no answer: closed by «ps»');
});

test('masks altered secrets by the name of their field or header', async () => {
  const altered = `${fixture.token.slice(0, -3)}AAA`;
  const { text } = await written([
    [
      {
        headers: [['AUTHORIZATION', `Bearer ${altered}`]],
        body: bytes('{"bindingCode" : "0123456789abcdefX", "pwd":"half of a sec'),
      },
      { headers: [['set-cookie', 'session=abcdefghijklmnop']] },
    ],
  ]);
  for (const part of [altered, '0123456789abcdefX', 'half of a sec', 'abcdefghijklmnop'])
    expect(text).not.toContain(part);
  expect(text).toContain('altered');
});

test('masks secrets of any device in any form', async () => {
  const secrets = `${fixture.bindingSecret} ${Buffer.from(fixture.userDomainSecret).toString('base64')} ${fixture.ps.toUpperCase()}`;
  const { text } = await written([
    [{}, { body: bytes(secrets) }],
    [{}, { body: Buffer.concat([Buffer.from([0xff]), bytes(secrets)]) }],
  ]);
  expect(text).not.toContain(fixture.bindingSecret);
  expect(text).not.toContain(Buffer.from(fixture.bindingSecret).toString('base64').slice(2, -4));
});

test('cuts bodies at 64 KB without cutting a secret in half', async () => {
  const body = bytes('x'.repeat(64 * 1024 + 16 * 1024 - 5) + fixture.bindingSecret + 'y'.repeat(900_000));
  const { har } = await written([[{ body }, { body }]]);
  const [entry] = har.log.entries;
  expect(entry?.response.content.text?.length).toBeLessThanOrEqual(64 * 1024);
  expect(/^x+$/.test(entry?.response.content.text ?? '')).toBe(true);
  expect(entry?.response.content).toMatchObject({ size: body.length, comment: `cut: ${body.length} bytes in total` });
  expect(entry?.request.postData?.comment).toContain('cut');
});

test('writes Base64 for binary data and leaves out encoded bodies', async () => {
  const { har } = await written([
    [{}, { body: Uint8Array.of(0xff, 0xfe, 0x00) }],
    [{}, { headers: [['Content-Encoding', 'gzip']], body: Uint8Array.of(0x1f, 0x8b) }],
    [
      {
        body: [
          { bytes: bytes('{"a":'), afterMs: 0 },
          { bytes: bytes('1}'), afterMs: 5 },
        ],
      },
      {},
    ],
    [{ body: new Uint8Array() }, { body: new Uint8Array() }],
  ]);
  const [binary, encoded, pieces, empty] = har.log.entries;
  expect(binary?.response.content).toMatchObject({ encoding: 'base64', text: '//4A' });
  expect(encoded?.response.content.comment).toMatch(/^2 bytes left out/);
  expect(pieces?.request.postData).toMatchObject({ text: '{"a":1}', comment: 'sent in 2 pieces' });
  expect(empty?.request.postData).toBeUndefined();
});

test('writes text of a target as plain ASCII', async () => {
  const { har, text } = await written([[{}, { body: bytes(hostile), headers: [['x', hostile]] }]]);
  expect(har.log.entries[0]?.response.content.text).toBe(hostile);
  expect(text).not.toMatch(/[^\n\u0020-\u007e]/);
});

test('writes a valid archive without traffic', async () => {
  expect((await written([])).har.log.entries).toEqual([]);
});

test('records every request of a run, and no secret', async () => {
  await using reference = await openReferenceTarget();
  const secrets: string[] = [];
  const target: Target = recording(reference, {
    onFixture: ({ token = '', ps = '', bindingCode = '', bindingSecret = '' }) =>
      secrets.push(token, ps, bindingCode, bindingSecret),
    onExchange: () => undefined,
  });
  const flags = { reference: true, seed: 7, out: testFolder(), har: true };
  const only = ['dk/', 'pwd/', 'token/', 'transport/'];
  const { results, out } = await verifying({ ...flags, only }, {}, { target });
  const text = await readFile(join(out, 'traffic.har'), 'utf8');
  const { log } = isHar(JSON.parse(text)) as Har;
  expect(log.entries.length).toBeGreaterThanOrEqual(results.summary.requests);
  for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
});

test('an export of requests has the shape of HAR 1.2', async () => {
  const { text } = await exportRequests({ format: 'har', names: [], baseUrl: url, seed: 1 });
  const { log } = isHar(JSON.parse(text)) as { log: { entries: readonly object[] } };
  expect(log.entries.length).toBeGreaterThan(200);
});
