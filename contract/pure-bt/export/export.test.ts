import { expect, test } from 'vitest';
import { isMap, parseDocument } from 'yaml';
import { lintSpec } from '../../../spec/lint.ts';
import { readOpenApi } from '../../../spec/pure-bt/contract-file.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { dialectSettings } from '../../../spec/pure-bt/settings.ts';
import { checkFixture, type Payload } from '../../payload.ts';
import { explain } from '../explain/explain.ts';
import { isClean } from '../explain/explanation.ts';
import { readRequestFile } from '../explain/read-request/read-request.ts';
import { device, known } from '../explain/testing/device.ts';
import { namedRequests, payload } from '../payload.ts';
import { entriesNamed } from './entries.ts';
import { exportRequests } from './export.ts';
import { runNewman } from './testing/run-newman.ts';

const { random: _, ...secrets } = device;
const fixture = checkFixture(secrets, operation);
const baseUrl = 'http://127.0.0.1:8080';
const valid = namedRequests()
  .filter(({ kind }) => kind === 'valid')
  .map(({ id }) => id);

test.each(['http', 'har'] as const)('explain finds every valid request of --format %s right', async (format) => {
  const { text } = await exportRequests({ format, names: valid, baseUrl, fixture, seed: 1 });
  const { requests, unreadable } = readRequestFile(Buffer.from(text), 'file');
  expect(unreadable).toEqual([]);
  expect(requests).toHaveLength(valid.length);
  const wrong = requests.filter((request) => !isClean(explain(known(request.body, { request }))));
  expect(wrong).toEqual([]);
});

test('explain finds what payload prints right: JSON, NDJSON and curl', async () => {
  const rows: Payload[] = [];
  for await (const row of payload({ fixture: secrets, count: 3, seed: 1 })) rows.push(row);
  const texts = [
    JSON.stringify(rows),
    rows.map((row) => JSON.stringify(row)).join('\n'),
    rows.map(({ curl }) => curl(baseUrl)).join('\n'),
  ];
  for (const text of texts) {
    const { requests } = readRequestFile(Buffer.from(text), 'file');
    expect(requests.map((request) => isClean(explain(known(request.body, { request }))))).toEqual([true, true, true]);
  }
});

test('a collection computes its requests in a script, and has no secret', async () => {
  const { text, note } = await exportRequests({ format: 'postman', names: [], baseUrl, fixture });
  expect(() => readRequestFile(Buffer.from(text), 'file')).toThrow(
    /has variables without a value in its body: pk, dk, bindingCode/,
  );
  expect(note).toMatch(/^left out: \d+ requests \(token\/.*\): the script of the collection cannot compute them/);
  const { pk: _pk, dk: _dk, ...hidden } = secrets;
  for (const secret of Object.values(hidden)) expect(text).not.toContain(secret);
});

test.each([
  ['k6', /^left out: 22 requests \(old-secret\/(?:\S+, ){9}\S+ and 12 more\): .* they need another state/m],
  ['openapi-examples', /^left out: \d+ requests \((?:\S+, ){9}\S+ and \d+ more\): only correct requests are examples/m],
  ['har', /^left out: 4 requests \(token\/expired, .*\): only the token issuer can sign such a token/m],
] as const)('--format %s says in short lines what is left out and why', async (format, said) => {
  const { note = '' } = await exportRequests({ format, names: [], baseUrl, seed: 1 });
  expect(note).toMatch(said);
  for (const line of note.split('\n')) expect(line.length).toBeLessThan(500);
});

test.each(entriesNamed([]).filter(({ needs }) => needs !== undefined))(
  'payload and the formats agree on $id',
  async (one) => {
    const made = await Promise.allSettled([
      payload({ name: one.id, fixture: secrets }).next(),
      exportRequests({ format: 'har', names: [one.id], baseUrl }),
    ]);
    const status = one.needs === 'foreignKeyPem' ? 'fulfilled' : 'rejected';
    expect(made.map((each) => each.status)).toEqual([status, status]);
  },
);

test('the examples fit into openapi.yaml', async () => {
  const { text } = await exportRequests({ format: 'openapi-examples', names: [], baseUrl: '', seed: 1 });
  const { examples } = JSON.parse(text) as { examples: object };
  expect(Object.keys(examples)).toHaveLength(valid.length);
  const document = parseDocument(readOpenApi());
  const content = document.getIn([
    'paths',
    '/v2/binding/enduserapi/deviceBindingByPureBt',
    'post',
    'requestBody',
    'content',
    'application/json',
  ]);
  if (!isMap(content)) throw new Error('openapi.yaml has no request body');
  content.set('examples', document.createNode(examples));
  expect(await lintSpec(document.toString(), (key) => Object.hasOwn(dialectSettings, key))).toEqual([]);
});

test('one request of each kind gets its code in Newman', async () => {
  const names = [
    'plain',
    'code/encrypted',
    'name/emoji',
    'dk/too-short',
    'token/missing',
    'signature/without-pwd',
    'encrypted-code/wrong-iv',
    'old-secret/other-start',
    'random/too-long',
  ];
  await runNewman(names);
});
