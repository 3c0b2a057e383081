import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { explain } from './explain.ts';
import { device, explained, known, seal, sha256, signedBody, wrongIds, wrongParts } from './testing/device.ts';

const { pk, dk, bindingCode, userDomainSecret: secret, random, pwd, ps } = device;
const ciphertext = seal(bindingCode);
const values = { pk, dk, code: ciphertext, pwd, secret };
const right = Object.values(values).join('');
const fields = pk + dk + ciphertext + pwd;
const hash = (algorithm: string, text: string | Buffer): Buffer => createHash(algorithm).update(text).digest();
const hex = (algorithm: string, text: string | Buffer): string => hash(algorithm, text).toString('hex');
const hmac = (algorithm: string, key: string, text: string): string =>
  createHmac(algorithm, key).update(text).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const digest = hash('sha256', right);
/** The signature of the values: some changed, in another order or with a separator. */
const signed = (changes: Partial<typeof values>, order = Object.keys(values), separator = ''): string =>
  sha256(order.map((name) => ({ ...values, ...changes })[name as keyof typeof values]).join(separator));
/** A pwd that gives a digest with a leading zero, found by counting. */
const zeroPwd = ((): string => {
  let count = 0;
  while (!/^0[1-9a-f]/.test(signed({ pwd: `pwd${count}` }))) count += 1;
  return `pwd${count}`;
})();

type Planted = readonly [what: string, ids: string, signature: string, changes?: Readonly<Record<string, unknown>>];

/** Every form is tested in every slot. */
const forms: readonly (readonly [id: string, write: (text: string) => string])[] = [
  ['lower-case', (text) => text.toLowerCase()],
  ['upper-case', (text) => text.toUpperCase()],
  ['quoted', (text) => `"${text}"`],
  ['md5', (text) => hex('md5', text)],
  ['md5', (text) => hex('md5', text).toUpperCase()],
  ['md5', (text) => hash('md5', text).toString('base64')],
  ['sha1', (text) => hex('sha1', text)],
  ['sha256', sha256],
  ['base64', base64],
  ['base64-decoded', (text) => Buffer.from(text, 'base64').toString()],
  ['hex', (text) => Buffer.from(text).toString('hex')],
  ['url-encoded', encodeURIComponent],
  ['reversed', (text) => [...text].reverse().join('')],
  ['twice', (text) => text + text],
  ['null', () => 'null'],
  ['undefined', () => 'undefined'],
  ['none', () => 'None'],
  ['go-nil', () => '<nil>'],
  // Two forms in a row.
  ['lower-case-md5', (text) => hex('md5', text.toLowerCase())],
  ['md5-sha256', (text) => sha256(hex('md5', text))],
];
const inSlots = Object.entries(values).flatMap(([slot, value]) =>
  forms.flatMap(([form, write]): readonly Planted[] => {
    const id = slot === 'code' && form === 'base64' ? 'base64-twice' : form;
    const made = write(value);
    return made === value || (slot === 'dk' && form === 'base64-decoded')
      ? []
      : [[`${slot} ${form}: ${made}`, `${slot}-${id}`, signed({ [slot]: made })]];
  }),
);

/** Mistakes in a request with the bindingCode encrypted and a pwd; each title says what is wrong. */
const planted: readonly Planted[] = [
  ...inSlots,
  ['the decrypted code', 'code-decrypted', signed({ code: bindingCode })],
  ['the code in lower case', 'code-decrypted code-lower-case', signed({ code: bindingCode.toLowerCase() })],
  ['the code left out', 'code-left-out', signed({ code: '' })],
  ['a code without its padding', 'code-unpadded', signed({ code: ciphertext.replaceAll('=', '') })],
  ['a code in Base64url', 'code-url-safe', signed({ code: Buffer.from(ciphertext, 'base64').toString('base64url') })],
  ['the bytes of a code in hex', 'code-hex', signed({ code: Buffer.from(ciphertext, 'base64').toString('hex') })],
  ["a code with Android's line break", 'code-newline', signed({ code: `${ciphertext}\n` })],
  ['pwd left out', 'pwd-left-out', signed({ pwd: '' })],
  ['a pwd trimmed', 'pwd-trimmed', sha256(right), { pwd: ` ${pwd} ` }],
  ['dk left out', 'dk-left-out', signed({ dk: '' })],
  ['dk with colons', 'dk-colons', signed({ dk: 'AC:D9:29:6A:D4:69' })],
  ['dk with colons in lower case', 'dk-colons', signed({ dk: 'ac:d9:29:6a:d4:69' })],
  ['dk with hyphens', 'dk-hyphens', signed({ dk: 'AC-D9-29-6A-D4-69' })],
  ['pk left out', 'pk-left-out', signed({ pk: '' })],
  ['PS as secret', 'secret-is-ps', signed({ secret: ps })],
  ['the bindingSecret as secret', 'secret-is-binding-secret', signed({ secret: device.bindingSecret })],
  ['the old one as secret', 'secret-is-old-binding-secret', signed({ secret: device.oldBindingSecret })],
  ['the bindingCode as secret', 'secret-is-binding-code', signed({ secret: bindingCode })],
  ['random as secret', 'secret-is-random', signed({ secret: random })],
  ['the token as secret', 'secret-is-token', signed({ secret: device.token })],
  ['the name of the secret', 'secret-is-name', signed({ secret: 'userDomainSecret' })],
  ['the secret first', 'secret-first', sha256(secret + fields)],
  ['the secret left out', 'secret-left-out', sha256(fields)],
  ['the secret at both ends', 'secret-both-ends', sha256(secret + right)],
  ['the secret before pwd', 'secret-between', sha256(pk + dk + ciphertext + secret + pwd)],
  ['DK before PK', 'order', signed({}, ['dk', 'pk', 'code', 'pwd', 'secret'])],
  ['pwd before the code', 'order', signed({}, ['pk', 'dk', 'pwd', 'code', 'secret'])],
  ['the fields backwards', 'order', signed({}, ['pwd', 'code', 'dk', 'pk', 'secret'])],
  ...Object.entries({
    comma: ',',
    ampersand: '&',
    bar: '|',
    colon: ':',
    space: ' ',
    newline: '\n',
    plus: '+',
    semicolon: ';',
    hyphen: '-',
    underscore: '_',
    dot: '.',
    slash: '/',
    hash: '#',
    tab: '\t',
    crlf: '\r\n',
    'comma-space': ', ',
    nul: '\0',
  }).map(([name, text]): Planted => [`a ${name} between the values`, `separator-${name}`, signed({}, undefined, text)]),
  ['a comma between the fields', 'separator-comma', sha256([pk, dk, ciphertext, pwd].join(',') + secret)],
  ...['&userDomainSecret=', '&key=', ''].map(
    (link): Planted => [
      `name=value and "${link}"`,
      'key-value',
      sha256(`pk=${pk}&dk=${dk}&bindingCode=${ciphertext}&pwd=${pwd}${link}${secret}`),
    ],
  ),
  ['JSON and the secret', 'json', sha256(JSON.stringify({ pk, dk, bindingCode: ciphertext, pwd }) + secret)],
  ['random signed too', 'extra-random', sha256(fields + random + secret)],
  ['random signed first', 'extra-random', sha256(random + right)],
  ['random signed last', 'extra-random', sha256(right + random)],
  ['deviceName signed too', 'extra-deviceName', sha256(`${fields}Scale${secret}`), { deviceName: 'Scale' }],
  ['a bitmask signed too', 'extra-capabilitiesBitmask', sha256(`${fields}4${secret}`), { capabilitiesBitmask: 4 }],
  ['PS signed too', 'extra-ps', sha256(right + ps)],
  ['the digest of nothing', 'empty-text', sha256('')],
  ...Object.entries({
    'trailing-newline': ['', '\n'],
    'trailing-newline ': ['', '\r\n'],
    'trailing-space': ['', ' '],
    'trailing-nul': ['', '\0'],
    'trailing-separator': ['', ','],
    'trailing-separator ': ['', '&'],
    'leading-newline': ['\n', ''],
    'leading-space': [' ', ''],
    'byte-order-mark': ['\ufeff', ''],
    'quoted-text': ['"', '"'],
  }).map(([id, [start, end]]): Planted => [id, id.trim(), sha256(`${start}${right}${end}`)]),
  ['the text in lower case', 'text-lower-case', sha256(right.toLowerCase())],
  ['the text in upper case', 'text-upper-case', sha256(right.toUpperCase())],
  ['the text in Base64', 'text-base64', sha256(base64(right))],
  ['the text URL-encoded', 'text-url-encoded', sha256(encodeURIComponent(right))],
  ['UTF-16', 'utf-16', sha256(Buffer.from(right, 'utf16le'))],
  ["Java's UTF-16", 'utf-16', sha256(Buffer.from(`\ufeff${right}`, 'utf16le').swap16())],
  ...['md5', 'sha1', 'sha512', 'sha384', 'sha224', 'sha3-256', 'keccak-256', 'sha512-256', 'ripemd160', 'sm3'].map(
    (name): Planted => [name, name, hex(name, right)],
  ),
  ...['sha256', 'sha1', 'md5', 'sha512'].map((name): Planted => [name, `hmac-${name}`, hmac(name, secret, fields)]),
  ['HMAC-SHA256 over the secret as well', 'hmac-sha256', hmac('sha256', secret, right)],
  ['HMAC-SHA256 with key and text swapped', 'hmac-swapped', hmac('sha256', fields, secret)],
  ['HMAC-SHA256 keyed with PS', 'hmac-ps', hmac('sha256', ps, fields)],
  ['HMAC-SHA256 keyed with PS, over the secret as well', 'hmac-ps', hmac('sha256', ps, right)],
  [
    'the bytes of the secret in Base64',
    'secret-base64-decoded',
    sha256(Buffer.concat([Buffer.from(fields), Buffer.from(secret, 'base64')])),
  ],
  [
    'HMAC-SHA256 keyed with the bytes of the secret',
    'hmac-sha256-secret-base64-decoded',
    createHmac('sha256', Buffer.from(secret, 'base64')).update(fields).digest('hex'),
  ],
  ['the secret without its first character', 'secret-cut', sha256(fields + secret.slice(1))],
  ['the secret without its last character', 'secret-cut', sha256(fields + secret.slice(0, -1))],
  ["Go's nil as pwd", 'pwd-go-nil', signed({ pwd: '%!s(<nil>)' })],
  ['the output of sha256sum', 'file-name', `${sha256(right)}  -`],
  ['the output of sha256sum for a file', 'file-name', `${sha256(right)} *text.txt\n`],
  ['the output of openssl', 'named', `SHA2-256(stdin)= ${sha256(right)}`],
  ['SHA-256 of the hex digits', 'double-sha256', sha256(sha256(right))],
  ['SHA-256 of the bytes', 'double-sha256', sha256(digest)],
  ['SHA-256 of an MD5', 'sha256-of-md5', sha256(hex('md5', right))],
  ['MD5 of the SHA-256', 'md5-of-sha256', hex('md5', sha256(right))],
  ['digits in upper case', 'upper-case', sha256(right).toUpperCase()],
  ['Base64', 'base64', digest.toString('base64')],
  ['Base64url', 'base64url', digest.toString('base64url')],
  ['Base64 of the hex digits', 'base64-of-hex', base64(sha256(right))],
  ['a missing leading zero', 'zeros-lost', signed({ pwd: zeroPwd }).slice(1), { pwd: zeroPwd }],
  ['bytes of one digit', 'zeros-lost', Array.from(digest, (byte) => byte.toString(16)).join('')],
  [
    'signed bytes',
    'sign-extended',
    Array.from(new Int8Array(digest), (byte) => (byte >>> 0).toString(16).padStart(2, '0')).join(''),
  ],
  [
    "Java's Integer.toHexString of each byte",
    'sign-extended',
    Array.from(new Int8Array(Buffer.from(signed({ pwd: zeroPwd }), 'hex')), (byte) => (byte >>> 0).toString(16)).join(
      '',
    ),
    { pwd: zeroPwd },
  ],
  ['a space before', 'whitespace', ` ${sha256(right)}`],
  ['a line break after', 'whitespace', `${sha256(right)}\n`],
  ['0x before', 'hex-prefix', `0x${sha256(right)}`],
  ['quotes around', 'quoted', `"${sha256(right)}"`],
  ['the name of the algorithm before', 'named', `sha256=${sha256(right)}`],
  ['digits with colons', 'separated-digits', sha256(right).replace(/..(?!$)/g, '$&:')],
  ['an invisible character', 'invisible', `\u200b${sha256(right)}`],
  ['63 digits', 'truncated', sha256(right).slice(0, 63)],
  ['32 digits', 'truncated', sha256(right).slice(0, 32)],
  ['16 digits from the middle', 'truncated', sha256(right).slice(8, 24)],
  ['an extra digit', 'extended', `${sha256(right)}0`],
  // Two at once.
  ['the digits URL-encoded', 'base64 url-encoded-digits', encodeURIComponent(digest.toString('base64'))],
  ['MD5 in upper case', 'md5 upper-case', hex('md5', right).toUpperCase()],
  ['commas and the secret first', 'secret-first separator-comma', sha256([secret, pk, dk, ciphertext, pwd].join(','))],
  ['SHA-1 in Base64', 'base64 sha1', hash('sha1', right).toString('base64')],
  ['pwd left out and DK before PK', 'order pwd-left-out', sha256(dk + pk + ciphertext + secret)],
  ['the decrypted code, HMAC', 'code-decrypted hmac-sha256', hmac('sha256', secret, pk + dk + bindingCode + pwd)],
  ['pk in hex and pwd reversed', 'pk-hex pwd-reversed', signed({ pk: '70314730774c', pwd: 'x!24#rooD' })],
  [
    'alphabetical name=value',
    'key-value order',
    sha256(`bindingCode=${ciphertext}&dk=${dk}&pk=${pk}&pwd=${pwd}&key=${secret}`),
  ],
];

/** Mistakes in a request with a plain bindingCode and without pwd. */
const inClear: readonly Planted[] = [
  ['a null pwd', 'pwd-null', sha256(`${pk}${dk}${bindingCode}null${secret}`)],
  ["Python's None as pwd", 'pwd-none', sha256(`${pk}${dk}${bindingCode}None${secret}`)],
  ['a pwd that is not sent', 'pwd-other', sha256(pk + dk + bindingCode + pwd + secret)],
  ['the ciphertext signed', 'code-encrypted', sha256(pk + dk + ciphertext + secret)],
  ['the code in lower case', 'code-lower-case', sha256(pk + dk + bindingCode.toLowerCase() + secret)],
  ['a comma next to the empty pwd', 'separator-comma', sha256([pk, dk, bindingCode, '', secret].join(','))],
  ['commas without the empty pwd', 'separator-comma', sha256([pk, dk, bindingCode, secret].join(','))],
  ['the secret between', 'secret-between', sha256(pk + dk + secret + bindingCode)],
  [
    'dk signed in upper case, sent in lower case',
    'dk-upper-case',
    String(signedBody()['signature']),
    { dk: dk.toLowerCase() },
  ],
  ['dk without the colons sent', 'dk-plain', String(signedBody()['signature']), { dk: 'AC:D9:29:6A:D4:69' }],
  ['the dk of the fixture', 'dk-other', String(signedBody()['signature']), { dk: '00D9296AD469' }],
  ['the pk of the fixture', 'pk-other', String(signedBody()['signature']), { pk: 'p1XXXX' }],
  ['ISO 8859-1', 'latin-1', sha256(Buffer.from(`${pk}${dk}${bindingCode}Tür${secret}`, 'latin1')), { pwd: 'Tür' }],
];

/** Codes that differ from the signed ones. */
const codesSent: readonly Planted[] = (
  [
    ['spaces for +', 'code-plus', ciphertext.replaceAll('+', ' '), ciphertext],
    ['+ for spaces', 'code-space-for-plus', ciphertext, ciphertext.replaceAll('+', ' ')],
    ['Base64url', 'code-base64', Buffer.from(ciphertext, 'base64').toString('base64url'), ciphertext],
    ['a line break', 'code-trimmed', `${ciphertext}\n`, ciphertext],
    ['a foreign key', 'code-plain', seal(bindingCode, 'x'.repeat(16)), bindingCode],
  ] as const
).map(([what, id, encryptedBindingCode, code]) => [
  what,
  id,
  sha256(pk + dk + code + secret),
  { encryptedBindingCode },
]);

/** The whole body signed, not only the fields of the formula. */
const sent = signedBody({ encryptedBindingCode: ciphertext, pwd, isCommonDevice: true });
const { signature: _, ...unsigned } = sent;
const names = Object.keys(unsigned);
const join = (order: readonly string[]): string => order.map((name) => String(sent[name])).join('');
const pairs = names
  .toSorted()
  .map((name) => `${name}=${String(sent[name])}`)
  .join('&');
const wholeBodies = (
  [
    ['the JSON body', 'whole-body', JSON.stringify(unsigned) + secret],
    ['all values', 'all-fields', join(names) + secret],
    ['all values in alphabetical order', 'all-fields', join(names.toSorted()) + secret],
    ['all pairs with key=', 'all-fields', `${pairs}&key=${secret}`],
    ['all pairs and the bare secret', 'all-fields', pairs + secret],
  ] as const
).map(([what, id, text]): Planted => [what, id, sha256(text), { isCommonDevice: true }]);

describe('finds the planted mistake and nothing more', () => {
  const withCiphertext = { encryptedBindingCode: ciphertext };
  test.each<[where: string, base: Record<string, unknown>, rows: readonly Planted[], alone: boolean]>([
    ['encrypted code', { ...withCiphertext, pwd }, [...planted, ...wholeBodies], true],
    ['plain code', {}, inClear, false],
    ['code that differs from the signed one', withCiphertext, codesSent, false],
  ])('%s', (_, base, rows, alone) => {
    for (const [what, ids, signature, changes = {}] of rows) {
      const explanation = explained({ ...signedBody({ ...base, ...changes }), signature });
      const expected = ids.split(' ').map((id) => `signature/${id}`);
      expect(wrongIds(explanation, 'signature').toSorted(), what).toEqual(expected);
      if (alone) expect(wrongParts(explanation), what).toEqual(['signature']);
    }
  });
});

test('shows a secret in another form only by its name', () => {
  const body = { ...signedBody({ pwd }), signature: sha256(pk + dk + bindingCode + hex('md5', pwd) + secret) };
  expect(explained(body).parts[0]).toMatchObject({
    says: 'the signed text has the hex digits of the MD5 of pwd instead of pwd',
    made: `${pk}${dk}«bindingCode»«the hex digits of the MD5 of pwd»«userDomainSecret»`,
  });
});

test('shows the text to sign for an unexplained signature, and the digest only with secrets', () => {
  const body = { ...signedBody({ pwd }), signature: sha256('something else') };
  const [signature] = explained(body).parts;
  expect(signature).toMatchObject({
    verdict: 'unexplained',
    due: `${pk}${dk}«bindingCode»«pwd»«userDomainSecret»`,
    dueLength: 87,
    findings: [{ id: 'signature/unexplained' }],
  });
  expect(signature).not.toHaveProperty('expected');
  const text = pk + dk + bindingCode + pwd + secret;
  expect(explain(known(body, { showSecrets: true })).parts[0]).toMatchObject({
    due: text,
    expected: sha256(text),
  });
});

test.each([
  ['ab'.repeat(16), 'it has 32 hex digits, the length of MD5; expected 64'],
  ['ab'.repeat(30), 'it has 60 hex digits; expected 64'],
  [Buffer.alloc(32, 9).toString('base64'), 'it looks like 32 bytes in Base64; expected 64 hex digits'],
  ['not a signature', 'it has 15 characters and is not hex; expected 64 hex digits'],
])('describes the unexplained signature %s', (signature, shape) => {
  const [part] = explained({ ...signedBody(), signature }).parts;
  expect(part?.says).toContain(shape);
  expect(part?.findings[0]?.fix).toBe('send the SHA-256 digest as 64 hex digits in lower case');
});

test('follows the dialect', () => {
  const decrypted = { ...defaultDialect, signedBindingCode: 'decrypted' } as const;
  const transmitted = signedBody({ encryptedBindingCode: ciphertext });
  const overCode = { ...transmitted, signature: sha256(pk + dk + bindingCode + secret) };
  const upperCase = { ...transmitted, signature: String(transmitted['signature']).toUpperCase() };
  expect(wrongParts(explained(overCode, { dialect: decrypted }))).toEqual([]);
  expect(explained(transmitted, { dialect: decrypted }).parts[0]?.findings).toMatchObject([
    { id: 'signature/code-transmitted', kind: 'reading' },
  ]);
  expect(explained(overCode).parts[0]?.findings).toMatchObject([{ id: 'signature/code-decrypted', kind: 'reading' }]);
  const unreadable = signedBody({ encryptedBindingCode: 'AAAA' });
  expect(wrongIds(explained(unreadable, { dialect: decrypted }), 'signature')).toEqual(['signature/code-transmitted']);
  expect(wrongParts(explained(upperCase, { dialect: { ...defaultDialect, signatureCase: 'any' } }))).toEqual([]);
});
