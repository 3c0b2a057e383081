import { hash } from 'node:crypto';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { plural } from '../../../../spec/plural.ts';
import { display, fieldText, type Known, namedValues, readDevice } from '../known.ts';
import { distinct, type Form, latin1, type Written } from '../value-forms.ts';
import type { Context } from './context.ts';
import { likelyBytes } from './encodings.ts';
import { blockBytes } from './recipe.ts';
import { fillBlock, toSizedBytes } from './sized-values.ts';

/** IVs that have a name: an IV that was computed from a ciphertext is looked up here. */

/** IVs that are common in example code. */
const constants = [
  '0102030405060708',
  '1234567890123456',
  '1234567812345678',
  'abcdefghijklmnop',
  '0123456789abcdef',
  '0123456789ABCDEF',
];

/** The first values of a counter, with the lowest byte last or first. */
const counters: readonly Written[] = Array.from({ length: 15 }, (_, at) => at + 1).flatMap((count) => {
  const zeros = Array.from({ length: blockBytes - 1 }, () => 0);
  const words = 'a counter: a small number in 16 bytes';
  return [
    [...zeros, count],
    [count, ...zeros],
  ].map((bytes) => ({ id: 'counter', words, bytes: Buffer.from(bytes) }));
});

/** Forms that only an IV can have. */
const ivForms: readonly Form[] = [
  ['sha512', 'the SHA-512 of *', (text) => hash('sha512', text, 'buffer')],
  ['sha512', 'the hex digits of the SHA-512 of *', (text) => hash('sha512', text)],
  ['latin-1', '* in ISO 8859-1', (text) => Buffer.from(text, 'latin1')],
];

/** A `random` that was cut: to fewer characters, and filled up; or to one half, and repeated. */
function cutRandom(random: string): readonly Written[] {
  const bytes = Buffer.from(random);
  const id = 'random-cut';
  const starts = Array.from({ length: bytes.length - 1 }, (_, at) => bytes.subarray(0, -1 - at));
  const half = bytes.subarray(0, blockBytes / 2);
  return [
    ...starts.flatMap((start) =>
      fillBlock(id, `the first ${plural(start.length, 'character')} of random, filled up with`, start),
    ),
    { id, words: 'the first half of random, twice', bytes: Buffer.concat([half, half]) },
  ];
}

/** Every IV that has a name, except `random` itself; the more likely first, each once. */
export function namedIvs(context: Context, fields: readonly CipherField[]): readonly Written[] {
  const { known, ps } = context;
  const random = fieldText(known, 'random');
  const { pk, dk } = readDevice(known);
  const sources = [
    ...namedValues(known, ['random', 'token']),
    { id: 'pk-dk', name: 'pk and dk joined', value: pk + dk },
    { id: 'dk', name: 'dk', value: dk },
    { id: 'pk', name: 'pk', value: pk },
    { id: 'random-ps', name: 'random and PS joined', value: random + ps },
    { id: 'ps-random', name: 'PS and random joined', value: ps + random },
  ].filter(({ value }) => value !== '');
  const all: readonly Written[] = [
    { id: 'zero', words: '16 zero bytes', bytes: Buffer.alloc(blockBytes) },
    { id: 'zero', words: '16 times the digit 0', bytes: Buffer.from('0'.repeat(blockBytes)) },
    { id: 'ps', words: 'PS', bytes: Buffer.from(ps) },
    ...toSizedBytes({ name: 'random', value: random }, [blockBytes], ivForms),
    ...constants.map((text) => ({ id: 'constant', words: `the constant "${text}"`, bytes: Buffer.from(text) })),
    ...sources.flatMap((source) =>
      toSizedBytes(source, [blockBytes], ivForms).map(({ words, bytes }) => ({ id: source.id, words, bytes })),
    ),
    ...(Buffer.byteLength(random) === blockBytes ? cutRandom(random) : []),
    ...counters,
    ...ivsOfOthers(context, fields),
  ];
  return distinct(all, Buffer.from(random));
}

/** What the other ciphertexts of a request may have given as IV: their own IV, or their last block. */
function ivsOfOthers({ known, field, others }: Context, fields: readonly CipherField[]): readonly Written[] {
  const random = latin1(Buffer.from(fieldText(known, 'random')));
  const reused = fields.flatMap((other): readonly Written[] => {
    const bytes = other === field ? undefined : likelyBytes(fieldText(known, other));
    if (bytes === undefined || bytes.length < blockBytes) return [];
    const words = `the last block of ${other}: one cipher object encrypted both, one after the other`;
    return [{ id: 'reused', words, bytes: Buffer.from(bytes.subarray(-blockBytes)) }];
  });
  // Only a code can have the IV of a bindingSecret: the two bindingSecrets have one start, which may be wrong in both.
  const shared = others.filter(({ iv }) => field === 'encryptedBindingCode' && latin1(iv) !== random);
  return [
    ...reused,
    ...shared.map(({ field: other, iv }) => ({
      id: 'other',
      words: `not the value of random, but ${shownIv(known, iv)}, as for ${other}`,
      bytes: Buffer.from(iv),
    })),
  ];
}

/** Whether bytes look chosen: text, also filled up with zeros, one byte repeated, counted up, or mostly zeros. Those of a digest do not. */
export function looksChosen(iv: Uint8Array): boolean {
  const filledFrom = iv.findLastIndex((byte) => byte !== 0) + 1;
  const zeros = iv.filter((byte) => byte === 0).length;
  const steps = new Set(iv.subarray(1).map((byte, at) => byte - (iv[at] ?? 0)));
  return (
    (filledFrom >= 4 && ivAsText(iv.subarray(0, filledFrom)) !== undefined) ||
    zeros >= blockBytes / 2 ||
    steps.size === 1
  );
}

/** An IV as text without control characters; its last character may be cut. */
function ivAsText(iv: Uint8Array): string | undefined {
  try {
    // A stream may end in the middle of a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(iv, { stream: true });
    return /^\P{C}+$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Sets of characters that a `random` is drawn from, the smaller first. */
const alphabets = [
  /^\d*$/,
  /^[\da-f]*$/,
  /^[\dA-F]*$/,
  /^[\da-z]*$/,
  /^[\dA-Z]*$/,
  /^[\dA-Za-z]*$/,
  /^[\w+/=-]*$/,
  /^[ -~]*$/,
];

/** Whether an IV could be another `random` of the same kind: it has no other characters than the kind allows. */
export function looksLike(iv: Uint8Array, random: string): boolean {
  const text = ivAsText(iv);
  const alphabet = alphabets.find((form) => form.test(random));
  return text !== undefined && (alphabet === undefined || alphabet.test(text));
}

/** An IV as text, or in hex. */
export function shownIv(known: Known, iv: Uint8Array): string {
  const text = ivAsText(iv);
  return text === undefined ? `${Buffer.from(iv).toString('hex')} (hex)` : `"${display(known, text, 64)}"`;
}
