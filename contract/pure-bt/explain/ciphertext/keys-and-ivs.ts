import { hash } from 'node:crypto';
import type { Known, NamedValue } from '../known.ts';
import { fieldText, namedValues } from '../known.ts';
import type { Form, Written } from '../value-forms.ts';
import { filledIn, writeInForms } from '../value-forms.ts';
import { cbc, ecb, latin1 } from './decrypt.ts';
import type { CipherRecipe, CipherRow } from './recipe.ts';
import { cipherRow, decryptRecipe, readBytes } from './recipe.ts';

/** Rows about the AES key and the IV: any known value in any form, cut or padded to a size that AES takes. */

const blockBytes = 16;
const keySizes = [16, 24, 32];
const ivSizes = [blockBytes];
/** Shorter values would give almost the same key when padded. */
const leastBytes = 8;
const keyFix = 'use the 16 characters of PS as the 16 bytes of the key';
const ivFix = 'use the 16 characters of random as the 16 bytes of the IV, and send the same random';

/** Forms that only a key can have. */
const keyForms: readonly Form[] = [
  ['zeros', '* and 16 zero bytes', (text) => text + '\0'.repeat(blockBytes)],
  [
    'sha1prng',
    "the key of Java's KeyGenerator with SHA1PRNG and the seed *",
    (text) => hash('sha1', hash('sha1', text, 'buffer'), 'buffer').subarray(0, blockBytes),
  ],
];

/** The ids of forms for keys and IVs, where they differ. */
const ids: Readonly<Record<string, string>> = {
  hex: 'hex-digits',
  'hex-decoded': 'hex',
  base64: 'base64-text',
  'base64-decoded': 'base64',
};

/** Forms in which example code makes a key from any secret, as bytes; other forms are not combined with other mistakes. */
const usualKeyForms = ['', 'cut', 'md5', 'sha256', 'base64'];
const asDigits = /digits of|in Base64|the middle/;
/** Forms in which example code makes a key from digits; other forms with digits count as two mistakes. */
const usualDigits = ['md5', 'hex-digits'];

/** IVs that are common in example code. */
const constants = [
  '0102030405060708',
  '1234567890123456',
  '1234567812345678',
  'abcdefghijklmnop',
  '0123456789abcdef',
  '0123456789ABCDEF',
];

/** A key other than the bytes of PS. */
export function keyRows(known: Known, ps: string): readonly CipherRow[] {
  const ofPs = toSizedBytes({ id: 'ps', name: 'PS', value: ps }, keySizes).map(({ id, words, bytes }) => ({
    ...cipherRow(`key-ps-${id}`, `the key is ${words}`, keyFix, { key: bytes }),
    cost: asDigits.test(words) && !usualDigits.includes(id) ? 2 : 1,
  }));
  const ofOthers = namedValues(known, ['ps', 'token']).flatMap((source) =>
    toSizedBytes(source, keySizes).map(({ id, words, bytes }) => ({
      ...cipherRow(`key-${source.id}`, `the key is ${words}`, keyFix, { key: bytes }),
      cost: usualKeyForms.includes(id) && !asDigits.test(words) ? 1 : 3,
    })),
  );
  const zeros = cipherRow('key-zeros', 'the key is 16 zero bytes', keyFix, { key: new Uint8Array(blockBytes) });
  return withoutDuplicates([zeros, ...ofPs, ...ofOthers], ({ change: { key } }) => key, ps);
}

/** An IV other than the bytes of `random`. */
export function ivRows(known: Known, ps: string): readonly CipherRow[] {
  const random = fieldText(known, 'random');
  const key = latin1(Buffer.from(ps));
  // With CBC, the rest of the text shows whether another IV helps; if there is no rest, the key must be right.
  const mayHelp = (recipe: CipherRecipe): boolean => {
    const blocks = (readBytes(recipe)?.bytes.length ?? 0) / blockBytes;
    if (recipe.mode === cbc && blocks > 1) return decryptRecipe({ ...recipe, iv: 'unknown' }) !== undefined;
    return recipe.mode !== ecb && latin1(recipe.key) === key;
  };
  const mayHelpCbc = (recipe: CipherRecipe): boolean => recipe.mode === cbc && mayHelp(recipe);
  const ivRow = (id: string, words: string, iv: Uint8Array): CipherRow =>
    cipherRow(`iv-${id}`, `the IV is ${words}`, ivFix, { iv });
  const likely = [
    ...toSizedBytes({ id: 'random', name: 'random', value: random }, ivSizes).map(({ id, words, bytes }) =>
      ivRow(id, words, bytes),
    ),
    ...constants.map((text) => ivRow('constant', `the constant "${text}"`, Buffer.from(text))),
  ];
  const unlikely = namedValues(known, ['random', 'token']).flatMap((source) =>
    toSizedBytes(source, ivSizes).map(({ words, bytes }) => ivRow(source.id, words, bytes)),
  );
  const rows = [
    ivRow('zero', '16 zero bytes', new Uint8Array(blockBytes)),
    ivRow('zero', '16 times the digit 0', Buffer.from('0'.repeat(blockBytes))),
    ivRow('ps', 'PS', Buffer.from(ps)),
    ivRow(
      'user-domain-secret',
      'the first 16 bytes of userDomainSecret',
      Buffer.from(known.secrets.userDomainSecret).subarray(0, blockBytes),
    ),
    ...likely.map((candidate) => ({ ...candidate, mayHelp })),
    ...unlikely.map((candidate) => ({ ...candidate, mayHelp: mayHelpCbc })),
  ].filter(({ change: { iv } }) => iv?.length === blockBytes);
  return withoutDuplicates(rows, ({ change: { iv } }) => (iv === 'unknown' ? undefined : iv), random);
}

/** Tried last: with CBC, the rest of the text is readable under any IV. */
export const unknownIvRow: CipherRow = cipherRow(
  'iv-other',
  'the IV was not random: the first 16 bytes are garbage, the rest is readable',
  `${ivFix}: do not generate a new random after encryption, and use one random for all ciphertexts of a request`,
  { iv: 'unknown' },
);

/** A value in every form, cut or padded to one of the sizes. */
function toSizedBytes({ name, value }: NamedValue, sizes: readonly number[]): readonly Written[] {
  const asItIs = { id: '', words: name, bytes: Buffer.from(value) };
  const further = sizes === keySizes ? writeInForms(value, name, keyForms) : [];
  return [asItIs, ...writeInForms(value, name), ...further].flatMap(({ id, words, bytes }) =>
    cutOrPad(bytes, sizes).map((fit) => ({
      id: (ids[id] ?? id) || fit.id,
      words: filledIn(fit.words, words),
      bytes: fit.bytes,
    })),
  );
}

/** Cuts or pads bytes to one of the sizes; in `words`, `*` is the name of the value. */
function cutOrPad(bytes: Buffer, sizes: readonly number[]): readonly Written[] {
  const { length } = bytes;
  if (length < blockBytes) {
    const fillers = length < leastBytes ? [] : [['zero bytes', 0] as const, ['the digit 0', 0x30] as const];
    return fillers.map(([words, filler]) => ({
      id: 'filled',
      words: `* padded with ${words}`,
      bytes: Buffer.concat([bytes, Buffer.alloc(blockBytes - length, filler)]),
    }));
  }
  const middle = Math.floor((length - blockBytes) / 2);
  const cuts: readonly Written[] = [
    { id: '', words: '*', bytes },
    { id: 'cut', words: 'the first 16 bytes of *', bytes: bytes.subarray(0, blockBytes) },
    { id: 'cut', words: 'the first 32 bytes of *', bytes: bytes.subarray(0, 2 * blockBytes) },
    { id: 'cut', words: 'the middle 16 bytes of *', bytes: bytes.subarray(middle, middle + blockBytes) },
    { id: 'cut', words: 'the last 16 bytes of *', bytes: bytes.subarray(-blockBytes) },
  ];
  return cuts.filter((cut) => sizes.includes(cut.bytes.length));
}

/** Removes rows that change nothing, and rows that repeat an earlier one. */
function withoutDuplicates(
  rows: readonly CipherRow[],
  bytesIn: (row: CipherRow) => Uint8Array | undefined,
  expected: string,
): readonly CipherRow[] {
  const seen = new Set([latin1(Buffer.from(expected))]);
  return rows.filter((candidate) => {
    const bytes = bytesIn(candidate);
    if (bytes === undefined || seen.has(latin1(bytes))) return false;
    seen.add(latin1(bytes));
    return true;
  });
}
