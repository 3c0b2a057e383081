import { describe, expect, test } from 'vitest';
import { findOperation } from '../../../spec/openapi.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { loadOpenApi } from '../../../spec/pure-bt/contract-file.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { suite } from '../../pure-bt/suite.ts';
import { openPrismTarget, startMock } from '../../pure-bt/targets/mock.ts';
import { runContract } from '../../run/run-contract.ts';

const plain = findOperation(loadOpenApi()).requestBody?.content['application/json']?.examples?.['plain']
  ?.value as Record<string, unknown>;

function listed(prefix: string): string {
  return documentedCodes.map(({ code }) => prefix + code).join(', ');
}

async function ask(
  body: unknown,
  headers: Record<string, string> = { authorization: 'Bearer a.b.c' },
): Promise<[number, number, string]> {
  await using mock = await startMock();
  const response = await fetch(mock.url + operationPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { code, msg } = (await response.json()) as { code: number; msg: string };
  return [response.status, code, msg];
}

test('answers every example and every visible fault', async () => {
  await using target = await openPrismTarget();
  const run = await runContract({ target, cases: suite.mockCases, dialect: defaultDialect, seed: 42 });
  expect(
    run.results.filter(({ outcome }) => outcome !== 'passed').map((result) => [result.case.id, result.reason]),
  ).toEqual([]);
  expect(new Set(suite.mockCases.map(({ code }) => code)).size).toBe(documentedCodes.length);
});

describe('answers', () => {
  test.each<[string, unknown, Record<string, string> | undefined, number, number]>([
    ['a correct request', plain, undefined, 200, 200],
    ['a two-character dk', { ...plain, dk: 'AB' }, undefined, 200, 5361],
    ['an incomplete body with a two-character dk', { pk: 'p1', dk: 'AB' }, undefined, 200, 5361],
    ['no token', plain, {}, 200, 5106],
    ['a preference', plain, { authorization: 'Bearer x', prefer: 'example=E6083' }, 200, 6083],
    ['a preference on an empty request', {}, { prefer: 'example=E6083' }, 200, 6083],
    ['two preferences', plain, { authorization: 'Bearer x', prefer: 'code=200, example=E5049' }, 200, 5049],
    ['a preferred code on an empty request', {}, { prefer: 'code=6083' }, 200, 6083],
    ['a preferred success on an empty request', {}, { prefer: 'code=200' }, 200, 200],
    ['an unknown preference', plain, { prefer: 'example=E1' }, 404, 5000],
    ['an unknown preferred code', plain, { prefer: 'code=5362' }, 404, 5000],
    ['a fault the document has no code for', { ...plain, signature: 'x' }, undefined, 200, 5000],
    ['a body that is not JSON', '{', undefined, 200, 5066],
  ])('%s', async (_, body, headers, status, code) => {
    expect((await ask(body, headers)).slice(0, 2)).toEqual([status, code]);
  });

  test.each<[string, unknown, Record<string, string>, string]>([
    ['a code', {}, { prefer: 'code=1' }, `the contract has no code 1; its codes are ${listed('')}`],
    ['an example', {}, { prefer: 'example=1' }, `the contract has no example 1; its examples are ${listed('E')}`],
  ])('an unknown preference with a list: %s', async (_, body, headers, says) => {
    expect((await ask(body, headers))[2]).toBe(says);
  });

  test.each<[string, object, string]>([
    ['a signature of 65 digits', { signature: 'a'.repeat(65) }, 'signature must match ^[0-9a-f]{64}$'],
    ['no signature', { signature: undefined }, 'signature is missing'],
    ['a fid that is a number', { fid: 3 }, 'fid must be string or null'],
    [
      'two faults',
      { signature: 'x', random: 'x' },
      'random must match ^[0-9A-Za-z]{16}$; signature must match ^[0-9a-f]{64}$',
    ],
    [
      'both codes',
      { encryptedBindingCode: `${'A'.repeat(43)}=` },
      'bindingCode must be absent if encryptedBindingCode is given: choose one',
    ],
  ])('an invalid body by naming the wrong field: %s', async (_, change, says) => {
    expect(await ask({ ...plain, ...change })).toEqual([200, 5000, says]);
  });

  test('another path or method with 404', async () => {
    await using mock = await startMock();
    expect((await fetch(`${mock.url}/x`)).status).toBe(404);
    expect((await fetch(mock.url + operationPath)).status).toBe(404);
  });

  test('the next request after a body of 10 MB', async () => {
    await using mock = await startMock();
    await fetch(mock.url + operationPath, { method: 'POST', body: 'x'.repeat(10_000_000) }).catch(() => undefined);
    expect((await fetch(mock.url + operationPath, { method: 'POST', body: '{}' })).status).toBe(200);
  });
});
