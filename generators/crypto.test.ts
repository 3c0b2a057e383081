import { createCipheriv, createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cipherVectors, signatureVectors } from '../spec/pure-bt/vectors.ts';
import { encryptToBase64, sha256Hex } from './crypto.ts';
import { seededRandom } from './random.ts';

test.each(signatureVectors)('hashes the published vector $sha256', ({ parts, sha256 }) => {
  expect(sha256Hex(parts.join(''))).toBe(sha256);
});

test.each(cipherVectors)('encrypts the published vector $base64', ({ plaintext, key, iv, base64 }) => {
  expect(encryptToBase64(plaintext, key, iv)).toBe(base64);
});

test('agrees with node:crypto on 200 texts with Unicode', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = seededRandom(seed, 'crypto');
    const text = `${random.string.alphanumeric({ length: { min: 0, max: 70 } })}${seed % 2 ? '⚖️秤' : ''}`;
    const [key, iv] = [random.string.alphanumeric(16), random.string.alphanumeric(16)];
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    expect(encryptToBase64(text, key, iv)).toBe(cipher.update(text, 'utf8', 'base64') + cipher.final('base64'));
    expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
  }
});
