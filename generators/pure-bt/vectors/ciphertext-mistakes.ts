import { cbc, cfb, ctr, ecb } from '@noble/ciphers/aes.js';
import type { Cipher } from '@noble/ciphers/utils.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { replaceMiddle } from '../../family/tamper.ts';
import { device, type Flag } from './device.ts';

/** A mistake: its name, what it is, its flag, and how the value that is received is made from the plaintext. */
export type CipherMistake = readonly [name: string, comment: string, flag: Flag, make: (plaintext: string) => string];

const { pk, dk, ps, random, bindingCode, bindingSecret } = device;
const [key, iv] = [utf8ToBytes(ps), utf8ToBytes(random)];
const blockBytes = 16;

/** The mistakes of any ciphertext. */
const anyRows: readonly CipherMistake[] = [
  [
    'wrong-iv',
    'encrypted under another random than the one sent',
    'Secret',
    (text) => encryptToBase64(text, ps, 'h2Kd81sQpW0zVn4C'),
  ],
  ['zero-iv', 'an initialisation vector of zeros', 'Secret', (text) => encryptToBase64(text, ps, '\0'.repeat(16))],
  ['iv-is-key', 'ps is the initialisation vector', 'Secret', (text) => encryptToBase64(text, ps, ps)],
  ['wrong-key', "another product's ps", 'Secret', (text) => encryptToBase64(text, '89A049614445CCA8', random)],
  ['ecb', 'ECB', 'Algorithm', (text) => encryptWith(ecb(key), text)],
  ['ctr', 'CTR, without padding', 'Algorithm', (text) => encryptWith(ctr(key, iv), text)],
  ['cfb', 'CFB, without padding', 'Algorithm', (text) => encryptWith(cfb(key, iv), text)],
  ['aes-256', 'AES-256, its key is ps twice', 'Algorithm', (text) => encryptWith(cbc(utf8ToBytes(ps + ps), iv), text)],
  ['zero-padding', 'padded with zeros', 'Algorithm', padded((missing) => new Uint8Array(missing % blockBytes))],
  ['space-padding', 'padded with a block of spaces', 'Algorithm', padded((missing) => bytesOf(missing, 0x20))],
  [
    'uneven-padding',
    'only the last byte of the padding is right',
    'Algorithm',
    padded((missing) => bytesOf(missing, 0).with(-1, missing)),
  ],
  [
    'padding-17',
    'the last byte of the padding is 17',
    'Algorithm',
    padded((missing) => bytesOf(missing, missing).with(-1, blockBytes + 1)),
  ],
  ['base64url', 'Base64url: - and _, without =', 'Encoding', (text) => Buffer.from(right(text)).toString('base64url')],
  ['hex', 'hex in place of Base64', 'Encoding', (text) => bytesToHex(right(text))],
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
    (text) => toBase64(Buffer.concat([iv, right(text)])),
  ],
  ['last-block-lost', 'the last block lost', 'Changed', (text) => toBase64(right(text).slice(0, -blockBytes))],
  ['bytes-lost', 'five bytes lost at the end', 'Changed', (text) => toBase64(right(text).slice(0, -5))],
  ['changed', 'one character changed in the middle', 'Changed', (text) => replaceMiddle(toBase64(right(text)))],
];

/** The mistakes of `encryptedBindingCode`. */
export const codeMistakes: readonly CipherMistake[] = [
  ...anyRows,
  otherText('lower-case', 'the bindingCode in lower case', bindingCode.toLowerCase()),
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
    (text) => encryptWith(cbc(key, right(bindingCode).slice(-blockBytes)), text),
  ],
  otherText('swapped', 'DK,PK in place of PK,DK', secretPlaintext(dk, pk, bindingSecret)),
  otherText('other-device', "another device's PK and DK", secretPlaintext('p1k7Qy', 'A4C138F20B7F', bindingSecret)),
  otherText('semicolons', 'semicolons in place of commas', `${pk};${dk};${bindingSecret}`),
  otherText('full-width-commas', 'full-width commas', `${pk}，${dk}，${bindingSecret}`),
  otherText('spaces-after-commas', 'spaces after the commas', `${pk}, ${dk}, ${bindingSecret}`),
  otherText('no-commas', 'no commas', `${pk}${dk}${bindingSecret}`),
  otherText('secret-alone', 'only the bindingSecret', bindingSecret),
  otherText('json', 'a JSON object', JSON.stringify({ pk, dk, bindingSecret })),
  otherText('zero-byte', 'a zero byte at the end of the text', `${secretPlaintext(pk, dk, bindingSecret)}\0`),
];

/** The right ciphertext, to be changed or written in another form. */
function right(plaintext: string): Uint8Array {
  return encryptBytes(plaintext, ps, random);
}

/** A cipher encrypts only once. */
function encryptWith(cipher: Cipher, plaintext: string): string {
  return toBase64(cipher.encrypt(utf8ToBytes(plaintext)));
}

/** Another padding; `pad` gets the number of bytes that PKCS#5 would add: 1 to 16. */
function padded(pad: (missing: number) => Uint8Array): CipherMistake[3] {
  return (plaintext) => {
    const bytes = utf8ToBytes(plaintext);
    return toBase64(encryptUnpadded(Buffer.concat([bytes, pad(blockBytes - (bytes.length % blockBytes))]), ps, random));
  };
}

/** Another text in place of the plaintext. */
function otherText(name: string, comment: string, text: string): CipherMistake {
  return [name, comment, 'Text', () => encryptToBase64(text, ps, random)];
}

function bytesOf(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}
