import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CipherField } from '../../../generators/pure-bt/request.ts';
import { explain } from './explain.ts';
import { device, explained, known, now, seal, sealBytes, signedBody, wrongIds, wrongParts } from './testing/device.ts';

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
function filledBy(ending: (length: number) => Buffer): (text: string) => string {
  return (text) => raw('aes-128-cbc', padded(text, ending)).toString('base64');
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

type Planted = [what: string, ids: string[], make: (plaintext: string) => string];

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
  ['Base64 twice', ['base64-twice'], (text) => Buffer.from(seal(text)).toString('base64')],
  ['Base64 of hex', ['base64-of-hex'], (text) => Buffer.from(sealBytes(text).toString('hex')).toString('base64')],
  ...keys.map(([what, id, key]): Planted => [`as key ${what}`, [id], (text) => seal(text, key)]),
  ['a zero key', ['key-zeros'], (text) => seal(text, Buffer.alloc(16))],
  ['PS as passphrase', ['openssl-salted'], (text) => salted(text).toString('base64')],
  ...ivs.map(([what, id, iv]): Planted => [`as IV ${what}`, [id], (text) => seal(text, ps, iv)]),
  ['another random', ['iv-other'], (text) => seal(text, ps, 'another16random!')],
  [
    'the IV before the ciphertext',
    ['iv-prepended'],
    (text) => Buffer.concat([Buffer.from(random), sealBytes(text)]).toString('base64'),
  ],
  [
    'another IV before the ciphertext',
    ['iv-prepended'],
    (text) => Buffer.concat([Buffer.alloc(block, 9), sealBytes(text, ps, Buffer.alloc(block, 9))]).toString('base64'),
  ],
  [
    'the IV after the ciphertext',
    ['iv-appended'],
    (text) => Buffer.concat([sealBytes(text), Buffer.from(random)]).toString('base64'),
  ],
  ['ECB', ['mode-ecb'], (text) => raw('aes-128-ecb', padded(text, pkcs), null).toString('base64')],
  ['CTR with padding', ['mode-ctr'], (text) => raw('aes-128-ctr', padded(text, pkcs)).toString('base64')],
  ['GCM', ['mode-gcm'], (text) => gcm(text, random).toString('base64')],
  ['GCM with a nonce of 12', ['mode-gcm'], (text) => gcm(text, random.slice(0, 12)).toString('base64')],
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
  ['no encryption', ['not-encrypted'], (text) => Buffer.from(text).toString('base64')],
  ['neither encryption nor Base64', ['not-encrypted'], (text) => text],
  ['CFB8', ['mode-cfb8'], (text) => raw('aes-128-cfb8', Buffer.from(text)).toString('base64')],
  ['CFB8 with padding', ['mode-cfb8'], (text) => raw('aes-128-cfb8', padded(text, pkcs)).toString('base64')],
  ['OFB with padding', ['mode-ofb'], (text) => raw('aes-128-ofb', padded(text, pkcs)).toString('base64')],
  ['UTF-16', ['text-utf-16'], (text) => seal(Buffer.from(text, 'utf16le'))],
  ['plaintext in hex', ['text-hex'], (text) => seal(Buffer.from(text).toString('hex'))],
  ['plaintext in Base64', ['text-base64'], (text) => seal(Buffer.from(text).toString('base64'))],
  ['characters outside Base64', ['not-base64'], (text) => `${seal(text).slice(0, 8)}!*${seal(text).slice(10)}`],
  ['a lost character', ['not-base64'], (text) => seal(text).slice(1)],
  ['a lost byte', ['length'], (text) => sealBytes(text).subarray(1).toString('base64')],
  // Two and three at once.
  ['random and PS swapped', ['iv-ps', 'key-random'], (text) => seal(text, random, ps)],
  [
    'ECB under the MD5 of PS',
    ['key-ps-md5', 'mode-ecb'],
    (text) => {
      const cipher = createCipheriv('aes-128-ecb', hash('md5', ps), null);
      return Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
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
  const bodyWith = (ciphertext: string): Record<string, unknown> =>
    signedBody({ [field]: ciphertext, ...(field === 'encryptedBindingCode' ? { bindingCode: undefined } : {}) });

  test('accepts a correct ciphertext', () => {
    expect(wrongParts(explained(bodyWith(seal(plaintext))))).toEqual([]);
  });

  test.each<Planted>(planted)('finds %s', (_, ids, make) => {
    const explanation = explained(bodyWith(make(plaintext)));
    expect(wrongIds(explanation, field).toSorted()).toEqual(ids.map((id) => `cipher/${id}`));
    expect(wrongParts(explanation)).toEqual([field]);
  });
});

test.each([
  ['encryptedNewBindingSecret', 'aes-128-ctr', 'mode-ctr'],
  ['encryptedNewBindingSecret', 'aes-128-cfb', 'mode-cfb'],
  ['encryptedNewBindingSecret', 'aes-128-ofb', 'mode-ofb'],
  ['encryptedBindingCode', 'aes-128-ctr', 'mode-stream'],
  ['encryptedBindingCode', 'aes-128-cfb', 'mode-stream'],
] as const)('finds the mode: %s in %s without padding', (field, algorithm, id) => {
  const ciphertext = raw(algorithm, Buffer.from(plaintexts[field])).toString('base64');
  const plain = field === 'encryptedBindingCode' ? { bindingCode: undefined } : {};
  expect(wrongIds(explained(signedBody({ [field]: ciphertext, ...plain })), field)).toEqual([`cipher/${id}`]);
});

test('finds a key that is PS hex-decoded', () => {
  const hexPs = '89A049614445CCA8';
  const key = filled(Buffer.from(hexPs, 'hex'));
  const body = signedBody({ encryptedNewBindingSecret: seal(plaintexts.encryptedNewBindingSecret, key) });
  const { secrets } = known(body);
  const explanation = explained(body, { secrets: { ...secrets, ps: hexPs } });
  expect(wrongIds(explanation, 'encryptedNewBindingSecret')).toEqual(['cipher/key-ps-hex']);
});

test.each([
  ['of 16 digits', '4445CCA889A04961', []],
  ['of 32 digits, which is too long for an IV', '4445CCA889A049614445CCA889A04962', ['field/random-length']],
])('finds an IV that is random hex-decoded: a random %s', (_, hexRandom, fields) => {
  const iv = filled(Buffer.from(hexRandom, 'hex'));
  const ciphertext = seal(plaintexts.encryptedNewBindingSecret, ps, iv);
  const explanation = explained(signedBody({ random: hexRandom, encryptedNewBindingSecret: ciphertext }));
  expect(wrongIds(explanation, 'encryptedNewBindingSecret')).toEqual(['cipher/iv-hex']);
  expect(wrongIds(explanation, 'fields')).toEqual(fields);
});

test.each([
  ['without its padding', 'unpadded', (text: string) => text.replace(/=+$/, '')],
  ['with another last character', 'stray-bits', (text: string) => text.replace(/.=$/, '9=')],
])('finds Base64 %s', (_, id, change) => {
  const body = signedBody({ bindingCode: undefined, encryptedBindingCode: change(seal(device.bindingCode)) });
  expect(wrongIds(explained(body), 'encryptedBindingCode')).toEqual([`cipher/${id}`]);
});

test('finds missing padding if the text fills its blocks', () => {
  const ciphertext = raw('aes-128-cbc', Buffer.from(device.bindingCode)).toString('base64');
  const body = signedBody({ bindingCode: undefined, encryptedBindingCode: ciphertext });
  expect(wrongIds(explained(body), 'encryptedBindingCode')).toEqual(['cipher/padding-none']);
});

test('names the IV that was used if the start of the text is known', () => {
  const text = plaintexts.encryptedNewBindingSecret;
  const body = signedBody({ encryptedNewBindingSecret: seal(text, ps, 'another16random!') });
  const part = explained(body).parts.find((explanation) => explanation.part === 'encryptedNewBindingSecret');
  expect(part?.says).toBe('the IV is not the value of random: it is "another16random!"');
  expect(part?.made).toBe(`${pk},${dk},«bindingSecret»`);
});

test('names an IV that was filled up with zero bytes, also for a text of one block', () => {
  const iv = filled(Buffer.from('1732924800123'));
  const secrets = { ...known({}).secrets, bindingCode: 'china1234' };
  const body = signedBody({ bindingCode: undefined, encryptedBindingCode: seal('china1234', ps, iv) });
  expect(wrongIds(explained(body, { secrets }), 'encryptedBindingCode')).toContain('cipher/iv-other');
});

test('says under which condition an IV was used if it is not text', () => {
  const text = `${pk},${dk.toLowerCase()},${device.bindingSecret}`;
  const body = signedBody({ encryptedNewBindingSecret: seal(text, ps, 'MyAppFixedIV2024') });
  const part = explained(body).parts.find((explanation) => explanation.part === 'encryptedNewBindingSecret');
  expect(part?.says).toMatch(
    /^the IV is not the value of random: if the text starts as it should, the IV is [0-9a-f]{32} /,
  );
  expect(part?.made).toMatch(/^\(16 bytes of garbage\)/);
});

test('does not tell which IV was used if a code that is not known fits several', () => {
  const { bindingCode: _, ...secrets } = known({}).secrets;
  const times = Array.from({ length: 40 }, (_unused, at) => String(2_026_012_615_094_800 + at * 97_303));
  for (const iv of times) {
    const body = signedBody({ bindingCode: undefined, encryptedBindingCode: seal(device.bindingCode, ps, iv) });
    const part = explain({ ...known(body), secrets }).parts.find(({ part: name }) => name === 'encryptedBindingCode');
    const [found] = part?.findings ?? [];
    const causes = part?.alternatives ?? [];
    if (found?.id === 'cipher/undecided') expect(causes.map(({ id }) => id)).toContain('cipher/iv-other');
    else expect(found?.id).toBe('cipher/iv-other');
  }
});

test.each([1, 5, 17])('makes up no cause for %s random bytes', (length) => {
  const found = Array.from({ length: 4 }, () => {
    const body = signedBody({ encryptedNewBindingSecret: randomBytes(length).toString('base64') });
    return wrongIds(explained(body), 'encryptedNewBindingSecret');
  });
  expect(new Set(found.flat())).toEqual(new Set(['cipher/length']));
});

test.each([
  ['userDomainSecret', userDomainSecret.slice(3, 19)],
  ['bindingSecret in upper case', device.bindingSecret.toUpperCase().slice(0, 12).padEnd(16, '#')],
])('prints no part of a secret as an IV: %s', (_, iv) => {
  const body = signedBody({ encryptedNewBindingSecret: seal(plaintexts.encryptedNewBindingSecret, ps, iv) });
  const output = JSON.stringify(explained(body)).toLowerCase();
  for (let at = 0; at + 8 <= 12; at += 1) expect(output).not.toContain(iv.slice(at, at + 8).toLowerCase());
});

test('finds a random of a wrong length, and how it was used', () => {
  const long = `${random}ABCD`;
  const body = signedBody({ random: long, encryptedNewBindingSecret: seal(plaintexts.encryptedNewBindingSecret) });
  const explanation = explained(body);
  expect(wrongIds(explanation, 'encryptedNewBindingSecret')).toEqual(['cipher/iv-cut']);
  expect(wrongIds(explanation, 'fields')).toEqual(['field/random-length']);
});

test.each([
  ['zero bytes', Buffer.alloc(1)],
  ['the digit 0', Buffer.from('0')],
])('finds a random of 15 that was padded with %s', (_, end) => {
  const short = random.slice(1);
  const ciphertext = seal(plaintexts.encryptedNewBindingSecret, ps, Buffer.concat([Buffer.from(short), end]));
  const explanation = explained(signedBody({ random: short, encryptedNewBindingSecret: ciphertext }));
  expect(wrongIds(explanation, 'encryptedNewBindingSecret')).toEqual(['cipher/iv-filled']);
});

test('names the next step for a ciphertext with an unknown key', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal('x'.repeat(36), 'anotherProductPS') });
  const part = explained(body).parts.find((explanation) => explanation.part === 'encryptedNewBindingSecret');
  expect(part).toMatchObject({ verdict: 'unexplained', findings: [{ id: 'cipher/unexplained' }] });
  expect(part?.findings[0]?.fix).toContain(
    '"china1234" with key 89A049614445CCA8 and IV 4445CCA889A04961 gives lkZMvj0KDSJXlp66jBieHA==',
  );
});

test('says what was ruled out for an unknown key', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal('x'.repeat(36), 'anotherProductPS') });
  const part = explained(body).parts.find((explanation) => explanation.part === 'encryptedNewBindingSecret');
  expect(part?.says).toMatch(/: tried \d{2,} keys .*, every IV, \d+ modes, \d+ paddings, \d+ encodings of the text/);
});

test.each([
  ['encryptedBindingCode', 'encryptedNewBindingSecret'],
  ['encryptedNewBindingSecret', 'encryptedBindingCode'],
  ['encryptedOldBindingSecret', 'encryptedNewBindingSecret'],
] as const)('finds a cipher object that encrypted %s and then %s', (first, second) => {
  const before = sealBytes(plaintexts[first]);
  const after = sealBytes(plaintexts[second], ps, before.subarray(-block));
  const ciphertexts = { [first]: before.toString('base64'), [second]: after.toString('base64') };
  const explanation = explained(
    signedBody({ bindingCode: undefined, encryptedBindingCode: seal(device.bindingCode), ...ciphertexts }),
  );
  expect(wrongIds(explanation, second)).toEqual(['cipher/iv-reused']);
  expect(wrongParts(explanation)).toEqual([second]);
});

test('finds a bindingCode with decoded hex digits', () => {
  const code = seal(Buffer.from(device.bindingCode, 'hex'));
  const explanation = explained(signedBody({ bindingCode: undefined, encryptedBindingCode: code }));
  expect(wrongIds(explanation, 'encryptedBindingCode')).toEqual(['cipher/text-hex-decoded']);
});

test('is undecided if another dk and another random explain the same bytes', () => {
  const sent = '1732876543210123';
  const body = signedBody({
    random: sent,
    dk: 'ACD90000D469',
    encryptedNewBindingSecret: seal(`${pk},ACD90001D469,${device.bindingSecret}`, ps, sent),
  });
  const part = explained(body).parts.find(({ part: name }) => name === 'encryptedNewBindingSecret');
  expect(part?.says).toContain('undecided');
  expect(part?.alternatives?.map(({ id }) => id)).toEqual(['cipher/iv-other', 'plaintext/other-dk']);
});

test('reports a ciphertext that is far too long', () => {
  const body = signedBody({ encryptedNewBindingSecret: seal('x'.repeat(50_000)) });
  expect(wrongIds(explained(body), 'encryptedNewBindingSecret')).toEqual(['cipher/too-long']);
});

test('never reads random bytes as text', () => {
  for (let count = 0; count < 4; count += 1) {
    const body = signedBody({ encryptedNewBindingSecret: randomBytes(16 * (1 + (count % 4))).toString('base64') });
    expect(wrongIds(explained(body, { now }), 'encryptedNewBindingSecret')).toEqual(['cipher/unexplained']);
  }
});
