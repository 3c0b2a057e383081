import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importDocument } from '../../../spec/document/import/import-document.ts';
import type { VendorDocument } from '../../../spec/document/model.ts';
import { readDocument, readDocumentFile } from '../../../spec/document/read-document.ts';
import { contractPage } from '../../../spec/document/testing/contract-page.ts';
import { page } from '../../../spec/document/testing/pages.ts';
import { startDocumentMock } from './document-mock.ts';

const scene = readDocument(page('lamp-scene.md'), 'scene.md');
const history = readDocument(page('lamp-history.zh.md'), 'history.md');
const json = { 'content-type': 'application/json' };

type Asked = {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | FormData | URLSearchParams;
};

/** The status and the body of each answer, in order. */
async function ask(document: VendorDocument, ...requests: readonly Asked[]): Promise<readonly unknown[]> {
  await using mock = await startDocumentMock(importDocument(document).document);
  const answers: unknown[] = [];
  for (const { path = document.path.text, method = document.method.text, headers = {}, body } of requests) {
    const response = await fetch(mock.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    answers.push([response.status, await response.json()]);
  }
  return answers;
}

test('answers valid, preferred and invalid requests', async () => {
  const valid = JSON.stringify({ lamps: [{ lampId: 'a' }], mode: 1, proof: 'x' });
  const noSuchExample = 'the page has no such code or example; its examples are E200, E7101, E7102, E7103';
  const success = { code: 200, data: { dimmed: '', lamps: [], sceneId: 0 }, msg: '' };
  expect(
    await ask(
      scene,
      { headers: json, body: valid },
      { headers: { ...json, prefer: 'example=E7102' }, body: valid },
      { headers: { ...json, prefer: 'code=7103' }, body: 'not JSON' },
      { headers: json, body: JSON.stringify({ lamps: [{}], mode: 'one', proof: 'x' }) },
      { headers: json, body: '{' },
      { headers: { ...json, prefer: 'example=E9999' }, body: valid },
      { headers: { ...json, prefer: 'code=9999' }, body: valid },
      { headers: { ...json, prefer: 'code=200' }, body: valid },
      { path: '/elsewhere' },
      { method: 'PUT' },
    ),
  ).toEqual([
    [200, success],
    [200, { code: 7102, data: null, msg: 'Unknown lamp' }],
    [200, { code: 7103, data: null, msg: 'The name is too long' }],
    [
      422,
      expect.objectContaining({
        status: 422,
        validation: [
          expect.objectContaining({ location: ['body', 'lamps', '0'] }),
          expect.objectContaining({ location: ['body', 'mode'] }),
        ],
      }),
    ],
    [422, expect.objectContaining({ status: 422 })],
    [404, expect.objectContaining({ title: noSuchExample })],
    [404, expect.objectContaining({ title: noSuchExample })],
    [200, success],
    [404, expect.objectContaining({ status: 404 })],
    [405, expect.objectContaining({ status: 405 })],
  ]);
});

test('validates the path and the query', async () => {
  const [good, missing, wrong, other] = await ask(
    history,
    { path: '/v2/lamp/%E7%81%AF%2F1/history?kinds=a&kinds=b&current=2&order=ASC' },
    { path: '/v2/lamp/1/history' },
    { path: '/v2/lamp/1/history?order=UP' },
    { path: '/v2/lamp/1/history', headers: { prefer: 'code=404' } },
  );
  expect(good).toEqual([200, { records: [expect.objectContaining({ at: '2026-01-01T00:00:00Z' })] }]);
  expect(missing).toMatchObject([200, { records: [{}] }]);
  expect(wrong).toMatchObject([422, { validation: [{ location: ['query', 'order'] }] }]);
  expect(other).toEqual([404, { reason: '' }]);
});

test('accepts a form with a file', async () => {
  const form = new FormData();
  form.set('photo', new Blob(['abc']), 'a.png');
  form.set('lampId', '1');
  const [good] = await ask(readDocument(page('lamp-photo.us.md'), 'photo.md'), { body: form });
  expect(good).toMatchObject([200, { code: 200 }]);
});

test('answers a bare value and refuses an unreadable path', async () => {
  const off = readDocument(page('lamp-group.zh.md'), 'group.md', { path: '/lamp/off' });
  expect(await ask(off, { path: '/lamp/off?lampId=1' }, { path: '/lamp/%E0%A4%A' }, { path: '//' })).toEqual([
    [200, true],
    [400, expect.any(Object)],
    [400, expect.objectContaining({ title: 'the request cannot be read' })],
  ]);
});

test('reports a port that is in use', async () => {
  await using mock = await startDocumentMock(importDocument(scene).document);
  await expect(startDocumentMock(importDocument(scene).document, { port: mock.port })).rejects.toThrow(
    /^port \d+ is in use; choose another --port/,
  );
});

const vendor = new URL('../../../../shared/document/', import.meta.url);
const vendorPages = existsSync(vendor)
  ? ['deviceBindingByPureBt.md', ...readdirSync(new URL('siblings/', vendor)).map((name) => `siblings/${name}`)].map(
      (name) => readDocumentFile(new URL(name, vendor).pathname),
    )
  : [];

test.each(
  [scene, readDocument(contractPage(), 'contract.md'), ...vendorPages].map(
    (document) => [document.file.split('/').at(-1), document] as const,
  ),
)('answers every code of %s', async (_, document) => {
  const preferring = document.statuses.map(({ code }) => ({ headers: { prefer: `example=E${code}` } }));
  const answers = await ask(document, ...preferring);
  expect(answers).toEqual(document.statuses.map(({ code }) => [200, expect.objectContaining({ code })]));
});
