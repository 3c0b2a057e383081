import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { explain } from './explain.ts';
import { device, explained, known, seal, sha256, signedBody, wrongIds, wrongParts } from './testing/device.ts';

const { pk, dk, bindingCode, userDomainSecret: secret, random, pwd, ps } = device;
const ciphertext = seal(bindingCode);
const right = pk + dk + ciphertext + pwd + secret;
const digest = (algorithm: string, text: string | Buffer): string => createHash(algorithm).update(text).digest('hex');
const hmac = (algorithm: string, key: string, text: string): string =>
  createHmac(algorithm, key).update(text).digest('hex');
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const colons = 'AC:D9:29:6A:D4:69';
/** A text whose digest starts with a zero digit and has one within, found by counting. */
const zeroText = (pattern: RegExp): string => {
  for (let count = 0; ; count += 1) {
    const candidate = `pwd${count}`;
    if (pattern.test(sha256(pk + dk + ciphertext + candidate + secret))) return candidate;
  }
};
const leadingZero = zeroText(/^0[1-9a-f]/);

type Planted = [what: string, ids: readonly string[], signature: string, changes?: Readonly<Record<string, unknown>>];

/** Requests with the bindingCode encrypted and a pwd; each signature is made wrong in the way its title says. */
const withCiphertext: readonly Planted[] = [
  ['the decrypted code signed', ['code-decrypted'], sha256(pk + dk + bindingCode + pwd + secret)],
  [
    'the code in lower case signed',
    ['code-decrypted', 'code-lower-case'],
    sha256(pk + dk + bindingCode.toLowerCase() + pwd + secret),
  ],
  ['a code left out', ['code-left-out'], sha256(pk + dk + pwd + secret)],
  ['a null code', ['code-null'], sha256(`${pk}${dk}null${pwd}${secret}`)],
  ['an undefined code', ['code-undefined'], sha256(`${pk}${dk}undefined${pwd}${secret}`)],
  ['a URL-encoded ciphertext', ['code-url-encoded'], sha256(pk + dk + encodeURIComponent(ciphertext) + pwd + secret)],
  [
    'a ciphertext without its padding',
    ['code-unpadded'],
    sha256(pk + dk + ciphertext.replaceAll('=', '') + pwd + secret),
  ],
  [
    'a ciphertext in Base64url',
    ['code-url-safe'],
    sha256(pk + dk + Buffer.from(ciphertext, 'base64').toString('base64url') + pwd + secret),
  ],
  [
    'a ciphertext in hex',
    ['code-hex'],
    sha256(pk + dk + Buffer.from(ciphertext, 'base64').toString('hex') + pwd + secret),
  ],
  [
    'a ciphertext in Base64 twice',
    ['code-base64-twice'],
    sha256(pk + dk + Buffer.from(ciphertext).toString('base64') + pwd + secret),
  ],
  ["a ciphertext with Android's line break", ['code-newline'], sha256(`${pk}${dk}${ciphertext}\n${pwd}${secret}`)],
  ['a pwd left out', ['pwd-left-out'], sha256(pk + dk + ciphertext + secret)],
  ['a pwd as its MD5', ['pwd-md5'], sha256(pk + dk + ciphertext + digest('md5', pwd) + secret)],
  ['a pwd as its SHA-256', ['pwd-sha256'], sha256(pk + dk + ciphertext + sha256(pwd) + secret)],
  ['a pwd in Base64', ['pwd-base64'], sha256(pk + dk + ciphertext + Buffer.from(pwd).toString('base64') + secret)],
  ['a pwd URL-encoded', ['pwd-url-encoded'], sha256(pk + dk + ciphertext + encodeURIComponent(pwd) + secret)],
  ['a null pwd where one is sent', ['pwd-null'], sha256(`${pk}${dk}${ciphertext}null${secret}`)],
  ['digits in upper case', ['upper-case'], sha256(right).toUpperCase()],
  ['Base64', ['base64'], digestOf(right).toString('base64')],
  ['Base64url', ['base64url'], digestOf(right).toString('base64url')],
  ['Base64 of the hex digits', ['base64-of-hex'], Buffer.from(sha256(right)).toString('base64')],
  [
    'a leading zero lost',
    ['zeros-lost'],
    sha256(pk + dk + ciphertext + leadingZero + secret).slice(1),
    { pwd: leadingZero },
  ],
  ['bytes of one digit', ['zeros-lost'], Array.from(digestOf(right), (byte) => byte.toString(16)).join('')],
  [
    'signed bytes',
    ['sign-extended'],
    Array.from(new Int8Array(digestOf(right)), (byte) => (byte >>> 0).toString(16).padStart(2, '0')).join(''),
  ],
  ['a space before', ['whitespace'], ` ${sha256(right)}`],
  ['a line break after', ['whitespace'], `${sha256(right)}\n`],
  ['0x before', ['hex-prefix'], `0x${sha256(right)}`],
  ['quotes around', ['quoted'], `"${sha256(right)}"`],
  ['the name of the algorithm before', ['named'], `sha256=${sha256(right)}`],
  ['digits with colons', ['separated-digits'], sha256(right).replace(/..(?!$)/g, '$&:')],
  ['an invisible character', ['invisible'], `\u200b${sha256(right)}`],
  ['63 digits', ['truncated'], sha256(right).slice(0, 63)],
  ['32 digits', ['truncated'], sha256(right).slice(0, 32)],
  ['16 digits from the middle', ['truncated'], sha256(right).slice(8, 24)],
  ['a digit more', ['extended'], `${sha256(right)}0`],
  ['MD5', ['md5'], digest('md5', right)],
  ['SHA-1', ['sha1'], digest('sha1', right)],
  ['SHA-512', ['sha512'], digest('sha512', right)],
  ['SHA-384', ['sha384'], digest('sha384', right)],
  ['SHA-224', ['sha224'], digest('sha224', right)],
  ['SHA3-256', ['sha3-256'], digest('sha3-256', right)],
  ['Keccak-256', ['keccak-256'], digest('keccak-256', right)],
  ['SHA-512/256', ['sha512-256'], digest('sha512-256', right)],
  ['RIPEMD-160', ['ripemd160'], digest('ripemd160', right)],
  ['HMAC-SHA256 with the secret as key', ['hmac-sha256'], hmac('sha256', secret, pk + dk + ciphertext + pwd)],
  ['HMAC-SHA256 over the secret as well', ['hmac-sha256'], hmac('sha256', secret, right)],
  ['HMAC-SHA1', ['hmac-sha1'], hmac('sha1', secret, pk + dk + ciphertext + pwd)],
  ['HMAC-MD5', ['hmac-md5'], hmac('md5', secret, pk + dk + ciphertext + pwd)],
  ['HMAC-SHA256 the wrong way round', ['hmac-swapped'], hmac('sha256', pk + dk + ciphertext + pwd, secret)],
  ['SHA-256 of the hex digits', ['double-sha256'], sha256(sha256(right))],
  ['SHA-256 of the bytes', ['double-sha256'], sha256(digestOf(right))],
  ['SHA-256 of an MD5', ['sha256-of-md5'], sha256(digest('md5', right))],
  ['MD5 of the SHA-256', ['md5-of-sha256'], digest('md5', sha256(right))],
  ['the digest of nothing', ['empty-text'], sha256('')],
  ['the secret first', ['secret-first'], sha256(secret + pk + dk + ciphertext + pwd)],
  ['the secret left out', ['secret-left-out'], sha256(pk + dk + ciphertext + pwd)],
  ['the secret twice', ['secret-twice'], sha256(right + secret)],
  ['the secret at both ends', ['secret-both-ends'], sha256(secret + right)],
  ['the secret before pwd', ['secret-between'], sha256(pk + dk + ciphertext + secret + pwd)],
  ['PS as secret', ['secret-is-ps'], sha256(pk + dk + ciphertext + pwd + ps)],
  [
    'the bindingSecret as secret',
    ['secret-is-binding-secret'],
    sha256(pk + dk + ciphertext + pwd + device.bindingSecret),
  ],
  [
    'the old bindingSecret as secret',
    ['secret-is-old-binding-secret'],
    sha256(pk + dk + ciphertext + pwd + device.oldBindingSecret),
  ],
  ['the bindingCode as secret', ['secret-is-binding-code'], sha256(pk + dk + ciphertext + pwd + bindingCode)],
  ['random as secret', ['secret-is-random'], sha256(pk + dk + ciphertext + pwd + random)],
  ['the token as secret', ['secret-is-token'], sha256(pk + dk + ciphertext + pwd + device.token)],
  ['the name of the secret', ['secret-is-name'], sha256(`${pk}${dk}${ciphertext}${pwd}userDomainSecret`)],
  ['a null secret', ['secret-null'], sha256(`${pk}${dk}${ciphertext}${pwd}null`)],
  ['an undefined secret', ['secret-undefined'], sha256(`${pk}${dk}${ciphertext}${pwd}undefined`)],
  ['a secret in quotes', ['secret-quoted'], sha256(`${pk}${dk}${ciphertext}${pwd}"${secret}"`)],
  ['a secret in upper case', ['secret-upper-case'], sha256(pk + dk + ciphertext + pwd + secret.toUpperCase())],
  ['a secret as its MD5', ['secret-md5'], sha256(pk + dk + ciphertext + pwd + digest('md5', secret))],
  [
    'a secret in Base64',
    ['secret-base64'],
    sha256(pk + dk + ciphertext + pwd + Buffer.from(secret).toString('base64')),
  ],
  ['dk in lower case', ['dk-lower-case'], sha256(pk + dk.toLowerCase() + ciphertext + pwd + secret)],
  ['dk with colons', ['dk-colons'], sha256(pk + colons + ciphertext + pwd + secret)],
  ['dk with colons in lower case', ['dk-colons'], sha256(pk + colons.toLowerCase() + ciphertext + pwd + secret)],
  ['dk with hyphens', ['dk-hyphens'], sha256(pk + colons.replaceAll(':', '-') + ciphertext + pwd + secret)],
  ['dk left out', ['dk-left-out'], sha256(pk + ciphertext + pwd + secret)],
  ['pk in lower case', ['pk-lower-case'], sha256(pk.toLowerCase() + dk + ciphertext + pwd + secret)],
  ['pk in upper case', ['pk-upper-case'], sha256(pk.toUpperCase() + dk + ciphertext + pwd + secret)],
  ['pk left out', ['pk-left-out'], sha256(dk + ciphertext + pwd + secret)],
  ['DK before PK', ['order'], sha256(dk + pk + ciphertext + pwd + secret)],
  ['pwd before the code', ['order'], sha256(pk + dk + pwd + ciphertext + secret)],
  ['the fields backwards', ['order'], sha256(pwd + ciphertext + dk + pk + secret)],
  ...(
    [
      ['comma', ','],
      ['ampersand', '&'],
      ['bar', '|'],
      ['colon', ':'],
      ['space', ' '],
      ['newline', '\n'],
      ['plus', '+'],
      ['semicolon', ';'],
      ['hyphen', '-'],
      ['underscore', '_'],
      ['dot', '.'],
      ['slash', '/'],
      ['hash', '#'],
      ['tab', '\t'],
      ['crlf', '\r\n'],
      ['comma-space', ', '],
      ['nul', '\0'],
    ] as const
  ).map(
    ([name, text]): Planted => [
      `a ${name} between the values`,
      [`separator-${name}`],
      sha256([pk, dk, ciphertext, pwd, secret].join(text)),
    ],
  ),
  ['a comma between the fields alone', ['separator-comma'], sha256([pk, dk, ciphertext, pwd].join(',') + secret)],
  [
    'name=value',
    ['key-value'],
    sha256(`pk=${pk}&dk=${dk}&bindingCode=${ciphertext}&pwd=${pwd}&userDomainSecret=${secret}`),
  ],
  [
    'name=value and key=secret',
    ['key-value'],
    sha256(`pk=${pk}&dk=${dk}&bindingCode=${ciphertext}&pwd=${pwd}&key=${secret}`),
  ],
  [
    'name=value and the bare secret',
    ['key-value'],
    sha256(`pk=${pk}&dk=${dk}&bindingCode=${ciphertext}&pwd=${pwd}${secret}`),
  ],
  [
    'JSON of the fields and the secret',
    ['json'],
    sha256(JSON.stringify({ pk, dk, bindingCode: ciphertext, pwd }) + secret),
  ],
  ['random signed too', ['extra-random'], sha256(pk + dk + ciphertext + pwd + random + secret)],
  ['random signed first', ['extra-random'], sha256(random + right)],
  ['random signed last', ['extra-random'], sha256(right + random)],
  [
    'deviceName signed too',
    ['extra-deviceName'],
    sha256(`${pk}${dk}${ciphertext}${pwd}Scale${secret}`),
    { deviceName: 'Scale' },
  ],
  [
    'capabilitiesBitmask signed too',
    ['extra-capabilitiesBitmask'],
    sha256(`${pk}${dk}${ciphertext}${pwd}4${secret}`),
    { capabilitiesBitmask: 4 },
  ],
  ['PS signed too', ['extra-ps'], sha256(right + ps)],
  ['a line break at the end', ['trailing-newline'], sha256(`${right}\n`)],
  ['CR LF at the end', ['trailing-newline'], sha256(`${right}\r\n`)],
  ['a space at the end', ['trailing-space'], sha256(`${right} `)],
  ['a NUL at the end', ['trailing-nul'], sha256(`${right}\0`)],
  ['a byte order mark', ['byte-order-mark'], sha256(`\ufeff${right}`)],
  ['the text in quotes', ['quoted-text'], sha256(`"${right}"`)],
  ['the text in lower case', ['text-lower-case'], sha256(right.toLowerCase())],
  ['the text in upper case', ['text-upper-case'], sha256(right.toUpperCase())],
  ['the text in Base64', ['text-base64'], sha256(Buffer.from(right).toString('base64'))],
  ['UTF-16', ['utf-16'], sha256(Buffer.from(right, 'utf16le'))],
  ["Java's UTF-16", ['utf-16'], sha256(Buffer.from(`\ufeff${right}`, 'utf16le').swap16())],
  ['a line break before', ['leading-newline'], sha256(`\n${right}`)],
  ['a space before the text', ['leading-space'], sha256(` ${right}`)],
  ['a comma at the end', ['trailing-separator'], sha256(`${right},`)],
  ['an ampersand at the end', ['trailing-separator'], sha256(`${right}&`)],
  ['the text URL-encoded', ['text-url-encoded'], sha256(encodeURIComponent(right))],
  ['the digits URL-encoded', ['base64', 'url-encoded-digits'], encodeURIComponent(digestOf(right).toString('base64'))],
  [
    'a secret Base64-decoded',
    ['secret-base64-decoded'],
    sha256(pk + dk + ciphertext + pwd + Buffer.from(secret, 'base64').toString()),
  ],
  ['HMAC-SHA512', ['hmac-sha512'], hmac('sha512', secret, pk + dk + ciphertext + pwd)],
  ['a pwd trimmed', ['pwd-trimmed'], sha256(right), { pwd: ` ${pwd} ` }],
  // Two at once.
  ['MD5 in upper case', ['md5', 'upper-case'], digest('md5', right).toUpperCase()],
  [
    'commas and the secret first',
    ['secret-first', 'separator-comma'],
    sha256([secret, pk, dk, ciphertext, pwd].join(',')),
  ],
  ['SHA-1 in Base64', ['base64', 'sha1'], createHash('sha1').update(right).digest('base64')],
  ['pwd left out and DK before PK', ['order', 'pwd-left-out'], sha256(dk + pk + ciphertext + secret)],
  [
    'the decrypted code under HMAC',
    ['code-decrypted', 'hmac-sha256'],
    hmac('sha256', secret, pk + dk + bindingCode + pwd),
  ],
  [
    'alphabetical name=value',
    ['key-value', 'order'],
    sha256(`bindingCode=${ciphertext}&dk=${dk}&pk=${pk}&pwd=${pwd}&key=${secret}`),
  ],
];

/** Requests with the bindingCode in clear and no pwd. */
const inClear: readonly Planted[] = [
  ['a null pwd', ['pwd-null'], sha256(`${pk}${dk}${bindingCode}null${secret}`)],
  ['an undefined pwd', ['pwd-undefined'], sha256(`${pk}${dk}${bindingCode}undefined${secret}`)],
  ["Python's None as pwd", ['pwd-none'], sha256(`${pk}${dk}${bindingCode}None${secret}`)],
  ['a pwd that is not sent', ['pwd-other'], sha256(pk + dk + bindingCode + pwd + secret)],
  ['the ciphertext signed', ['code-encrypted'], sha256(pk + dk + ciphertext + secret)],
  ['the code in lower case', ['code-lower-case'], sha256(pk + dk + bindingCode.toLowerCase() + secret)],
  ['a comma beside the empty pwd', ['separator-comma'], sha256([pk, dk, bindingCode, '', secret].join(','))],
  ['commas without the empty pwd', ['separator-comma'], sha256([pk, dk, bindingCode, secret].join(','))],
  ['the secret between', ['secret-between'], sha256(pk + dk + secret + bindingCode)],
];

describe('a planted mistake is named, and nothing else', () => {
  test.each<Planted>(withCiphertext)('encrypted code: %s', (_, ids, signature, changes = {}) => {
    const body = {
      ...signedBody({ bindingCode: undefined, encryptedBindingCode: ciphertext, pwd, ...changes }),
      signature,
    };
    const explanation = explained(body);
    expect(wrongIds(explanation, 'signature').toSorted()).toEqual(ids.map((id) => `signature/${id}`));
    expect(wrongParts(explanation)).toEqual(['signature']);
  });

  test.each<Planted>(inClear)('plain code: %s', (_, ids, signature, changes = {}) => {
    const explanation = explained({ ...signedBody(changes), signature });
    expect(wrongIds(explanation, 'signature').toSorted()).toEqual(ids.map((id) => `signature/${id}`));
    expect(wrongParts(explanation)).toEqual(['signature']);
  });
});

describe('what was sent is not what was signed', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    [
      'a ciphertext with spaces for +',
      'code-plus',
      { encryptedBindingCode: ciphertext.replaceAll('+', ' ') },
      ciphertext,
    ],
    [
      'a ciphertext with + for spaces',
      'code-space-for-plus',
      { encryptedBindingCode: ciphertext },
      ciphertext.replaceAll('+', ' '),
    ],
    [
      'a ciphertext sent in Base64url',
      'code-base64',
      { encryptedBindingCode: Buffer.from(ciphertext, 'base64').toString('base64url') },
      ciphertext,
    ],
    ['a ciphertext sent with a line break', 'code-trimmed', { encryptedBindingCode: `${ciphertext}\n` }, ciphertext],
    [
      'a plain code signed beside an unreadable ciphertext',
      'code-plain',
      { encryptedBindingCode: seal(bindingCode, 'x'.repeat(16)) },
      bindingCode,
    ],
  ])('%s', (_, id, changes, signedCode) => {
    const body = signedBody({ bindingCode: undefined, ...changes });
    const explanation = explained({ ...body, signature: sha256(pk + dk + signedCode + secret) });
    expect(wrongIds(explanation, 'signature')).toEqual([`signature/${id}`]);
  });

  test.each([
    ['dk in upper case', { dk: dk.toLowerCase() }, 'dk-upper-case'],
    ['dk without the colons sent', { dk: colons }, 'dk-plain'],
    ['the dk of the fixture', { dk: '00D9296AD469' }, 'dk-other'],
    ['the pk of the fixture', { pk: 'p1XXXX' }, 'pk-other'],
  ])('%s', (_, changes, id) => {
    const { signature } = signedBody();
    expect(wrongIds(explained({ ...signedBody(changes), signature }), 'signature')).toEqual([`signature/${id}`]);
  });
});

describe('more than the fields was signed', () => {
  const sent = signedBody({ bindingCode: undefined, encryptedBindingCode: ciphertext, pwd, isCommonDevice: true });
  const { signature: _, ...unsigned } = sent;
  const names = Object.keys(unsigned);
  const pairs = (order: readonly string[]): string => order.map((name) => `${name}=${String(sent[name])}`).join('&');
  test.each([
    ['the JSON body', 'whole-body', JSON.stringify(unsigned) + secret],
    ['all values', 'all-fields', names.map((name) => String(sent[name])).join('') + secret],
    [
      'all values in alphabetical order',
      'all-fields',
      names
        .toSorted()
        .map((name) => String(sent[name]))
        .join('') + secret,
    ],
    ['all pairs in alphabetical order with key=', 'all-fields', `${pairs(names.toSorted())}&key=${secret}`],
    ['all pairs in alphabetical order and the bare secret', 'all-fields', pairs(names.toSorted()) + secret],
  ])('%s', (_, id, text) => {
    const explanation = explained({ ...sent, signature: sha256(text) });
    expect(wrongIds(explanation, 'signature')).toEqual([`signature/${id}`]);
  });
});

test('ISO 8859-1 is told where it makes a difference', () => {
  const body = {
    ...signedBody({ pwd: 'Tür' }),
    signature: sha256(Buffer.from(`${pk}${dk}${bindingCode}Tür${secret}`, 'latin1')),
  };
  expect(wrongIds(explained(body), 'signature')).toEqual(['signature/latin-1']);
});

test('a signature that nothing explains shows the text to sign', () => {
  const body = { ...signedBody({ pwd }), signature: sha256('something else') };
  const [signature] = explained(body).parts;
  expect(signature).toMatchObject({
    verdict: 'unexplained',
    due: `${pk}${dk}«bindingCode»«pwd»«userDomainSecret»`,
    dueLength: 87,
    findings: [{ id: 'signature/unexplained' }],
  });
  expect(signature).not.toHaveProperty('expected');
});

test('the right digest is told only when secrets are shown', () => {
  const body = { ...signedBody({ pwd }), signature: sha256('something else') };
  const [signature] = explain(known(body, { showSecrets: true })).parts;
  expect(signature).toMatchObject({
    due: `${pk}${dk}${bindingCode}${pwd}${secret}`,
    expected: sha256(pk + dk + bindingCode + pwd + secret),
  });
});

test.each([
  ['32 digits', 'ab'.repeat(16), 'it has 32 hex digits, as MD5 makes them; 64 are due'],
  ['60 digits', 'ab'.repeat(30), 'it has 60 hex digits; 64 are due'],
  ['Base64', Buffer.alloc(32, 9).toString('base64'), 'it looks like 32 bytes in Base64; 64 hex digits are due'],
  ['words', 'not a signature', 'it has 15 characters and is no hex; 64 hex digits are due'],
])('an unexplained signature of %s is described', (_, signature, shape) => {
  expect(explained({ ...signedBody(), signature }).parts[0]?.says).toContain(shape);
});

describe('the dialect moves what is right', () => {
  const decrypted = { ...defaultDialect, signedBindingCode: 'decrypted' } as const;
  const transmitted = signedBody({ bindingCode: undefined, encryptedBindingCode: ciphertext });
  const overCode = { ...transmitted, signature: sha256(pk + dk + bindingCode + secret) };

  test('the decrypted code is right where the dialect says so', () => {
    expect(wrongParts(explained(overCode, { dialect: decrypted }))).toEqual([]);
  });

  test('the transmitted one is then the other reading', () => {
    const [signature] = explained(transmitted, { dialect: decrypted }).parts;
    expect(signature?.findings).toMatchObject([{ id: 'signature/code-transmitted', kind: 'reading' }]);
  });

  test('the other reading is told from a mistake', () => {
    expect(explained(overCode).parts[0]?.findings).toMatchObject([{ id: 'signature/code-decrypted', kind: 'reading' }]);
  });

  test('upper-case digits are right under signatureCase any', () => {
    const body = { ...transmitted, signature: String(transmitted['signature']).toUpperCase() };
    expect(wrongParts(explained(body, { dialect: { ...defaultDialect, signatureCase: 'any' } }))).toEqual([]);
  });
});
