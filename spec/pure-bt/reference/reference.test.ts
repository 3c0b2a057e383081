import { createCipheriv, createHash } from 'node:crypto';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { generateTokenKey } from '../../family/reference/token.ts';
import type { Fixture, StateName } from '../../family/states.ts';
import { ListenError } from '../../listen.ts';
import { operationPath } from '../path.ts';
import { createReference, startReference } from './reference.ts';

const tokenKey = await generateTokenKey();
const random = 'abcdefghijklmnop';
const secretValue = /[0-9A-Za-z]{44}|[0-9A-F]{16}/;

/** A correct request, made only with node:crypto; `change` is applied to the body before signing. */
function bodyFor(fixture: Fixture, change: Record<string, unknown> = {}): Record<string, unknown> {
  const signature = 'signature' in change ? { signature: change['signature'] } : {};
  const body: Record<string, unknown> = {
    pk: fixture.pk,
    dk: fixture.dk,
    bindingCode: fixture.bindingCode,
    encryptedNewBindingSecret: encryptWith(fixture.ps, `${fixture.pk},${fixture.dk},${fixture.bindingSecret}`),
    random,
    ...change,
  };
  const text = [
    body['pk'],
    body['dk'],
    body['encryptedBindingCode'] ?? body['bindingCode'],
    body['pwd'],
    fixture.userDomainSecret,
  ];
  return { ...body, signature: createHash('sha256').update(text.join('')).digest('hex'), ...signature };
}

type Reference = Awaited<ReturnType<typeof createReference>>;
type Answer = { httpStatus: number; text: string; code: number };

function ask(reference: Reference, body: unknown, token: string | undefined, method = 'POST'): Answer {
  const { httpStatus, body: bytes } = reference.handle({
    method,
    path: operationPath,
    headers: token === undefined ? [] : [['Authorization', `Bearer ${token}`]],
    body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
  });
  const text = Buffer.from(bytes).toString();
  return { httpStatus, text, code: (JSON.parse(text) as { code: number }).code };
}

/** A server with a device that is ready to bind. */
async function readyDevice(
  state: StateName = 'a device ready to bind',
): Promise<{ reference: Reference; fixture: Fixture }> {
  const reference = await createReference({ tokenKey });
  return { reference, fixture: reference.states.setup(state, 'id') };
}

function encryptWith(key: string, text: string, padding = true): string {
  const cipher = createCipheriv('aes-128-cbc', key, random).setAutoPadding(padding);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

// contract/contract.test.ts fails on any other code in the other states.
test.each<[StateName, number, (fixture: Fixture) => Record<string, unknown>]>([
  [
    'a device nobody has bound',
    5052,
    ({ ps, pk, dk, oldBindingSecret }) => ({
      encryptedOldBindingSecret: encryptWith(ps, `${pk},${dk},${oldBindingSecret}`),
    }),
  ],
  ['a device bound by another user, binding mode multi', 5465, () => ({ encryptedOldBindingSecret: 'AAAA' })],
  ['a device ready to bind in a home', 5041, () => ({ fid: 'f-of-another-user' })],
])('%s answers %i to a fault for which the contract allows several codes', async (state, code, change) => {
  const { reference, fixture } = await readyDevice(state);
  expect(ask(reference, bodyFor(fixture, change(fixture)), fixture.token)).toMatchObject({ httpStatus: 200, code });
});

test('repeats a set-up with the same id until its teardown', async () => {
  const reference = await createReference({ tokenKey });
  const fixture = reference.states.setup('a device ready to bind', 'one');
  expect(reference.states.setup('a device ready to bind', 'one')).toBe(fixture);
  reference.states.teardown('one');
  reference.states.teardown('one');
  expect(ask(reference, bodyFor(fixture), fixture.token).code).toBe(5032);
});

const malformed: readonly (readonly [string, Record<string, unknown>, number])[] = [
  ['no pk', { pk: undefined }, 5066],
  ['no dk', { dk: '' }, 5067],
  ['a dk of 3', { dk: 'ABC' }, 5361],
  ['a dk with a newline', { dk: 'ABCD\n' }, 5361],
  ['no code', { bindingCode: null }, 5179],
  ['a short code', { bindingCode: 'ABC' }, 5213],
  ['another code', { bindingCode: '0000000000000000' }, 5460],
  ['a long name', { deviceName: 'x'.repeat(255) }, 5333],
  ['a long pwd', { pwd: 'x'.repeat(65) }, 5357],
  ['a short random', { random: 'abc' }, 5459],
  ['no signature', { signature: '' }, 5550],
  ['a wrong signature', { signature: '0'.repeat(64) }, 5420],
  ['an upper-case signature', { signature: 'A'.repeat(64) }, 5420],
  ['no new secret', { encryptedNewBindingSecret: null }, 5458],
];

test.each(malformed)('refuses %s, and the device binds afterwards', async (_, change, code) => {
  const { reference, fixture } = await readyDevice();
  const answer = ask(reference, bodyFor(fixture, change), fixture.token);
  expect(answer).toMatchObject({ httpStatus: 200, code });
  expect(answer.text).not.toMatch(secretValue);
  expect(ask(reference, bodyFor(fixture), fixture.token).code).toBe(200);
});

test('answers bad padding and bad content of a secret identically', async () => {
  const { reference, fixture } = await readyDevice();
  const secrets = [
    encryptWith(fixture.ps, 'not,the,right parts, at all'),
    encryptWith(fixture.ps, `${fixture.pk},${fixture.dk}`),
    encryptWith(fixture.ps, `${fixture.pk},${fixture.dk},`),
    encryptWith(fixture.ps, 'x'.repeat(32), false),
    encryptWith('0000000000000000', `${fixture.pk},${fixture.dk},secret`),
    'AAAA',
    '====',
    // Unused bits of the last character are set: a lenient decoder gets the same bytes.
    `${encryptWith(fixture.ps, `${fixture.pk},${fixture.dk},s`).slice(0, -1)}B`,
  ];
  const answers = secrets.map(
    (secret) => ask(reference, bodyFor(fixture, { encryptedNewBindingSecret: secret }), fixture.token).text,
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('5459');
});

test.each([
  ['nothing', ''],
  ['half an object', '{"pk":'],
  ['a list', '[]'],
  ['null', 'null'],
  ['100,000 levels', `{"pk":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['an object for a dk', '{"dk":{}}'],
  ['a number for a dk', '{"dk":7}'],
  ['a bitmask of 16', '{"capabilitiesBitmask":16}'],
])('refuses a body of %s without details of the error', async (_, body) => {
  const answer = ask(await createReference({ tokenKey }), body, undefined);
  expect(answer).toMatchObject({ httpStatus: 400, code: 5000 });
  expect(answer.text).not.toMatch(/at |Error|\.ts/);
});

test('ignores __proto__ in a body', async () => {
  const { reference, fixture } = await readyDevice();
  const body = JSON.stringify(bodyFor(fixture)).replace('{', '{"__proto__":{"fid":"x"},');
  expect(ask(reference, body, fixture.token).code).toBe(200);
});

test.each([
  [undefined, 5106],
  ['', 5106],
  ['a.b.c', 5032],
  ['not a token', 5032],
])('the token %j answers %i', async (token, code) => {
  expect(ask(await createReference({ tokenKey }), {}, token).code).toBe(code);
});

test('refuses a token with unused bits set in its last character', async () => {
  const { reference, fixture } = await readyDevice();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(fixture.token.at(-1) ?? '');
  const token = `${fixture.token.slice(0, -1)}${alphabet[last ^ 1] ?? ''}`;
  expect(ask(reference, bodyFor(fixture), token).code).toBe(5032);
});

test.each(['text/plain', 'application/json; charset=utf-8', ''])('ignores a content type of "%s"', async (type) => {
  await using server = await startReference({ tokenKey });
  const response = await fetch(server.url + operationPath, {
    method: 'POST',
    body: new Blob(['{}']),
    headers: type === '' ? {} : { 'content-type': type },
  });
  expect(await response.json()).toMatchObject({ code: 5106 });
});

test('refuses a body over a megabyte with an envelope', async () => {
  await using server = await startReference({ tokenKey });
  const response = await fetch(server.url + operationPath, {
    method: 'POST',
    body: 'x'.repeat(10 * 1024 * 1024),
  }).catch(() => undefined);
  // The server may close the connection while the body is still being sent.
  if (response !== undefined) expect([response.status, await response.json()]).toMatchObject([413, { code: 5000 }]);
  expect(await (await fetch(server.url + operationPath, { method: 'POST', body: '{}' })).json()).toMatchObject({
    code: 5106,
  });
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('refuses the method %s', async (method) => {
  await using server = await startReference({ tokenKey });
  const response = await fetch(server.url + operationPath, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each([
  ['{"state":"a unicorn","params":{"id":"1"},"action":"setup"}', 404],
  ['{"state":"home mode on","action":"setup"}', 400],
  ['null', 400],
  ['nonsense', 400],
])('answers %s on the states endpoint with %i', async (body, status) => {
  await using server = await startReference({ tokenKey });
  expect((await fetch(server.statesUrl, { method: 'POST', body })).status).toBe(status);
});

test('reports a port that is in use in one line', async () => {
  await using server = await startReference({ tokenKey });
  await expect(startReference({ tokenKey, port: server.port })).rejects.toThrow(ListenError);
  await expect(startReference({ tokenKey, port: server.port })).rejects.toThrow(
    /^port \d+ is in use; choose another --port/,
  );
});

test('stop closes idle connections and refuses new ones', async () => {
  const server = await startReference({ tokenKey });
  const idle = connect(server.port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const closed = new Promise((resolve) => idle.once('close', resolve));
  await server[Symbol.asyncDispose]();
  await closed;
  await expect(fetch(server.url)).rejects.toThrow();
});
