import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CipherField } from '../../../generators/pure-bt/request.ts';
import {
  device,
  explained,
  explainedPart,
  known,
  seal,
  sealBytes,
  signedBody,
  wrongIds,
  wrongParts,
} from './testing/device.ts';

const { pk, dk, ps, random, userDomainSecret } = device;
const plaintexts: { readonly [Field in CipherField]: string } = {
  encryptedBindingCode: device.bindingCode,
  encryptedNewBindingSecret: `${pk},${dk},${device.bindingSecret}`,
  encryptedOldBindingSecret: `${pk},${dk},${device.oldBindingSecret}`,
};
const hash = (algorithm: string, text: string | Buffer): Buffer => createHash(algorithm).update(text).digest();
const filled = (bytes: Buffer, length = 16): Buffer => Buffer.concat([bytes, Buffer.alloc(length)]).subarray(0, length);
const block = 16;

/** Encrypts the plaintext without padding, in any mode. */
function raw(algorithm: string, plaintext: Buffer, iv: string | null = random): Buffer {
  const cipher = createCipheriv(algorithm, ps, iv);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

function gcm(plaintext: string, nonce: string): Buffer {
  const cipher = createCipheriv('aes-128-gcm', ps, nonce);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Pads a text to whole blocks with an ending of the missing length. */
function padded(text: string, ending: (length: number) => Buffer): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, ending(block - (bytes.length % block))]);
}

/** CBC of a text with its own padding. */
function filledBy(ending: (length: number) => Buffer): (text: string) => Buffer {
  return (text) => raw('aes-128-cbc', padded(text, ending));
}

/** OpenSSL's passphrase format, as CryptoJS writes it. */
function salted(plaintext: string): Buffer {
  const salt = Buffer.from('8bytesof');
  const first = hash('md5', Buffer.concat([Buffer.from(ps), salt]));
  const second = hash('md5', Buffer.concat([first, Buffer.from(ps), salt]));
  const third = hash('md5', Buffer.concat([second, Buffer.from(ps), salt]));
  return Buffer.concat([Buffer.from('Salted__'), salt, sealBytes(plaintext, Buffer.concat([first, second]), third)]);
}

const pkcs = (length: number): Buffer => Buffer.alloc(length, length);
const base64url = (text: string): string => seal(text).replaceAll('+', '-').replaceAll('/', '_');

type Planted = [what: string, ids: string[], make: (plaintext: string) => string | Buffer];

const hex = (algorithm: string, text: string): string => hash(algorithm, text).toString('hex');
const backwards = (text: string): string => [...text].reverse().join('');

const keys: readonly (readonly [what: string, id: string, key: string | Buffer])[] = [
  ['the MD5 of PS', 'key-ps-md5', hash('md5', ps)],
  ['the MD5 of PS in hex', 'key-ps-md5', hex('md5', ps)],
  ['16 digits of the MD5 of PS', 'key-ps-md5', hex('md5', ps).slice(8, 24)],
  ['16 upper-case digits of the MD5 of PS', 'key-ps-md5', hex('md5', ps).toUpperCase().slice(0, 16)],
  ['the SHA-256 of PS', 'key-ps-sha256', hash('sha256', ps)],
  ['half the SHA-256 of PS', 'key-ps-sha256', hash('sha256', ps).subarray(0, 16)],
  ['32 digits of the SHA-256 of PS', 'key-ps-sha256', hex('sha256', ps).slice(0, 32)],
  ['the SHA-1 of PS', 'key-ps-sha1', hash('sha1', ps).subarray(0, 16)],
  ['a SHA1PRNG key', 'key-ps-sha1prng', hash('sha1', hash('sha1', ps)).subarray(0, 16)],
  ['PS Base64-decoded', 'key-ps-base64', filled(Buffer.from(ps, 'base64'))],
  ['PS in hex', 'key-ps-hex-digits', Buffer.from(ps).toString('hex')],
  ['PS and zeros', 'key-ps-zeros', filled(Buffer.from(ps), 32)],
  ['PS in UTF-16', 'key-ps-utf-16', Buffer.from(ps, 'utf16le')],
  ['PS in upper case', 'key-ps-upper-case', ps.toUpperCase()],
  ['PS in lower case', 'key-ps-lower-case', ps.toLowerCase()],
  ['PS backwards', 'key-ps-reversed', backwards(ps)],
  ['PS twice', 'key-ps-twice', ps + ps],
  ['the old bindingSecret', 'key-old-binding-secret', device.oldBindingSecret],
  ['the start of userDomainSecret', 'key-user-domain-secret', userDomainSecret.slice(0, 16)],
  ['32 characters of userDomainSecret', 'key-user-domain-secret', userDomainSecret.slice(0, 32)],
  ['the MD5 of userDomainSecret', 'key-user-domain-secret', hash('md5', userDomainSecret)],
  ['16 digits of the MD5 of userDomainSecret', 'key-user-domain-secret', hex('md5', userDomainSecret).slice(0, 16)],
  ['the bindingSecret', 'key-binding-secret', device.bindingSecret],
  ['the bindingSecret backwards', 'key-binding-secret', backwards(device.bindingSecret)],
  ['the bindingCode', 'key-binding-code', device.bindingCode],
  ['the bindingCode in lower case', 'key-binding-code', device.bindingCode.toLowerCase()],
];

const ivs: readonly (readonly [what: string, id: string, iv: string | Buffer])[] = [
  ['zeros', 'iv-zero', Buffer.alloc(block)],
  ['digits 0', 'iv-zero', '0'.repeat(block)],
  ['PS', 'iv-ps', ps],
  ['the MD5 of PS', 'iv-ps', hash('md5', ps)],
  ['random Base64-decoded', 'iv-base64', filled(Buffer.from(random, 'base64'))],
  ['the MD5 of random', 'iv-md5', hash('md5', random)],
  ['the middle digits of the MD5 of random', 'iv-md5', hex('md5', random).slice(8, 24)],
  ['random in lower case', 'iv-lower-case', random.toLowerCase()],
  ['random in upper case', 'iv-upper-case', random.toUpperCase()],
  ['random backwards', 'iv-reversed', backwards(random)],
  ['a constant', 'iv-constant', '0102030405060708'],
  ['the start of userDomainSecret', 'iv-user-domain-secret', userDomainSecret.slice(0, block)],
  ['the bindingSecret', 'iv-binding-secret', device.bindingSecret],
];

/** Mistakes that every ciphertext can have. */
const planted: readonly Planted[] = [
  ['a line break at the end', ['line-breaks'], (text) => `${seal(text)}\n`],
  ['lines of 20 characters', ['line-breaks'], (text) => seal(text).replace(/.{20}/g, '$&\r\n')],
  ['spaces for +', ['space-for-plus'], (text) => seal(text).replaceAll('+', ' ')],
  ['spaces around', ['whitespace'], (text) => `  ${seal(text)} `],
  ['URL encoding', ['url-encoded'], (text) => encodeURIComponent(seal(text))],
  ['escaped slashes', ['escaped'], (text) => seal(text).replaceAll('/', '\\/')],
  ['quotes', ['quoted'], (text) => `"${seal(text)}"`],
  ['the URL-safe alphabet', ['url-safe'], base64url],
  ['the URL-safe alphabet without padding', ['url-safe'], (text) => base64url(text).replace(/=+$/, '')],
  ['the URL-safe alphabet and a line break', ['line-breaks', 'url-safe'], (text) => `${base64url(text)}\n`],
  ['hex', ['hex'], (text) => sealBytes(text).toString('hex')],
  ['upper-case hex', ['hex'], (text) => sealBytes(text).toString('hex').toUpperCase()],
  ['Base64 twice', ['base64-twice'], (text) => Buffer.from(seal(text))],
  ['Base64 of hex', ['base64-of-hex'], (text) => Buffer.from(sealBytes(text).toString('hex'))],
  ...keys.map(([what, id, key]): Planted => [`as key ${what}`, [id], (text) => seal(text, key)]),
  ['a zero key', ['key-zeros'], (text) => seal(text, Buffer.alloc(16))],
  ['PS as passphrase', ['openssl-salted'], (text) => salted(text)],
  ...ivs.map(([what, id, iv]): Planted => [`as IV ${what}`, [id], (text) => seal(text, ps, iv)]),
  ['another random', ['iv-other'], (text) => seal(text, ps, 'another16random!')],
  ['the IV before the ciphertext', ['iv-prepended'], (text) => Buffer.concat([Buffer.from(random), sealBytes(text)])],
  [
    'another IV before the ciphertext',
    ['iv-prepended'],
    (text) => Buffer.concat([Buffer.alloc(block, 9), sealBytes(text, ps, Buffer.alloc(block, 9))]),
  ],
  ['the IV after the ciphertext', ['iv-appended'], (text) => Buffer.concat([sealBytes(text), Buffer.from(random)])],
  ['ECB', ['mode-ecb'], (text) => raw('aes-128-ecb', padded(text, pkcs), null)],
  ['CTR with padding', ['mode-ctr'], (text) => raw('aes-128-ctr', padded(text, pkcs))],
  ['GCM', ['mode-gcm'], (text) => gcm(text, random)],
  ['GCM with a nonce of 12', ['mode-gcm'], (text) => gcm(text, random.slice(0, 12))],
  ['padding by hand and by the library', ['padding-twice'], (text) => seal(padded(text, pkcs))],
  [
    'zeros by hand and padding by the library',
    ['padding-twice'],
    (text) => seal(padded(text, (length) => Buffer.alloc(length))),
  ],
  ['padding of spaces', ['padding-spaces'], filledBy((length) => Buffer.alloc(length, 0x20))],
  ['padding of zeros', ['padding-zero'], filledBy((length) => Buffer.alloc(length))],
  [
    'ISO 7816 padding',
    ['padding-iso7816'],
    filledBy((length) => Buffer.concat([Buffer.from([0x80]), Buffer.alloc(length - 1)])),
  ],
  ...[0, 0xa7].map(
    (filler): Planted => [
      `ANSI X9.23 or ISO 10126 padding of ${filler}`,
      ['padding-x923'],
      filledBy((length) => Buffer.concat([Buffer.alloc(length - 1, filler), Buffer.from([length])])),
    ],
  ),
  ['a NUL at the end', ['trailing-nul'], (text) => seal(`${text}\0`)],
  [
    'a buffer of 48 bytes and more',
    ['trailing-nul'],
    (text) => seal(Buffer.concat([Buffer.from(text), Buffer.alloc(51 - text.length)])),
  ],
  ['no encryption', ['not-encrypted'], (text) => Buffer.from(text)],
  ['neither encryption nor Base64', ['not-encrypted'], (text) => text],
  ['CFB8', ['mode-cfb8'], (text) => raw('aes-128-cfb8', Buffer.from(text))],
  ['CFB8 with padding', ['mode-cfb8'], (text) => raw('aes-128-cfb8', padded(text, pkcs))],
  ['OFB with padding', ['mode-ofb'], (text) => raw('aes-128-ofb', padded(text, pkcs))],
  ['UTF-16', ['text-utf-16'], (text) => seal(Buffer.from(text, 'utf16le'))],
  ['plaintext in hex', ['text-hex'], (text) => seal(Buffer.from(text).toString('hex'))],
  ['plaintext in Base64', ['text-base64'], (text) => seal(Buffer.from(text).toString('base64'))],
  ['characters outside Base64', ['not-base64'], (text) => `${seal(text).slice(0, 8)}!*${seal(text).slice(10)}`],
  ['a lost character', ['not-base64'], (text) => seal(text).slice(1)],
  ['a lost byte', ['length'], (text) => sealBytes(text).subarray(1)],
  // Two and three at once.
  ['random and PS swapped', ['iv-ps', 'key-random'], (text) => seal(text, random, ps)],
  [
    'ECB under the MD5 of PS',
    ['key-ps-md5', 'mode-ecb'],
    (text) => {
      const cipher = createCipheriv('aes-128-ecb', hash('md5', ps), null);
      return Buffer.concat([cipher.update(text), cipher.final()]);
    },
  ],
  ['a zero IV in hex', ['hex', 'iv-zero'], (text) => sealBytes(text, ps, Buffer.alloc(block)).toString('hex')],
  [
    'the MD5 of PS, a zero IV, hex',
    ['hex', 'iv-zero', 'key-ps-md5'],
    (text) => sealBytes(text, hash('md5', ps), Buffer.alloc(block)).toString('hex'),
  ],
];

describe.each(Object.entries(plaintexts))('%s', (name, plaintext) => {
  const field = name as CipherField;

  test('accepts a correct ciphertext', () => {
    expect(wrongParts(explained(signedBody({ [field]: seal(plaintext) })))).toEqual([]);
  });

  test.each<Planted>(planted)('finds %s', (_, ids, make) => {
    const explanation = explained(signedBody({ [field]: make(plaintext) }));
    expect(wrongIds(explanation, field).toSorted()).toEqual(ids.map((id) => `cipher/${id}`));
    expect(wrongParts(explanation)).toEqual([field]);
  });
});

const code = device.bindingCode;
const text = plaintexts.encryptedNewBindingSecret;
const swapped = `${dk},${pk},${device.bindingSecret}`;
const hexPs = '89A049614445CCA8';
const withText = (iv: string | Buffer, sent: string): Record<string, string> => ({
  random: sent,
  encryptedNewBindingSecret: seal(text, ps, iv),
});

type Single = [what: string, ids: string[], changes: Record<string, string | Buffer>, secrets?: object];

/** Mistakes that only some ciphertexts can have, with all ids of the request. */
test.each<Single>([
  ...(['ctr', 'cfb', 'ofb'] as const).map(
    (mode): Single => [
      `a secret in ${mode} without padding`,
      [`cipher/mode-${mode}`],
      { encryptedNewBindingSecret: raw(`aes-128-${mode}`, Buffer.from(text)) },
    ],
  ),
  ...(['ctr', 'cfb'] as const).map(
    (mode): Single => [
      `a code in ${mode} without padding`,
      ['cipher/mode-stream'],
      { encryptedBindingCode: raw(`aes-128-${mode}`, Buffer.from(code)) },
    ],
  ),
  [
    'a key that is PS hex-decoded',
    ['cipher/key-ps-hex'],
    { encryptedNewBindingSecret: seal(text, filled(Buffer.from(hexPs, 'hex'))) },
    { ps: hexPs },
  ],
  [
    'an IV that is random hex-decoded',
    ['cipher/iv-hex'],
    withText(filled(Buffer.from('4445CCA889A04961', 'hex')), '4445CCA889A04961'),
  ],
  [
    'an IV that is a random of 32 digits, hex-decoded',
    ['cipher/iv-hex', 'field/random-length'],
    withText(Buffer.from('4445CCA889A049614445CCA889A04962', 'hex'), '4445CCA889A049614445CCA889A04962'),
  ],
  ['a random of 20 that was cut', ['cipher/iv-cut', 'field/random-length'], withText(random, `${random}ABCD`)],
  ...(['\0', '0'] as const).map(
    (end): Single => [
      `a random of 15 that was filled up with ${JSON.stringify(end)}`,
      ['cipher/iv-filled', 'field/random-length'],
      withText(random.slice(1) + end, random.slice(1)),
    ],
  ),
  ['Base64 without its padding', ['cipher/unpadded'], { encryptedBindingCode: seal(code).replace(/=+$/, '') }],
  [
    'Base64 with another last character',
    ['cipher/stray-bits'],
    { encryptedBindingCode: seal(code).replace(/.=$/, '9=') },
  ],
  [
    'missing padding if the text fills its blocks',
    ['cipher/padding-none'],
    { encryptedBindingCode: raw('aes-128-cbc', Buffer.from(code)) },
  ],
  ['decoded hex digits', ['cipher/text-hex-decoded'], { encryptedBindingCode: seal(Buffer.from(code, 'hex')) }],
  [
    'an IV that was filled up with zero bytes, for a text of one block',
    ['cipher/iv-other'],
    { encryptedBindingCode: seal('china1234', ps, filled(Buffer.from('1732924800123'))) },
    { bindingCode: 'china1234' },
  ],
  [
    'a wrong IV and a wrong plaintext together',
    ['cipher/iv-zero', 'plaintext/swapped'],
    { encryptedNewBindingSecret: seal(swapped, ps, Buffer.alloc(block)) },
  ],
  [
    'an IV before the ciphertext of a wrong plaintext',
    ['cipher/iv-prepended', 'plaintext/swapped'],
    {
      encryptedNewBindingSecret: Buffer.concat([
        Buffer.alloc(block, 9),
        sealBytes(swapped, ps, Buffer.alloc(block, 9)),
      ]),
    },
  ],
  ['a ciphertext that is far too long', ['cipher/too-long'], { encryptedNewBindingSecret: seal('x'.repeat(50_000)) }],
])('finds %s', (_, ids, changes, secrets) => {
  const explanation = explained(signedBody(changes), { secrets: { ...known({}).secrets, ...secrets } });
  expect(explanation.parts.flatMap(({ part }) => wrongIds(explanation, part))).toEqual(ids);
});

test('names the IV that was used if the start of the text is known', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal(text, ps, 'another16random!') });
  expect(explainedPart(body, 'encryptedNewBindingSecret')).toMatchObject({
    says: 'the IV is not the value of random: it is "another16random!"',
    made: `${pk},${dk},«bindingSecret»`,
  });
});

test('says under which condition an IV was used if it is not text', () => {
  const lower = `${pk},${dk.toLowerCase()},${device.bindingSecret}`;
  const body = signedBody({ encryptedNewBindingSecret: seal(lower, ps, 'MyAppFixedIV2024') });
  const { says, made } = explainedPart(body, 'encryptedNewBindingSecret');
  expect(says).toMatch(/^the IV is not the value of random: if the text starts as it should, the IV is [0-9a-f]{32} /);
  expect(made).toMatch(/^\(16 bytes of garbage\)/);
});

test('does not tell which IV was used if a code that is not known fits several', () => {
  const { bindingCode: _, ...secrets } = known({}).secrets;
  const times = Array.from({ length: 40 }, (_unused, at) => String(2_026_012_615_094_800 + at * 97_303));
  for (const iv of times) {
    const body = signedBody({ encryptedBindingCode: seal(code, ps, iv) });
    const { findings, alternatives = [] } = explainedPart(body, 'encryptedBindingCode', { secrets });
    const causes = findings[0]?.id === 'cipher/undecided' ? alternatives : findings.slice(0, 1);
    expect(causes.map(({ id }) => id)).toContain('cipher/iv-other');
  }
});

test.each([1, 5, 17])('makes up no cause for %s random bytes', (length) => {
  const found = Array.from({ length: 4 }, () => {
    const body = signedBody({ encryptedNewBindingSecret: randomBytes(length) });
    return wrongIds(explained(body), 'encryptedNewBindingSecret');
  });
  expect(new Set(found.flat())).toEqual(new Set(['cipher/length']));
});

test.each([
  ['userDomainSecret', userDomainSecret.slice(3, 19)],
  ['bindingSecret in upper case', device.bindingSecret.toUpperCase().slice(0, 12).padEnd(16, '#')],
])('prints no part of a secret as an IV: %s', (_, iv) => {
  const output = JSON.stringify(explained(signedBody(withText(iv, random)))).toLowerCase();
  for (let at = 0; at + 8 <= 12; at += 1) expect(output).not.toContain(iv.slice(at, at + 8).toLowerCase());
});

test('names the next step for a ciphertext with an unknown key, and what was ruled out', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal('x'.repeat(36), 'anotherProductPS') });
  const { verdict, says, findings } = explainedPart(body, 'encryptedNewBindingSecret');
  expect([verdict, ...findings.map(({ id }) => id)]).toEqual(['unexplained', 'cipher/unexplained']);
  expect(says).toMatch(/: tried \d{2,} keys .*, every IV, \d+ modes, \d+ paddings, \d+ encodings of the text/);
  expect(findings[0]?.fix).toContain(
    '"china1234" with key 89A049614445CCA8 and IV 4445CCA889A04961 gives lkZMvj0KDSJXlp66jBieHA==',
  );
});

test.each([
  ['encryptedBindingCode', 'encryptedNewBindingSecret'],
  ['encryptedNewBindingSecret', 'encryptedBindingCode'],
  ['encryptedOldBindingSecret', 'encryptedNewBindingSecret'],
] as const)('finds a cipher object that encrypted %s and then %s', (first, second) => {
  const before = sealBytes(plaintexts[first]);
  const after = sealBytes(plaintexts[second], ps, before.subarray(-block));
  const ciphertexts = { [first]: before, [second]: after };
  const explanation = explained(signedBody({ encryptedBindingCode: seal(code), ...ciphertexts }));
  expect(wrongIds(explanation, second)).toEqual(['cipher/iv-reused']);
  expect(wrongParts(explanation)).toEqual([second]);
});

test('is undecided if another dk and another random explain the same bytes', () => {
  const sent = '1732876543210123';
  const other = seal(`${pk},ACD90001D469,${device.bindingSecret}`, ps, sent);
  const body = signedBody({ random: sent, dk: 'ACD90000D469', encryptedNewBindingSecret: other });
  const { says, alternatives = [] } = explainedPart(body, 'encryptedNewBindingSecret');
  expect(says).toContain('undecided');
  expect(alternatives.map(({ id }) => id)).toEqual(['cipher/iv-other', 'plaintext/other-dk']);
});

test('never reads random bytes as text', () => {
  for (let count = 0; count < 4; count += 1) {
    const body = signedBody({ encryptedNewBindingSecret: randomBytes(16 * (1 + (count % 4))) });
    expect(wrongIds(explained(body), 'encryptedNewBindingSecret')).toEqual(['cipher/unexplained']);
  }
});
