import { expect, test } from 'vitest';
import { cipherVectors, signatureVectors } from '../spec/pure-bt/vectors.ts';
import { fastCrypto, nobleCrypto } from './crypto.ts';
import { seededRandom } from './random.ts';

const libraries = [nobleCrypto, fastCrypto];

test.each(signatureVectors)('hashes the published vector $sha256', ({ parts, sha256 }) => {
  for (const { sha256Hex } of libraries) expect(sha256Hex(parts.join(''))).toBe(sha256);
});

test.each(cipherVectors)('encrypts the published vector $base64', ({ plaintext, key, iv, base64 }) => {
  for (const { encryptToBase64 } of libraries) expect(encryptToBase64(plaintext, key, iv)).toBe(base64);
});

test('@noble agrees with node:crypto on 200 texts with Unicode', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = seededRandom(seed, 'crypto');
    const text = `${random.string.alphanumeric({ length: { min: 0, max: 70 } })}${seed % 2 ? '⚖️秤' : ''}`;
    const [key, iv] = [random.string.alphanumeric(16), random.string.alphanumeric(16)];
    const [noble, node] = libraries.map(({ encryptToBase64, sha256Hex }) => [
      encryptToBase64(text, key, iv),
      sha256Hex(text),
    ]);
    expect(noble).toEqual(node);
  }
});
