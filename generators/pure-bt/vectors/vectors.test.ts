/**
 * The vectors, computed once more with node:crypto. Nothing here imports the formulas or the code that makes the vectors,
 * because shared code would hide its mistakes.
 */
import { createCipheriv, createDecipheriv, createHmac, hash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { brokenParts } from '../testing/diagnosis.ts';
import type { CipherTest, SignatureTest, Vectors } from './vectors.generated.ts';
import vectorsJson from './vectors.json' with { type: 'json' };
import schema from './vectors.schema.json' with { type: 'json' };

const vectors = vectorsJson as Vectors;
const { signature, encryptedBindingCode, bindingSecret, request } = vectors.groups;
const ciphertexts = [...encryptedBindingCode.tests, ...bindingSecret.tests];
const all = [...signature.tests, ...ciphertexts, ...request.tests];

test('is a valid file of its schema', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  expect(validate(vectors), JSON.stringify(validate.errors)).toBe(true);
});

test('has one test for each id, and explains each flag', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.flatMap(({ flags }) => flags))).toEqual(new Set(Object.keys(vectors.flags)));
  expect(all.filter(({ valid, reason }) => valid === (reason !== undefined))).toEqual([]);
});

describe('signature', () => {
  test.each(signature.tests)('$id', ({ valid, input, textToSign, textToSignHex, result, received, signedText }) => {
    const { pk, dk, bindingCode, pwd, userDomainSecret } = input;
    expect(textToSign).toBe([pk, dk, bindingCode, pwd ?? '', userDomainSecret].join(''));
    expect(textToSignHex).toBe(Buffer.from(textToSign, 'utf8').toString('hex'));
    expect(result).toBe(hash('sha256', Buffer.from(textToSignHex, 'hex')));
    expect(received === result).toBe(valid);
    if (signedText !== undefined) expect(received).toBe(hash('sha256', signedText));
  });

  test.each<[string, (text: string, right: string, input: SignatureTest['input']) => string | Buffer]>([
    ['md5', (text) => hash('md5', text)],
    ['sha1', (text) => hash('sha1', text)],
    ['sha512', (text) => hash('sha512', text)],
    ['latin-1', (text) => hash('sha256', Buffer.from(text, 'latin1'))],
    ['utf-16', (text) => hash('sha256', Buffer.from(text, 'utf16le'))],
    ['base64', (text) => hash('sha256', text, 'base64')],
    ['upper-case', (_, right) => right.toUpperCase()],
    ['hashed-twice', (_, right) => hash('sha256', right)],
    ['truncated', (_, right) => right.slice(0, 63)],
    [
      'hmac',
      (_, __, { pk, dk, bindingCode, pwd, userDomainSecret }) =>
        createHmac('sha256', userDomainSecret).update(`${pk}${dk}${bindingCode}${pwd}`).digest('hex'),
    ],
  ])('signature/%s is what it says', (name, make) => {
    const { textToSign, result, input, received } = find(signature.tests, `signature/${name}`);
    expect(received).toBe(make(textToSign, result, input));
  });
});

describe('ciphertexts', () => {
  test.each(ciphertexts)('$id', (tested) => {
    const { valid, input, keyHex, ivHex, plaintext, plaintextHex, paddedHex, result, received } = tested;
    const { pk, dk, bindingCode, ps, random } = input;
    expect(plaintext).toBe(input.bindingSecret === undefined ? bindingCode : [pk, dk, input.bindingSecret].join(','));
    expect(plaintextHex).toBe(Buffer.from(plaintext, 'utf8').toString('hex'));
    expect([keyHex, ivHex]).toEqual([ps, random].map((text) => Buffer.from(text, 'ascii').toString('hex')));
    expect([keyHex.length, ivHex.length, paddedHex.length % 32]).toEqual([32, 32, 0]);
    const padding = Number.parseInt(paddedHex.slice(-2), 16);
    expect(paddedHex).toBe(plaintextHex + paddedHex.slice(-2).repeat(padding));
    expect(result).toBe(encrypt(tested, 'aes-128-cbc'));
    expect(received === result).toBe(valid);
    expect(decrypt(tested, received) === plaintext).toBe(valid);
  });

  test.each<[string, (tested: CipherTest) => string]>([
    ['ecb', (tested) => encrypt({ ...tested, ivHex: '' }, 'aes-128-ecb')],
    ['ctr', (tested) => encrypt(tested, 'aes-128-ctr')],
    ['cfb', (tested) => encrypt(tested, 'aes-128-cfb')],
    ['aes-256', (tested) => encrypt({ ...tested, keyHex: tested.keyHex.repeat(2) }, 'aes-256-cbc')],
    ['zero-iv', (tested) => encrypt({ ...tested, ivHex: '0'.repeat(32) }, 'aes-128-cbc')],
    ['iv-is-key', (tested) => encrypt({ ...tested, ivHex: tested.keyHex }, 'aes-128-cbc')],
    ['hex', ({ result }) => Buffer.from(result, 'base64').toString('hex')],
    ['base64url', ({ result }) => Buffer.from(result, 'base64').toString('base64url')],
    ['not-encrypted', ({ plaintext }) => Buffer.from(plaintext).toString('base64')],
    ['last-block-lost', ({ result }) => Buffer.from(result, 'base64').subarray(0, -16).toString('base64')],
  ])('encryptedBindingCode/%s is what it says', (name, make) => {
    const tested = find(encryptedBindingCode.tests, `encryptedBindingCode/${name}`);
    expect(tested.received).toBe(make(tested));
  });

  test('bindingSecret/chained has the last block of another ciphertext as its IV', () => {
    const tested = find(bindingSecret.tests, 'bindingSecret/chained');
    const code = find(encryptedBindingCode.tests, 'encryptedBindingCode/plain');
    const ivHex = Buffer.from(code.result, 'base64').subarray(-16).toString('hex');
    expect(tested.received).toBe(encrypt({ ...tested, ivHex }, 'aes-128-cbc'));
  });
});

describe('request', () => {
  test.each(request.tests)(
    '$id',
    ({ valid, secrets, request: { headers, body }, textToSign, result, plaintexts = {}, reason }) => {
      const text = (name: string): string => String(body[name] ?? '');
      const code = text('encryptedBindingCode') || text('bindingCode');
      expect(textToSign).toBe(text('pk') + text('dk') + code + text('pwd') + secrets.userDomainSecret);
      expect(result).toBe(hash('sha256', textToSign));
      const token = headers['authorization'];
      // The token is made up, so the diagnosis always names it.
      const broken = brokenParts({ body, authorization: token }, { ...secrets, token: '' }, '');
      broken.delete('token');
      if (valid) expect([...broken, body['signature'], token]).toEqual([result, 'Bearer made.up.token']);
      else if (reason === 'token/missing') expect(token).toBeUndefined();
      else expect([...broken]).not.toEqual([]);
      for (const [field, plaintext] of Object.entries(plaintexts)) {
        const [keyHex, ivHex] = [hex(secrets.ps), hex(text('random'))];
        expect(body[field]).toBe(encrypt({ plaintextHex: hex(plaintext), keyHex, ivHex }, 'aes-128-cbc'));
      }
    },
  );

  test('names the documented code of a missing or malformed field', () => {
    const named = request.tests
      .filter(({ flags }) => flags.includes('Field'))
      .map(({ reason, codes }) => [reason, codes]);
    expect(Object.fromEntries(named)).toMatchObject({
      'token/missing': [5106],
      'pk/absent': [5066],
      'dk/absent': [5067],
      'dk/too-short': [5361],
      'code/absent': [5179],
      'code/lower-case': [5213],
      'name/too-long': [5333],
      'pwd/malformed': [5357],
    });
  });
});

type Cipher = Pick<CipherTest, 'plaintextHex' | 'keyHex' | 'ivHex'>;

function encrypt({ plaintextHex, keyHex, ivHex }: Cipher, algorithm: string): string {
  const cipher = createCipheriv(algorithm, Buffer.from(keyHex, 'hex'), Buffer.from(ivHex, 'hex'));
  return Buffer.concat([cipher.update(plaintextHex, 'hex'), cipher.final()]).toString('base64');
}

/** The text of a ciphertext, read strictly; `unreadable` if the Base64, the length or the padding is wrong. */
function decrypt({ keyHex, ivHex }: Cipher, base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) return 'unreadable';
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(keyHex, 'hex'), Buffer.from(ivHex, 'hex'));
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return 'unreadable';
  }
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

function find<Tested extends { readonly id: string }>(tests: readonly Tested[], id: string): Tested {
  const found = tests.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector is called ${id}`);
  return found;
}
