import { refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { Fixture } from '../../../spec/pure-bt/states.ts';
import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { initialisationVector, productSecret } from '../devices.ts';
import type { Change, CipherField, RequestContext } from '../request.ts';
import { encryptedCode, oldSecretPlaintext, withOldSecret } from '../valid-forms.ts';
import type { Fault, Kind, Row } from './fault.ts';
import { fieldText, makeFault, sealedField } from './fault.ts';

/** A field that carries a ciphertext, and the request in which it is right until it is spoilt. */
export type CipherSubject = {
  readonly name: CipherField;
  /** What its faults have in common. */
  readonly kind: Kind;
  readonly prepare: readonly Change[];
  readonly plaintext: (fixture: Fixture) => string;
};

/** `encryptedBindingCode`. The document has no code for what cannot be decrypted: 5213 is one of many. */
export const codeSubject: CipherSubject = {
  name: 'encryptedBindingCode',
  kind: {
    prefix: 'encrypted-code',
    breaks: 'encryptedBindingCode',
    expect: refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: true }),
    rule: 'encrypted-code',
  },
  prepare: [encryptedCode],
  plaintext: ({ bindingCode }) => bindingCode,
};

const secretRefused = refusedUndocumented(['bindingSecret']);

/** `encryptedNewBindingSecret`. The document has no code for it, so any refusal is right. */
export const newSecretSubject: CipherSubject = {
  name: 'encryptedNewBindingSecret',
  kind: { prefix: 'new-secret', breaks: 'encryptedNewBindingSecret', expect: secretRefused, rule: 'new-secret' },
  prepare: [],
  plaintext: ({ pk, dk, bindingSecret }) => secretPlaintext(pk, dk, bindingSecret),
};

/** `encryptedOldBindingSecret`, in a state where there is one to prove. */
export const oldSecretSubject: CipherSubject = {
  name: 'encryptedOldBindingSecret',
  kind: {
    prefix: 'old-secret',
    breaks: 'encryptedOldBindingSecret',
    expect: secretRefused,
    rule: 'old-secret',
    state: 'a device bound by another user, binding mode multi',
  },
  prepare: [withOldSecret],
  plaintext: oldSecretPlaintext,
};

/** What a spoilt ciphertext is made from. */
type CipherInput = {
  readonly plaintext: string;
  readonly key: string;
  readonly iv: string;
  readonly context: RequestContext;
};

const blockBytes = 16;

/**
 * Ways to spoil a ciphertext that hold for every ciphertext field.
 * Bad Base64 and a bad length are public facts; bad padding and bad content are what an oracle tells apart.
 */
const ways: readonly Row<(input: CipherInput) => string>[] = [
  [
    'not-base64',
    'that is no Base64',
    (input) => `${encryptCorrectly(input).slice(0, 4)}!*%$${encryptCorrectly(input).slice(8)}`,
  ],
  ['bad-length', 'of 15 bytes', (input) => toBase64(encryptInput(input).slice(0, blockBytes - 1))],
  ['last-block-lost', 'without its last block', (input) => toBase64(withoutLastBlock(encryptInput(input)))],
  ['block-too-many', 'with a block behind its end', withExtraBlock],
  [
    'bytes-too-many',
    'with five bytes behind its end',
    (input) => toBase64(Buffer.concat([encryptInput(input), Buffer.from('extra')])),
  ],
  ['uneven-padding', 'with padding of the right length and wrong inside', unevenPadding],
  ['not-encrypted', 'that was never encrypted', ({ plaintext }) => Buffer.from(plaintext).toString('base64')],
  ['plain-text', 'that is the plaintext itself', ({ plaintext }) => plaintext],
  ['bad-padding', 'with bad padding', badPadding],
  ['no-padding', 'of text that was never padded', withoutPadding],
  [
    'wrong-key',
    "under another product's secret",
    ({ plaintext, iv, context }) => encryptToBase64(plaintext, differentFrom(iv, productSecret(context.random)), iv),
  ],
  [
    'wrong-iv',
    'under another random than the one sent',
    ({ plaintext, key, iv, context }) =>
      encryptToBase64(plaintext, key, differentFrom(iv, initialisationVector(context.random))),
  ],
];

/** The faults of a field whose ciphertext cannot be read, or not as it was meant. */
export function cipherFaults({ name, kind, plaintext, prepare }: CipherSubject): readonly Fault[] {
  return ways.map(([way, title, make]) => {
    const spoilt = sealedField(name, (body, context) => {
      const { fixture } = context;
      return make({ plaintext: plaintext(fixture), key: fixture.ps, iv: fieldText(body, 'random'), context });
    });
    return makeFault(kind, way, `an ${name} ${title}`, ...prepare, spoilt);
  });
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

/** A block of chance would be good padding once in 256 times, so this one is made to end in none. */
function withExtraBlock({ plaintext, key, iv, context }: CipherInput): string {
  const { blocks } = padded(plaintext);
  const chance = new TextEncoder().encode(`${context.random.string.alphanumeric(blockBytes - 1)}\0`);
  return toBase64(encryptUnpadded(Buffer.concat([blocks, chance]), key, iv));
}

/** Right content and a right last byte, so that only a look at all of the padding can tell. */
function unevenPadding(input: CipherInput): string {
  const { blocks, padding } = padded(input.plaintext);
  // One byte of padding has no inside.
  if (padding === 1) return badPadding(input);
  blocks.fill(padding ^ 1, blocks.length - padding, blocks.length - 1);
  return toBase64(encryptUnpadded(blocks, input.key, input.iv));
}

function withoutPadding({ plaintext, key, iv }: CipherInput): string {
  const blocks = new TextEncoder().encode(plaintext.padEnd(48, 'x')).slice(0, 48);
  return toBase64(encryptUnpadded(blocks, key, iv));
}

/** A text in whole blocks, its end as PKCS#5 has it, and how many bytes of padding that is. */
function padded(plaintext: string): { readonly blocks: Uint8Array; readonly padding: number } {
  const text = new TextEncoder().encode(plaintext);
  const padding = blockBytes - (text.length % blockBytes);
  const blocks = new Uint8Array(text.length + padding).fill(padding);
  blocks.set(text);
  return { blocks, padding };
}

/** A text of one block leaves nothing, so its only block is cut in half by the caller's rule for length instead. */
function withoutLastBlock(ciphertext: Uint8Array): Uint8Array {
  return ciphertext.slice(0, Math.max(ciphertext.length - blockBytes, blockBytes));
}

function encryptCorrectly({ plaintext, key, iv }: CipherInput): string {
  return encryptToBase64(plaintext, key, iv);
}

function encryptInput({ plaintext, key, iv }: CipherInput): Uint8Array {
  return encryptBytes(plaintext, key, iv);
}

function differentFrom(known: string, made: string): string {
  return made === known ? [...made].reverse().join('') : made;
}
