import { cbc, cfb, ctr, ecb } from '@noble/ciphers/aes.js';
import type { Cipher } from '@noble/ciphers/utils.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { replaceMiddle } from '../../family/tamper.ts';
import type { Flag } from './device.ts';
import { device } from './device.ts';

/** A mistake: its name, what it is, its flag, and how the value that is received is made from the plaintext. */
export type CipherMistake = readonly [name: string, comment: string, flag: Flag, make: (plaintext: string) => string];

const { pk, dk, ps, random, bindingCode, bindingSecret } = device;
const [key, iv] = [utf8ToBytes(ps), utf8ToBytes(random)];
const blockBytes = 16;

const otherKeyOrIv =
  (otherPs: string, otherRandom: string): CipherMistake[3] =>
  (plaintext) =>
    encryptToBase64(plaintext, otherPs, otherRandom);
/** A cipher object encrypts only once. */
const otherCipher =
  (create: () => Cipher): CipherMistake[3] =>
  (plaintext) =>
    toBase64(create().encrypt(utf8ToBytes(plaintext)));
/** The right ciphertext, changed or written in another form. */
const changed =
  (change: (ciphertext: Uint8Array) => string): CipherMistake[3] =>
  (plaintext) =>
    change(encryptBytes(plaintext, ps, random));
/** A padding of one's own; `pad` gets the number of bytes that PKCS#5 would add: 1 to 16. */
const padded =
  (pad: (missing: number) => Uint8Array): CipherMistake[3] =>
  (plaintext) => {
    const bytes = utf8ToBytes(plaintext);
    const missing = blockBytes - (bytes.length % blockBytes);
    return toBase64(encryptUnpadded(Buffer.concat([bytes, pad(missing)]), ps, random));
  };
/** Another text in place of the plaintext. */
const otherText =
  (text: string): CipherMistake[3] =>
  () =>
    encryptToBase64(text, ps, random);

/** Bytes of one value, except the last one. */
function bytesWithLast(length: number, value: number, last: number): Uint8Array {
  return new Uint8Array(length).fill(value).with(-1, last);
}

/** The mistakes of any ciphertext. */
const anyRows: readonly CipherMistake[] = [
  ['wrong-iv', 'encrypted under another random than the one sent', 'Secret', otherKeyOrIv(ps, 'h2Kd81sQpW0zVn4C')],
  ['zero-iv', 'an initialisation vector of zeros', 'Secret', otherKeyOrIv(ps, '\0'.repeat(16))],
  ['iv-is-key', 'ps is the initialisation vector', 'Secret', otherKeyOrIv(ps, ps)],
  ['wrong-key', "another product's ps", 'Secret', otherKeyOrIv('89A049614445CCA8', random)],
  ['ecb', 'ECB', 'Algorithm', otherCipher(() => ecb(key))],
  ['ctr', 'CTR, without padding', 'Algorithm', otherCipher(() => ctr(key, iv))],
  ['cfb', 'CFB, without padding', 'Algorithm', otherCipher(() => cfb(key, iv))],
  ['aes-256', 'AES-256, its key is ps twice', 'Algorithm', otherCipher(() => cbc(utf8ToBytes(ps + ps), iv))],
  ['zero-padding', 'padded with zeros', 'Algorithm', padded((missing) => new Uint8Array(missing % blockBytes))],
  [
    'space-padding',
    'padded with a block of spaces',
    'Algorithm',
    padded((missing) => bytesWithLast(missing, 0x20, 0x20)),
  ],
  [
    'uneven-padding',
    'only the last byte of the padding is right',
    'Algorithm',
    padded((missing) => bytesWithLast(missing, 0, missing)),
  ],
  [
    'padding-17',
    'the last byte of the padding is 17',
    'Algorithm',
    padded((missing) => bytesWithLast(missing, missing, blockBytes + 1)),
  ],
  [
    'base64url',
    'Base64url: - and _, without =',
    'Encoding',
    changed((bytes) => Buffer.from(bytes).toString('base64url')),
  ],
  ['hex', 'hex in place of Base64', 'Encoding', changed(bytesToHex)],
  [
    'not-encrypted',
    'the plaintext in Base64, without encryption',
    'Algorithm',
    (plaintext) => toBase64(utf8ToBytes(plaintext)),
  ],
  [
    'iv-in-front',
    'the initialisation vector in front of the ciphertext',
    'Encoding',
    changed((bytes) => toBase64(Buffer.concat([iv, bytes]))),
  ],
  ['last-block-lost', 'the last block lost', 'Changed', changed((bytes) => toBase64(bytes.slice(0, -blockBytes)))],
  ['bytes-lost', 'five bytes lost at the end', 'Changed', changed((bytes) => toBase64(bytes.slice(0, -5)))],
  ['changed', 'one character changed in the middle', 'Changed', changed((bytes) => replaceMiddle(toBase64(bytes)))],
];

/** The mistakes of `encryptedBindingCode`. */
export const codeMistakes: readonly CipherMistake[] = [
  ...anyRows,
  ['lower-case', 'the bindingCode in lower case', 'Text', otherText(bindingCode.toLowerCase())],
  [
    'decoded',
    'the 8 bytes that the hex digits of the bindingCode mean',
    'Text',
    () => toBase64(cbc(key, iv).encrypt(Buffer.from(bindingCode, 'hex'))),
  ],
];

/** The mistakes of an encrypted bindingSecret. */
export const secretMistakes: readonly CipherMistake[] = [
  ...anyRows.filter(([name]) =>
    ['wrong-iv', 'wrong-key', 'ecb', 'zero-padding', 'base64url', 'last-block-lost'].includes(name),
  ),
  [
    'chained',
    'the cipher was used before: its IV is the last block of the encrypted bindingCode',
    'Secret',
    otherCipher(() => cbc(key, encryptBytes(bindingCode, ps, random).slice(-blockBytes))),
  ],
  ['swapped', 'DK,PK in place of PK,DK', 'Text', otherText(secretPlaintext(dk, pk, bindingSecret))],
  [
    'other-device',
    "another device's PK and DK",
    'Text',
    otherText(secretPlaintext('p1k7Qy', 'A4C138F20B7F', bindingSecret)),
  ],
  ['semicolons', 'semicolons in place of commas', 'Text', otherText(`${pk};${dk};${bindingSecret}`)],
  ['full-width-commas', 'full-width commas', 'Text', otherText(`${pk}，${dk}，${bindingSecret}`)],
  ['spaces-after-commas', 'spaces after the commas', 'Text', otherText(`${pk}, ${dk}, ${bindingSecret}`)],
  ['no-commas', 'no commas', 'Text', otherText(`${pk}${dk}${bindingSecret}`)],
  ['secret-alone', 'only the bindingSecret', 'Text', otherText(bindingSecret)],
  ['json', 'a JSON object', 'Text', otherText(JSON.stringify({ pk, dk, bindingSecret }))],
  ['zero-byte', 'a zero byte at the end of the text', 'Text', otherText(`${secretPlaintext(pk, dk, bindingSecret)}\0`)],
];
