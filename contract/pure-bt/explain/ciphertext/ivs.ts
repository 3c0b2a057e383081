import { hash } from 'node:crypto';
import { plural } from '../../../../spec/plural.ts';
import type { Known } from '../known.ts';
import { fieldText, namedValues, readDevice } from '../known.ts';
import type { Form, Written } from '../value-forms.ts';
import { latin1 } from './modes.ts';
import { toSizedBytes } from './sized-values.ts';

/** IVs that have a name: an IV that was computed from a ciphertext is looked up here. */

const blockBytes = 16;

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
const counters: readonly Written[] = Array.from({ length: 16 }, (_, count) => count)
  .slice(1)
  .flatMap((count) => {
    const zeros = Buffer.alloc(blockBytes - 1);
    const words = 'a counter: a small number in 16 bytes';
    return [
      [zeros, [count]],
      [[count], zeros],
    ].map((parts) => ({ id: 'counter', words, bytes: Buffer.concat(parts.map((part) => Buffer.from(part))) }));
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
  const filled = Array.from({ length: bytes.length - 1 }, (_, at) => bytes.length - 1 - at).flatMap((length) => {
    const words = `the first ${plural(length, 'character')} of random, filled up with`;
    return [
      {
        id: 'random-cut',
        words: `${words} zero bytes`,
        bytes: Buffer.alloc(blockBytes).fill(bytes.subarray(0, length), 0, length),
      },
      {
        id: 'random-cut',
        words: `${words} the digit 0`,
        bytes: Buffer.alloc(blockBytes, '0').fill(bytes.subarray(0, length), 0, length),
      },
    ];
  });
  const half = bytes.subarray(0, blockBytes / 2);
  return [
    ...filled,
    { id: 'random-cut', words: 'the first half of random, twice', bytes: Buffer.concat([half, half]) },
  ];
}

/**
 * Every IV that has a name, except `random` itself; the more likely first, each once.
 * @param others IVs that come from the other ciphertexts of the request.
 */
export function namedIvs(known: Known, ps: string, others: readonly Written[]): readonly Written[] {
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
    ...toSizedBytes({ id: 'random', name: 'random', value: random }, [blockBytes], ivForms),
    ...constants.map((text) => ({ id: 'constant', words: `the constant "${text}"`, bytes: Buffer.from(text) })),
    ...sources.flatMap((source) =>
      toSizedBytes(source, [blockBytes], ivForms).map(({ words, bytes }) => ({ id: source.id, words, bytes })),
    ),
    ...(Buffer.byteLength(random) === blockBytes ? cutRandom(random) : []),
    ...counters,
    ...others,
  ];
  const seen = new Set([latin1(Buffer.from(random))]);
  return all.filter(({ bytes }) => {
    const key = latin1(bytes);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
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
export function ivAsText(iv: Uint8Array): string | undefined {
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
