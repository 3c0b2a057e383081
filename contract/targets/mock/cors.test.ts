import { describe, expect, test } from 'vitest';
import { importDocument } from '../../../spec/document/import/import-document.ts';
import { readDocument } from '../../../spec/document/read-document.ts';
import { page } from '../../../spec/document/testing/pages.ts';
import type { Listening } from '../../../spec/listen.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { startStrictMock } from '../../pure-bt/strict-mock/strict-mock.ts';
import { startMock } from '../../pure-bt/targets/mock.ts';
import { startDocumentMock } from './document-mock.ts';

const lamp = readDocument(page('lamp-scene.md'), 'scene.md');

const mocks: readonly (readonly [name: string, start: () => Promise<Listening>, path: string])[] = [
  ['mock', startMock, operationPath],
  ['mock --document', () => startDocumentMock(importDocument(lamp).document), lamp.path.text],
  ['mock --strict', () => startStrictMock({ seed: 1 }), operationPath],
];

function corsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => /^(access-control-|vary)/.test(name)));
}

describe.each(mocks)('%s', (_name, start, path) => {
  test('lets a page of any origin ask before it sends', async () => {
    await using mock = await start();
    const response = await fetch(mock.url + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(corsOf(response)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-allow-methods': 'POST',
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
  });

  test.each([
    ['POST', path],
    ['POST', '/elsewhere'],
    ['GET', path],
  ])('lets a page read the answer to %s %s', async (method, to) => {
    await using mock = await start();
    const headers = { origin: 'https://app.example' };
    expect(corsOf(await fetch(mock.url + to, { method, headers }))).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': expect.stringMatching(/^\*/),
      vary: 'origin',
    });
    expect(corsOf(await fetch(mock.url + to, { method }))).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
    });
  });

  test('answers OPTIONS itself if no page asks', async () => {
    await using mock = await start();
    const { status } = await fetch(mock.url + path, { method: 'OPTIONS' });
    expect([404, 405]).toContain(status);
  });
});
