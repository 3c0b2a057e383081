import { cbc, cfb, ctr, ecb } from '@noble/ciphers/aes.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { encryptBytes, encryptToBase64, encryptUnpadded, toBase64 } from '../../crypto.ts';
import { replaceMiddle } from '../faults/tamper.ts';
import type { Flag } from './device.ts';
import { device } from './device.ts';

/** What is encrypted, under which key and IV. */
type Parts = { readonly plaintext: string; readonly ps: string; readonly random: string };
/** A mistake: its name, what it is, its flag, and how the value that is received is made. */
export type CipherMistake = readonly [name: string, comment: string, flag: Flag, make: (right: Parts) => string];

const { pk, dk, ps, random, bindingCode, bindingSecret } = device;
const otherRandom = 'h2Kd81sQpW0zVn4C';
const zeroIv = '\0'.repeat(16);
const blockBytes = 16;

/** The mistakes of any ciphertext. */
const anyRows: readonly CipherMistake[] = [
  [
    'wrong-iv',
    'encrypted under another random than the one sent',
    'Secret',
    ({ plaintext }) => encryptToBase64(plaintext, ps, otherRandom),
  ],
  ['zero-iv', 'an initialisation vector of zeros', 'Secret', ({ plaintext }) => encryptToBase64(plaintext, ps, zeroIv)],
  ['iv-is-key', 'ps is the initialisation vector', 'Secret', ({ plaintext }) => encryptToBase64(plaintext, ps, ps)],
  [
    'wrong-key',
    "another product's ps",
    'Secret',
    ({ plaintext }) => encryptToBase64(plaintext, '89A049614445CCA8', random),
  ],
  ['ecb', 'ECB', 'Algorithm', ({ plaintext }) => toBase64(ecb(utf8ToBytes(ps)).encrypt(utf8ToBytes(plaintext)))],
  [
    'ctr',
    'CTR, without padding',
    'Algorithm',
    ({ plaintext }) => toBase64(ctr(utf8ToBytes(ps), utf8ToBytes(random)).encrypt(utf8ToBytes(plaintext))),
  ],
  [
    'cfb',
    'CFB, without padding',
    'Algorithm',
    ({ plaintext }) => toBase64(cfb(utf8ToBytes(ps), utf8ToBytes(random)).encrypt(utf8ToBytes(plaintext))),
  ],
  [
    'aes-256',
    'AES-256, its key is ps twice',
    'Algorithm',
    ({ plaintext }) => toBase64(cbc(utf8ToBytes(ps + ps), utf8ToBytes(random)).encrypt(utf8ToBytes(plaintext))),
  ],
  [
    'zero-padding',
    'padded with zeros',
    'Algorithm',
    (right) => padded(right, (missing) => new Uint8Array(missing % blockBytes)),
  ],
  [
    'space-padding',
    'padded with a block of spaces',
    'Algorithm',
    (right) => padded(right, (missing) => new Uint8Array(missing).fill(0x20)),
  ],
  [
    'uneven-padding',
    'only the last byte of the padding is right',
    'Algorithm',
    (right) =>
      padded(right, (missing) => {
        const bytes = new Uint8Array(missing);
        bytes[missing - 1] = missing;
        return bytes;
      }),
  ],
  [
    'padding-17',
    'the last byte of the padding is 17',
    'Algorithm',
    (right) =>
      padded(right, (missing) => {
        const bytes = new Uint8Array(missing).fill(missing);
        bytes[missing - 1] = blockBytes + 1;
        return bytes;
      }),
  ],
  [
    'base64url',
    'Base64url: - and _, without =',
    'Encoding',
    ({ plaintext }) =>
      toBase64(encryptBytes(plaintext, ps, random))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', ''),
  ],
  ['hex', 'hex in place of Base64', 'Encoding', ({ plaintext }) => bytesToHex(encryptBytes(plaintext, ps, random))],
  [
    'not-encrypted',
    'the plaintext in Base64, without encryption',
    'Algorithm',
    ({ plaintext }) => toBase64(utf8ToBytes(plaintext)),
  ],
  [
    'iv-in-front',
    'the initialisation vector in front of the ciphertext',
    'Encoding',
    ({ plaintext }) => toBase64(Buffer.concat([utf8ToBytes(random), encryptBytes(plaintext, ps, random)])),
  ],
  [
    'last-block-lost',
    'the last block lost',
    'Changed',
    ({ plaintext }) => toBase64(encryptBytes(plaintext, ps, random).slice(0, -blockBytes)),
  ],
  [
    'bytes-lost',
    'five bytes lost at the end',
    'Changed',
    ({ plaintext }) => toBase64(encryptBytes(plaintext, ps, random).slice(0, -5)),
  ],
  [
    'changed',
    'one character changed in the middle',
    'Changed',
    ({ plaintext }) => replaceMiddle(encryptToBase64(plaintext, ps, random)),
  ],
];

/** The mistakes of `encryptedBindingCode`. */
export const codeMistakes: readonly CipherMistake[] = [
  ...anyRows,
  ['lower-case', 'the bindingCode in lower case', 'Text', () => encryptToBase64(bindingCode.toLowerCase(), ps, random)],
  [
    'decoded',
    'the 8 bytes that the hex digits of the bindingCode mean',
    'Text',
    () => toBase64(cbc(utf8ToBytes(ps), utf8ToBytes(random)).encrypt(Buffer.from(bindingCode, 'hex'))),
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
    ({ plaintext }) =>
      toBase64(
        cbc(utf8ToBytes(ps), encryptBytes(bindingCode, ps, random).slice(-blockBytes)).encrypt(utf8ToBytes(plaintext)),
      ),
  ],
  ['swapped', 'DK,PK in place of PK,DK', 'Text', encrypts(secretPlaintext(dk, pk, bindingSecret))],
  [
    'other-device',
    "another device's PK and DK",
    'Text',
    encrypts(secretPlaintext('p1k7Qy', 'A4C138F20B7F', bindingSecret)),
  ],
  ['semicolons', 'semicolons in place of commas', 'Text', encrypts(`${pk};${dk};${bindingSecret}`)],
  ['full-width-commas', 'full-width commas', 'Text', encrypts(`${pk}，${dk}，${bindingSecret}`)],
  ['spaces-after-commas', 'spaces after the commas', 'Text', encrypts(`${pk}, ${dk}, ${bindingSecret}`)],
  ['no-commas', 'no commas', 'Text', encrypts(`${pk}${dk}${bindingSecret}`)],
  ['secret-alone', 'only the bindingSecret', 'Text', encrypts(bindingSecret)],
  ['json', 'a JSON object', 'Text', encrypts(JSON.stringify({ pk, dk, bindingSecret }))],
  ['zero-byte', 'a zero byte at the end of the text', 'Text', encrypts(`${secretPlaintext(pk, dk, bindingSecret)}\0`)],
];

function encrypts(plaintext: string): (right: Parts) => string {
  return () => encryptToBase64(plaintext, ps, random);
}

/** Encrypts with a padding of one's own; `make` gets the number of bytes that PKCS#5 would add: 1 to 16. */
function padded({ plaintext }: Parts, make: (missing: number) => Uint8Array): string {
  const bytes = utf8ToBytes(plaintext);
  const missing = blockBytes - (bytes.length % blockBytes);
  return toBase64(encryptUnpadded(Buffer.concat([bytes, make(missing)]), ps, random));
}
