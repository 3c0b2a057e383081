import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { initialisationVector } from '../devices.ts';
import { productSecret } from '../products.ts';
import type { RequestContext } from '../request.ts';

/** What a ciphertext fault starts from. */
export type CipherInput = {
  readonly plaintext: string;
  readonly key: string;
  readonly iv: string;
  readonly context: RequestContext;
};

/** A ciphertext that cannot be read, and how it is made. */
export type CipherFault = {
  readonly name: string;
  /** After "an encryptedBindingCode": `that is no Base64`. */
  readonly title: string;
  readonly make: (input: CipherInput) => string;
};

const blockBytes = 16;

/**
 * Ways to spoil a ciphertext that hold for every ciphertext field.
 * Bad Base64 and a bad length are public facts; bad padding and bad content are what an oracle tells apart.
 */
export const cipherFaults: readonly CipherFault[] = [
  {
    name: 'not-base64',
    title: 'that is no Base64',
    make: (input) => `${good(input).slice(0, 4)}!*%$${good(input).slice(8)}`,
  },
  {
    name: 'bad-length',
    title: 'of 15 bytes',
    make: (input) => toBase64(bytes(input).slice(0, blockBytes - 1)),
  },
  {
    name: 'last-block-lost',
    title: 'without its last block',
    make: (input) => toBase64(lastBlockLost(bytes(input))),
  },
  {
    name: 'block-too-many',
    title: 'with a block behind its end',
    make: blockTooMany,
  },
  {
    name: 'bytes-too-many',
    title: 'with five bytes behind its end',
    make: (input) => toBase64(Buffer.concat([bytes(input), Buffer.from('extra')])),
  },
  { name: 'uneven-padding', title: 'with padding of the right length and wrong inside', make: unevenPadding },
  {
    name: 'not-encrypted',
    title: 'that was never encrypted',
    make: ({ plaintext }) => toBase64(new TextEncoder().encode(plaintext)),
  },
  { name: 'plain-text', title: 'that is the plaintext itself', make: ({ plaintext }) => plaintext },
  { name: 'bad-padding', title: 'with bad padding', make: badPadding },
  {
    name: 'no-padding',
    title: 'of text that was never padded',
    make: ({ plaintext, key, iv }) =>
      toBase64(encryptUnpadded(new TextEncoder().encode(plaintext.padEnd(48, 'x')).slice(0, 48), key, iv)),
  },
  {
    name: 'wrong-key',
    title: "under another product's secret",
    make: ({ plaintext, iv, context }) => encryptToBase64(plaintext, otherThan(iv, productSecret(context.random)), iv),
  },
  {
    name: 'wrong-iv',
    title: 'under another random than the one sent',
    make: ({ plaintext, key, iv, context }) =>
      encryptToBase64(plaintext, key, otherThan(iv, initialisationVector(context.random))),
  },
];

/** A block of chance would be good padding once in 256 times, so this one is made to end in none. */
function blockTooMany({ plaintext, key, iv, context }: CipherInput): string {
  const text = new TextEncoder().encode(plaintext);
  const length = blockBytes - (text.length % blockBytes);
  const padded = new Uint8Array(text.length + length + blockBytes).fill(length, text.length, text.length + length);
  padded.set(text);
  padded.set(new TextEncoder().encode(context.random.string.alphanumeric(blockBytes - 1)), text.length + length);
  return toBase64(encryptUnpadded(padded, key, iv));
}

/** Right content and a right last byte, so that only a look at all of the padding can tell. */
function unevenPadding(input: CipherInput): string {
  const text = new TextEncoder().encode(input.plaintext);
  const length = blockBytes - (text.length % blockBytes);
  // One byte of padding has no inside.
  if (length === 1) return badPadding(input);
  const padded = new Uint8Array(text.length + length).fill(length);
  padded.set(text);
  padded.fill(length ^ 1, text.length, padded.length - 1);
  return toBase64(encryptUnpadded(padded, input.key, input.iv));
}

/** The ciphertext with its last plaintext byte made an impossible padding length. */
export function badPadding({ plaintext, key, iv }: CipherInput): string {
  const text = new TextEncoder().encode(plaintext);
  const padded = new Uint8Array((Math.floor(text.length / blockBytes) + 1) * blockBytes);
  padded.set(text.slice(0, padded.length - 1));
  // 0 and anything over 16 is no PKCS#5 padding, whatever stands before it.
  padded[padded.length - 1] = 0;
  return toBase64(encryptUnpadded(padded, key, iv));
}

function good({ plaintext, key, iv }: CipherInput): string {
  return encryptToBase64(plaintext, key, iv);
}

function bytes({ plaintext, key, iv }: CipherInput): Uint8Array {
  return encryptBytes(plaintext, key, iv);
}

/** A text of one block leaves nothing, so its only block is cut in half by the caller's rule for length instead. */
function lastBlockLost(ciphertext: Uint8Array): Uint8Array {
  return ciphertext.slice(0, Math.max(ciphertext.length - blockBytes, blockBytes));
}

function otherThan(known: string, made: string): string {
  return made === known ? [...made].reverse().join('') : made;
}
