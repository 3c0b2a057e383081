import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { device, goodClaims, jwt, seal, sha256, signedBody } from '../contract/pure-bt/explain/testing/device.ts';
import { callBindgate, type Ended, runBindgate } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-explain-'));
afterAll(() => rm(folder, { recursive: true }));

function explainFile(args: readonly string[], { env, input }: { env?: object; input?: string } = {}): Promise<Ended> {
  return input === undefined
    ? callBindgate(folder, ['explain', ...args], env)
    : runBindgate(folder, ['explain', ...args], env, { input });
}

const { random: _, ...fixture } = device;
const nowSeconds = Math.floor(Date.now() / 1000);
const token = jwt({ ...goodClaims, nbf: nowSeconds - 120, exp: nowSeconds + 7200 });
const request = (body: object): object => ({ headers: { authorization: `Bearer ${token}` }, body });
const { pk, dk, bindingCode, userDomainSecret } = device;
const encrypted = signedBody({ encryptedBindingCode: seal(bindingCode) });
const overPlainCode = { ...encrypted, signature: sha256(pk + dk + bindingCode + userDomainSecret) };
const { signature: _signature, ...unsigned } = encrypted;

const files: Readonly<Record<string, unknown>> = {
  'fixture.json': { ...fixture, token },
  'good.json': request(encrypted),
  'wrong.json': request(overPlainCode),
  'unsigned.json': request(unsigned),
  'null-signature.json': request({ ...encrypted, signature: null }),
  'sign.json': request({ ...unsigned, sign: encrypted['signature'] }),
  'plain.json': signedBody({ encryptedNewBindingSecret: null }),
  'short-ps.json': { ...fixture, ps: device.ps.slice(1) },
  'spaced-ps.json': { ...fixture, ps: `${device.ps}\n` },
  'number-ps.json': { ...fixture, ps: 1234567890123456 },
  'no-secret.json': { ...fixture, userDomainSecret: undefined },
  'many.json': Array.from({ length: 1_001 }, () => request(encrypted)),
  'no-ps.json': { ...fixture, ps: undefined },
  'none-in-it.json': {},
  'others.json': [
    { ...fixture, dk: 'A4C138000001' },
    { ...fixture, dk: 'A4C138000002' },
  ],
  'states.json': {
    fixtures: {
      'a device ready to bind': [
        { ...fixture, dk: 'A4C138000001', userDomainSecret: 'another' },
        { ...fixture, token },
      ],
      'a device nobody has bound': [{ ...fixture, dk: 'A4C138000002', ps: undefined }],
    },
  },
  'two.json': [request(encrypted), request(overPlainCode)],
};
const curl = (body: object): string =>
  `curl -X POST http://x -H 'Authorization: Bearer ${token}' -d '${JSON.stringify(body)}'`;
const texts: Readonly<Record<string, string | Uint8Array>> = {
  'empty.json': '',
  'elsewhere.sh': "curl https://x/other?a=b -d '{}'",
  'elsewhere-get.sh': 'curl https://x/a',
  'words.txt': '\u001b[31mhello\n::error::x',
  'broken.json': '{"ps": ',
  'curl.sh': curl(encrypted),
  'broken-second.sh': `${curl(encrypted)}\ncurl http://x -d '{'\n${curl(unsigned)}`,
  'marked.json': `\ufeff${JSON.stringify(files['fixture.json'])}`,
  'utf16.json': Buffer.from(`\ufeff${JSON.stringify(files['fixture.json'])}`, 'utf16le'),
  'large.har': Buffer.alloc(64 * 1024 * 1024 + 1, '{'),
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)])),
};
await Promise.all(Object.entries(texts).map(([name, text]) => writeFile(join(folder, name), text)));

describe('reports wrong usage in one line with exit 2', () => {
  test.each<[string, readonly string[], RegExp, object?]>([
    ['no file', [], /missing required argument 'file'/],
    ['a missing file', ['none.json'], /"none.json": there is no such file; correct the path/],
    ['a folder', ['.'], /".": it is a folder; correct the path/],
    ['an empty file', ['empty.json'], /"empty.json" is empty; give a file with the request \(docs\/explain.md lists/],
    ['words', ['words.txt'], /"words.txt" has no request in a form that is known/],
    ['a file of over 64 MB', ['large.har'], /"large.har" is larger than 64 MB, which is the most that is read/],
    ['too many requests', ['many.json'], /has 1001 requests to this operation; at most 1000 are explained: choose one/],
    [
      'no signature',
      ['unsigned.json'],
      /\(JSON\) has no "signature"; give a signed request, or create one with `bindgate payload`/,
    ],
    ['a null signature', ['null-signature.json'], /has a "signature" that is empty or not a string/],
    [
      'no secrets',
      ['good.json'],
      /cannot be checked without userDomainSecret; give --fixture FILE .* or set BINDGATE_USER_DOMAIN_SECRET/,
    ],
    [
      'no PS for a ciphertext',
      ['good.json', '--fixture', 'no-ps.json'],
      /without ps; give --fixture FILE with "ps", or set BINDGATE_PS/,
    ],
    ['no userDomainSecret', ['good.json', '--fixture', 'no-secret.json'], /without userDomainSecret/],
    [
      'a PS of 15',
      ['good.json', '--fixture', 'short-ps.json'],
      /ps has 15 characters and is not 16 printable ASCII characters/,
    ],
    [
      'a PS with a line break',
      ['good.json', '--fixture', 'spaced-ps.json'],
      /ps has 17 characters .* spaces or line breaks around it/,
    ],
    [
      'a PS of 15 in the environment',
      ['good.json'],
      /ps has 15 characters/,
      { BINDGATE_PS: 'x'.repeat(15), BINDGATE_USER_DOMAIN_SECRET: 'y' },
    ],
    [
      'a PS that is a number',
      ['good.json', '--fixture', 'number-ps.json'],
      /"ps" in the fixture is a number, not a string/,
    ],
    [
      'a fixture that is not JSON',
      ['good.json', '--fixture', 'broken.json'],
      /the fixture file "broken.json": it is not valid JSON/,
    ],
    [
      'an empty fixture file',
      ['good.json', '--fixture', 'empty.json'],
      /the fixture file "empty.json": it is empty; it must contain a fixture/,
    ],
    [
      'a missing entry',
      ['two.json', '--fixture', 'fixture.json', '--entry', '3'],
      /--entry 3: "two.json" contains 2 requests .* choose 1 to 2/,
    ],
    [
      'an empty object as fixture',
      ['good.json', '--fixture', 'none-in-it.json'],
      /contains no fixture; its members are/,
    ],
    [
      'fixtures of other devices',
      ['good.json', '--fixture', 'others.json'],
      /the fixture file has 2 fixtures, and none has the pk and dk of the request in "good.json" \(JSON\); give only/,
    ],
    [
      'a command for another path',
      ['elsewhere.sh', '--fixture', 'fixture.json'],
      /\(curl command\) has no "signature", and it is a POST to \/other, not a POST to …\/v2\/binding/,
    ],
    [
      'a command for another path without a body',
      ['elsewhere-get.sh'],
      /sends no body; .*; it is a GET to \/a, not a POST to …/,
    ],
    ['an entry that is not a number', ['two.json', '--entry', 'x'], /whole number from 1/],
  ])('%s', async (_, args, message, env = {}) => {
    const { exitCode, err, out } = await explainFile(args, { env });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
    expect(out + err).not.toMatch(/^\s+at |^::|[\u0000-\u0009\u000b-\u001f]/m);
    expect(out + err).not.toContain(device.ps.slice(1));
    expect(exitCode).toBe(2);
  });
});

describe('explain', () => {
  const withFixture = ['--fixture', 'fixture.json'];
  const environment = { BINDGATE_PS: device.ps, BINDGATE_USER_DOMAIN_SECRET: userDomainSecret };

  test.each<[what: string, args: readonly string[], options?: Parameters<typeof explainFile>[1]]>([
    ['in a file', ['good.json', ...withFixture]],
    ['on standard input', ['-', ...withFixture], { input: JSON.stringify(files['good.json']) }],
    ['in a curl command', ['curl.sh', ...withFixture]],
    ['that is chosen', ['two.json', ...withFixture, '--entry', '1']],
    ['with secrets from the environment', ['good.json'], { env: environment }],
    ['with the fixture of its device in the answer of a states endpoint', ['good.json', '--fixture', 'states.json']],
    ['with a byte order mark in the fixture', ['good.json', '--fixture', 'marked.json']],
    ['with a fixture in UTF-16', ['good.json', '--fixture', 'utf16.json']],
    ['under the suggested dialect', ['wrong.json', ...withFixture, '--dialect', 'signedBindingCode=decrypted']],
  ])('ends with 0 for a correct request %s', async (_, args, options) => {
    const { exitCode, out, err } = await explainFile(args, options);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('nothing wrong found');
    expect(out.includes('dialect signedBindingCode=decrypted')).toBe(args.includes('--dialect'));
  });

  test('needs no PS without a ciphertext', async () => {
    const { BINDGATE_PS: _ps, ...env } = environment;
    const { out, err } = await explainFile(['plain.json'], { env });
    expect(err).toBe('');
    expect(out).toContain('signature                  ok');
    expect(out).toContain('encryptedNewBindingSecret is missing or empty');
  });

  test('ends with 1 for a wrong request and explains it', async () => {
    const { exitCode, out } = await explainFile(['wrong.json', ...withFixture]);
    const code = encrypted['encryptedBindingCode'];
    expect(out.split('\n').slice(2, 7)).toEqual([
      'signature                  WRONG  the decrypted bindingCode was signed, but encryptedBindingCode was sent',
      '    fix       sign encryptedBindingCode as transmitted; if your server signs the decrypted code, run with --dialect signedBindingCode=decrypted',
      "    document  SHA256(pk+dk+bindingCode+pwd+userDomainSecret) (row signature); in the vendor's examples as UTF-8, without separators, in lower-case hex",
      `    signed    ${pk}${dk}«bindingCode»«userDomainSecret»`,
      `    to sign   ${pk}${dk}${code}«userDomainSecret» (106 characters)`,
    ]);
    expect(out.trimEnd().split('\n').at(-1)).toBe('wrong: signature');
    expect(exitCode).toBe(1);
  });

  test('explains all requests of a file', async () => {
    const { exitCode, out } = await explainFile(['two.json', ...withFixture]);
    expect(out).toMatch(
      /item 1 · request 1 of 2[\s\S]*nothing wrong found[\s\S]*item 2 · request 2 of 2[\s\S]*wrong: signature/,
    );
    expect(exitCode).toBe(1);
  });

  test('names the requests that cannot be explained, and ends with 1', async () => {
    const { exitCode, out, err } = await explainFile(['broken-second.sh', ...withFixture]);
    expect(out).toContain('nothing wrong found');
    expect(err).toMatch(
      /^not explained: the body in curl command 2 in "broken-second.sh" is not JSON.*\nnot explained: the request in "broken-second.sh" \(curl command 3\) has no "signature"/,
    );
    expect(exitCode).toBe(1);
  });

  test.each(['marked.json', 'utf16.json'])('payload reads a fixture with a byte order mark: %s', async (file) => {
    const { out } = await callBindgate(folder, ['payload', '--fixture', file]);
    expect(JSON.parse(out)).toMatchObject({ body: { pk } });
  });

  test('explains a signature that is sent under another name', async () => {
    const { exitCode, out } = await explainFile(['sign.json', ...withFixture]);
    expect(out).toMatch(/signature +ok[\s\S]*"sign" is not a field of this operation[\s\S]*did you mean "signature"\?/);
    expect(exitCode).toBe(1);
  });

  test('prints only JSON with --json', async () => {
    const { exitCode, out } = await explainFile(['wrong.json', ...withFixture, '--json']);
    expect(JSON.parse(out).dialect).not.toHaveProperty('operation');
    expect(JSON.parse(out)).toMatchObject({
      schema: 'bindgate.explain/1',
      file: 'wrong.json',
      dialect: { successCode: 200, signedBindingCode: 'transmitted', dkPattern: '[0-9A-Za-z]{4,32}' },
      requests: [
        {
          source: 'JSON',
          parts: [
            { part: 'signature', verdict: 'wrong', findings: [{ id: 'signature/code-decrypted', kind: 'reading' }] },
            {},
            {},
            {},
            {},
          ],
        },
      ],
    });
    expect(exitCode).toBe(1);
  });

  test.each([[[]], [['--json']]])('prints no secret without --show-secrets %j', async (flags) => {
    const { out, err } = await explainFile(['wrong.json', ...withFixture, ...flags]);
    const { pk: _pk, dk: _dk, ...secrets } = { ...fixture, token };
    for (const secret of Object.values(secrets)) expect(out + err).not.toContain(secret);
  });

  test('prints the text and the digest with --show-secrets', async () => {
    const { out } = await explainFile(['wrong.json', ...withFixture, '--show-secrets']);
    expect(out).toContain(`to sign   ${pk}${dk}${encrypted['encryptedBindingCode']}${userDomainSecret}`);
    expect(out).toContain(`expected  ${encrypted['signature']}`);
  });
});
