import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { device, goodClaims, jwt, seal, sha256, signedBody } from '../contract/pure-bt/explain/testing/device.ts';
import { operationPath } from '../spec/pure-bt/path.ts';
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
  'list-body.json': { body: [] },
  'plain.json': signedBody({ encryptedNewBindingSecret: null }),
  'short-ps.json': { ...fixture, ps: device.ps.slice(1) },
  'spaced-ps.json': { ...fixture, ps: `${device.ps}\n` },
  'number-ps.json': { ...fixture, ps: 1234567890123456 },
  'no-secret.json': { ...fixture, userDomainSecret: undefined },
  'many.json': Array.from({ length: 1_001 }, () => request(encrypted)),
  'no-ps.json': { ...fixture, ps: undefined },
  'list.json': [],
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
  'list-ps.json': { ...fixture, ps: [] },
  'object-ps.json': { ...fixture, ps: {} },
  'two.json': [request(encrypted), request(overPlainCode)],
  'other.har': { log: { entries: [{ request: { method: 'GET', url: `http://x${operationPath}` } }] } },
};
await Promise.all([
  ...Object.entries(files).map(([name, content]) => writeFile(join(folder, name), JSON.stringify(content))),
  writeFile(join(folder, 'empty.json'), ''),
  writeFile(join(folder, 'elsewhere.sh'), "curl https://x/other?a=b -d '{}'"),
  writeFile(join(folder, 'elsewhere-get.sh'), 'curl https://x/a'),
  writeFile(join(folder, 'words.txt'), '\u001b[31mhello\n::error::x'),
  writeFile(join(folder, 'broken.json'), '{"ps": '),
  writeFile(
    join(folder, 'curl.sh'),
    `curl -X POST http://x -H 'Authorization: Bearer ${token}' -d '${JSON.stringify(encrypted)}'`,
  ),
]);

const curl = (body: object): string =>
  `curl -X POST http://x -H 'Authorization: Bearer ${token}' -d '${JSON.stringify(body)}'`;
await Promise.all([
  writeFile(join(folder, 'two.sh'), `${curl(encrypted)} ;\n${curl(overPlainCode)}\n`),
  writeFile(join(folder, 'broken-second.sh'), `${curl(encrypted)}\ncurl http://x -d '{'\n${curl(unsigned)}`),
  writeFile(join(folder, 'marked.json'), `\ufeff${JSON.stringify(files['fixture.json'])}`),
  writeFile(join(folder, 'utf16.json'), Buffer.from(`\ufeff${JSON.stringify(files['fixture.json'])}`, 'utf16le')),
  writeFile(join(folder, 'large.har'), Buffer.alloc(64 * 1024 * 1024 + 1, '{')),
]);

describe('reports wrong usage in one line with exit 2', () => {
  test.each<[string, readonly string[], RegExp, object?]>([
    ['no file', [], /missing required argument 'file'/],
    ['a missing file', ['none.json'], /"none.json": there is no such file; correct the path/],
    ['a folder', ['.'], /".": it is a folder; correct the path/],
    ['an empty file', ['empty.json'], /"empty.json" is empty; give a file with the request \(docs\/explain.md lists/],
    ['words', ['words.txt'], /"words.txt" has no request in a form that is known/],
    ['a file of over 64 MB', ['large.har'], /"large.har" is larger than 64 MB, which is the most that is read/],
    ['too many requests', ['many.json'], /has 1001 requests to this operation; at most 1000 are explained: choose one/],
    ['broken JSON', ['broken.json'], /"broken.json" starts like JSON but is not valid JSON/],
    ['a body that is a list', ['list-body.json'], /the body in "list-body.json" is a list, not a JSON object/],
    [
      'no signature',
      ['unsigned.json'],
      /\(JSON\) has no "signature"; give a signed request, or create one with `bindgate payload`/,
    ],
    ['a null signature', ['null-signature.json'], /has a "signature" that is empty or not a string/],
    ['HAR without such a request', ['other.har'], /no request in "other.har" \(a HAR file, 1 request\) is a POST to …/],
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
      'a missing fixture',
      ['good.json', '--fixture', 'none.json'],
      /the fixture file "none.json": there is no such file/,
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
      'a list without a fixture',
      ['good.json', '--fixture', 'list.json'],
      /the fixture file "list.json" contains no fixture; its members are token, pk/,
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
    ['a list as PS', ['good.json', '--fixture', 'list-ps.json'], /"ps" in the fixture is a list, not a string/],
    ['an object as PS', ['good.json', '--fixture', 'object-ps.json'], /"ps" in the fixture is an object, not a string/],
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
    ['an unknown dialect setting', ['good.json', '--dialect', 'a=b'], /unknown dialect setting "a"/],
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
  test('ends with 0 for a correct request in a file, on stdin and in curl', async () => {
    const ended = await Promise.all([
      explainFile(['good.json', '--fixture', 'fixture.json']),
      explainFile(['-', '--fixture', 'fixture.json'], { input: JSON.stringify(files['good.json']) }),
      explainFile(['curl.sh', '--fixture', 'fixture.json']),
    ]);
    for (const { exitCode, out, err } of ended) {
      expect(err).toBe('');
      expect(out).toContain('nothing wrong found');
      expect(exitCode).toBe(0);
    }
  });

  test('reads secrets from the environment in place of a fixture', async () => {
    const { exitCode, out } = await explainFile(['good.json'], {
      env: { BINDGATE_PS: device.ps, BINDGATE_USER_DOMAIN_SECRET: userDomainSecret },
    });
    expect(out).toContain('nothing wrong found');
    expect(exitCode).toBe(0);
  });

  test('needs no PS without a ciphertext', async () => {
    const { out, err } = await explainFile(['plain.json'], { env: { BINDGATE_USER_DOMAIN_SECRET: userDomainSecret } });
    expect(err).toBe('');
    expect(out).toContain('signature                  ok');
    expect(out).toContain('encryptedNewBindingSecret is missing or empty');
  });

  test('ends with 1 for a wrong request and explains it', async () => {
    const { exitCode, out } = await explainFile(['wrong.json', '--fixture', 'fixture.json']);
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

  test('accepts the request under the suggested dialect', async () => {
    const { exitCode, out } = await explainFile([
      'wrong.json',
      '--fixture',
      'fixture.json',
      '--dialect',
      'signedBindingCode=decrypted',
    ]);
    expect(out).toContain('dialect signedBindingCode=decrypted');
    expect(exitCode).toBe(0);
  });

  test('explains all requests of a file, or a selected one', async () => {
    const [both, first] = await Promise.all([
      explainFile(['two.json', '--fixture', 'fixture.json']),
      explainFile(['two.json', '--fixture', 'fixture.json', '--entry', '1']),
    ]);
    expect(both.out).toMatch(
      /item 1 · request 1 of 2[\s\S]*nothing wrong found[\s\S]*item 2 · request 2 of 2[\s\S]*wrong: signature/,
    );
    expect(both.exitCode).toBe(1);
    expect(first.exitCode).toBe(0);
  });

  test('explains each command of a file, and ends with 1 if one is wrong', async () => {
    const { exitCode, out } = await explainFile(['two.sh', '--fixture', 'fixture.json']);
    expect(out).toMatch(/curl command 1 · request 1 of 2[\s\S]*nothing wrong found[\s\S]*wrong: signature/);
    expect(exitCode).toBe(1);
  });

  test('names the requests that cannot be explained, and ends with 1', async () => {
    const { exitCode, out, err } = await explainFile(['broken-second.sh', '--fixture', 'fixture.json']);
    expect(out).toContain('nothing wrong found');
    expect(err).toMatch(
      /^not explained: the body in curl command 2 in "broken-second.sh" is not JSON.*\nnot explained: the request in "broken-second.sh" \(curl command 3\) has no "signature"/,
    );
    expect(exitCode).toBe(1);
  });

  test('takes the fixture of the device from the answer of a states endpoint', async () => {
    const { exitCode, out, err } = await explainFile(['good.json', '--fixture', 'states.json']);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('nothing wrong found');
  });

  test.each(['marked.json', 'utf16.json'])('reads a fixture with a byte order mark: %s', async (file) => {
    expect((await explainFile(['good.json', '--fixture', file])).exitCode).toBe(0);
    const made = await callBindgate(folder, ['payload', '--fixture', file]);
    expect(JSON.parse(made.out)).toMatchObject({ body: { pk } });
  });

  test('explains a signature that is sent under another name', async () => {
    const { exitCode, out } = await explainFile(['sign.json', '--fixture', 'fixture.json']);
    expect(out).toMatch(/signature +ok[\s\S]*"sign" is not a field of this operation[\s\S]*did you mean "signature"\?/);
    expect(exitCode).toBe(1);
  });

  test('prints only JSON with --json', async () => {
    const { exitCode, out } = await explainFile(['wrong.json', '--fixture', 'fixture.json', '--json']);
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
    const { out, err } = await explainFile(['wrong.json', '--fixture', 'fixture.json', ...flags]);
    const secrets = [
      device.ps,
      bindingCode,
      device.bindingSecret,
      device.oldBindingSecret,
      userDomainSecret,
      device.pwd,
      token,
    ];
    for (const secret of secrets) expect(out + err).not.toContain(secret);
  });

  test('prints the text and the digest with --show-secrets', async () => {
    const { out } = await explainFile(['wrong.json', '--fixture', 'fixture.json', '--show-secrets']);
    expect(out).toContain(`to sign   ${pk}${dk}${encrypted['encryptedBindingCode']}${userDomainSecret}`);
    expect(out).toContain(`expected  ${encrypted['signature']}`);
  });
});
