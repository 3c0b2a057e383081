import { refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { initialisationVector, productSecret } from '../../family/devices.ts';
import type { Random } from '../../random.ts';
import type { Change, CipherField } from '../request.ts';
import { encryptedCode, oldSecretPlaintext, withOldSecret } from '../valid-forms.ts';
import { type Fault, fieldText, type Kind, makeFault, type Row, sealedField } from './fault.ts';

/** A ciphertext field, and the correct request in which it is corrupted. */
export type CipherSubject = {
  readonly name: CipherField;
  /** The common properties of its faults. */
  readonly kind: Kind;
  readonly prepare: readonly Change[];
  readonly plaintext: (fixture: Fixture) => string;
};

/** `encryptedBindingCode`. The document has no code for a value that cannot be decrypted; 5213 is one possible answer. */
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

/** `encryptedOldBindingSecret`, in a state with a stored secret. */
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

/** The input for a corrupted ciphertext: how the right one is made. */
type CipherInput = { readonly plaintext: string; readonly key: string; readonly iv: string };

const blockBytes = 16;

/**
 * Ways to corrupt any ciphertext field.
 * An attacker already knows about bad Base64 and a bad length; a padding oracle shows the difference between bad padding and
 * bad content.
 */
const ways: readonly Row<(input: CipherInput, random: Random) => string>[] = [
  ['not-base64', 'that is not Base64', (input) => toBase64(encrypt(input)).replace(/^(....)..../, '$1!*%$$')],
  ['bad-length', 'of only 15 bytes', (input) => toBase64(encrypt(input).slice(0, blockBytes - 1))],
  [
    'last-block-lost',
    'without its last block',
    // A text that fits into one block is made longer: without its only block nothing is left, which is another fault.
    ({ plaintext, ...input }) =>
      toBase64(encrypt({ ...input, plaintext: plaintext.padEnd(blockBytes, 'x') }).slice(0, -blockBytes)),
  ],
  ['block-too-many', 'with an extra block at the end', withExtraBlock],
  [
    'bytes-too-many',
    'with five extra bytes at the end',
    (input) => toBase64(Buffer.concat([encrypt(input), Buffer.from('extra')])),
  ],
  ['uneven-padding', 'with padding of the right length but wrong bytes', unevenPadding],
  ['not-encrypted', 'that is not encrypted', ({ plaintext }) => Buffer.from(plaintext).toString('base64')],
  ['plain-text', 'that is the plaintext itself', ({ plaintext }) => plaintext],
  ['bad-padding', 'with bad padding', badPadding],
  [
    'no-padding',
    'without padding',
    ({ plaintext, key, iv }) =>
      toBase64(encryptUnpadded(new TextEncoder().encode(plaintext.padEnd(48, 'x')).slice(0, 48), key, iv)),
  ],
  [
    'wrong-key',
    "encrypted with another product's secret",
    ({ plaintext, iv }, random) => encryptToBase64(plaintext, differentFrom(iv, productSecret(random)), iv),
  ],
  [
    'wrong-iv',
    'encrypted with another random than the one sent',
    ({ plaintext, key, iv }, random) => encryptToBase64(plaintext, key, revealingIv(plaintext, iv, random)),
  ],
];

/** The faults of a ciphertext field that the server cannot decrypt correctly. */
export function cipherFaults({ name, kind, plaintext, prepare }: CipherSubject): readonly Fault[] {
  return ways.map(([way, title, make]) => {
    const corrupted = sealedField(name, (body, { fixture, random }) =>
      make({ plaintext: plaintext(fixture), key: fixture.ps, iv: fieldText(body, 'random') }, random),
    );
    return makeFault(kind, way, `an ${name} ${title}`, ...prepare, corrupted);
  });
}

/**
 * An IV under which the first block has a control character. One that leaves it printable may give a text that is
 * right under a lenient format; of random IVs, three in a thousand do.
 */
function revealingIv(plaintext: string, iv: string, random: Random): string {
  for (let tries = 0; tries < 20; tries += 1) {
    const other = differentFrom(iv, initialisationVector(random));
    const codes = Array.from(other, (character, at) => {
      return character.charCodeAt(0) ^ iv.charCodeAt(at) ^ plaintext.charCodeAt(at);
    });
    if (codes.some((code) => code < 0x20)) return other;
  }
  return differentFrom(iv, initialisationVector(random));
}

/** A ciphertext with an impossible padding length as its last plaintext byte. */
export function badPadding({ plaintext, key, iv }: CipherInput): string {
  const { blocks, padding } = padded(plaintext);
  blocks.fill(0, -padding);
  // 0 and values over 16 are never valid PKCS#5 padding.
  return toBase64(encryptUnpadded(blocks, key, iv));
}

/** A random block has valid padding once in 256 times, so this one ends with an invalid padding byte. */
function withExtraBlock({ plaintext, key, iv }: CipherInput, random: Random): string {
  const chance = new TextEncoder().encode(`${random.string.alphanumeric(blockBytes - 1)}\0`);
  return toBase64(encryptUnpadded(Buffer.concat([padded(plaintext).blocks, chance]), key, iv));
}

/** The content and the last byte are right, so a server must check all of the padding. */
function unevenPadding(input: CipherInput): string {
  const { blocks, padding } = padded(input.plaintext);
  // With one byte of padding, there are no other bytes to change.
  if (padding === 1) return badPadding(input);
  blocks.fill(padding ^ 1, blocks.length - padding, blocks.length - 1);
  return toBase64(encryptUnpadded(blocks, input.key, input.iv));
}

/** A text with PKCS#5 padding, and the number of padding bytes. */
function padded(plaintext: string): { readonly blocks: Uint8Array; readonly padding: number } {
  const text = new TextEncoder().encode(plaintext);
  const padding = blockBytes - (text.length % blockBytes);
  const blocks = new Uint8Array(text.length + padding).fill(padding);
  blocks.set(text);
  return { blocks, padding };
}

function encrypt({ plaintext, key, iv }: CipherInput): Uint8Array {
  return encryptBytes(plaintext, key, iv);
}

function differentFrom(known: string, made: string): string {
  return made === known ? [...made].reverse().join('') : made;
}
