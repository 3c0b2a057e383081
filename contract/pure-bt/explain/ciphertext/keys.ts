import { hash } from 'node:crypto';
import { type Known, namedValues } from '../known.ts';
import { distinct, type Form } from '../value-forms.ts';
import { blockBytes, type CipherRow, cipherRow } from './recipe.ts';
import { toSizedBytes } from './sized-values.ts';

/** Rows about the AES key: any known value in any form. */

const keySizes = [16, 24, 32];
const keyFix = 'use the 16 characters of PS as the 16 bytes of the key';

/** Forms that only a key can have. */
const keyForms: readonly Form[] = [
  ['zeros', '* and 16 zero bytes', (text) => text + '\0'.repeat(blockBytes)],
  [
    'sha1prng',
    "the key of Java's KeyGenerator with SHA1PRNG and the seed *",
    (text) => hash('sha1', hash('sha1', text, 'buffer'), 'buffer').subarray(0, blockBytes),
  ],
];

/** Forms in which example code makes a key from any secret, as bytes; other forms are not combined with other mistakes. */
const usualKeyForms = ['', 'cut', 'md5', 'sha256', 'base64'];
const asDigits = /digits of|in Base64|the middle/;
/** Forms in which example code makes a key from digits; other forms with digits count as two mistakes. */
const usualDigits = ['md5', 'hex-digits'];

/** A key other than the bytes of PS. */
export function keyRows(known: Known, ps: string): readonly CipherRow[] {
  const zeros = { id: 'zeros', words: '16 zero bytes', bytes: Buffer.alloc(blockBytes), cost: 1 };
  const ofPs = toSizedBytes({ name: 'PS', value: ps }, keySizes, keyForms).map(({ id, words, bytes }) => {
    const cost = asDigits.test(words) && !usualDigits.includes(id) ? 2 : 1;
    return { id: `ps-${id}`, words, bytes, cost };
  });
  const ofOthers = namedValues(known, ['ps', 'token']).flatMap((source) =>
    toSizedBytes(source, keySizes, keyForms).map(({ id, words, bytes }) => {
      const cost = usualKeyForms.includes(id) && !asDigits.test(words) ? 1 : 3;
      return { id: source.id, words, bytes, cost };
    }),
  );
  return distinct([zeros, ...ofPs, ...ofOthers], Buffer.from(ps)).map(({ id, words, bytes, cost }) => ({
    ...cipherRow(`key-${id}`, `the key is ${words}`, keyFix, { key: bytes }),
    cost,
  }));
}
