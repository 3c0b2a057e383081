import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

const blockBytes = 16;
const fix = 'take the 16 characters of random as the 16 bytes of the IV, and send the same random';

/** IVs that example code likes. */
const examples = [
  '0102030405060708',
  '1234567890123456',
  '1234567812345678',
  'abcdefghijklmnop',
  '0123456789abcdef',
  '0123456789ABCDEF',
];

/** Another IV than the bytes of `random`, or an IV sent with the ciphertext. */
export function ivRows(known: Known, ps: string): readonly CipherRow[] {
  const random = fieldText(known, 'random');
  const { userDomainSecret } = known.secrets;
  const ivs: readonly (readonly [id: string, says: string, iv: Uint8Array])[] = [
    ['iv-zero', 'the IV is 16 zero bytes', new Uint8Array(blockBytes)],
    ['iv-zero', 'the IV is 16 digits 0', utf8ToBytes('0'.repeat(blockBytes))],
    ['iv-ps', 'the IV is PS', utf8ToBytes(ps)],
    ...(/^[0-9a-f]+$/i.test(random)
      ? [['iv-hex', 'the IV is random hex-decoded', filled(Buffer.from(random, 'hex'))] as const]
      : []),
    ['iv-base64', 'the IV is random Base64-decoded', filled(Buffer.from(random, 'base64'))],
    ['iv-md5', 'the IV is the MD5 of random', md5(utf8ToBytes(random))],
    [
      'iv-md5',
      'the IV is the first 16 hex digits of the MD5 of random',
      utf8ToBytes(bytesToHex(md5(utf8ToBytes(random))).slice(0, 16)),
    ],
    ['iv-lower-case', 'the IV is random in lower case', utf8ToBytes(random.toLowerCase())],
    ['iv-upper-case', 'the IV is random in upper case', utf8ToBytes(random.toUpperCase())],
    ['iv-cut', 'the IV is the first 16 bytes of random', utf8ToBytes(random).slice(0, blockBytes)],
    ['iv-filled', 'the IV is random filled up with zero bytes', filled(utf8ToBytes(random))],
    [
      'iv-filled',
      'the IV is random filled up with digits 0',
      utf8ToBytes(random.padEnd(blockBytes, '0').slice(0, blockBytes)),
    ],
    [
      'iv-user-domain-secret',
      'the IV is the first 16 characters of userDomainSecret',
      utf8ToBytes(userDomainSecret).slice(0, blockBytes),
    ],
    ...examples.map((text) => ['iv-constant', `the IV is the constant "${text}"`, utf8ToBytes(text)] as const),
  ];
  const own = bytesToHex(utf8ToBytes(random));
  return ivs
    .filter(([, , iv]) => iv.length === blockBytes && bytesToHex(iv) !== own)
    .map(([id, says, iv]) => row(id, says, fix, { iv }));
}

const layoutFix = 'send the ciphertext alone; the IV travels in random';

/** An IV that travels with the ciphertext. */
export const layoutRows: readonly CipherRow[] = [
  row('iv-prepended', 'the IV stands before the ciphertext', layoutFix, {
    layout: (bytes) =>
      bytes.length > blockBytes ? { iv: bytes.subarray(0, blockBytes), bytes: bytes.subarray(blockBytes) } : undefined,
  }),
  row('iv-appended', 'the IV stands after the ciphertext', layoutFix, {
    layout: (bytes) =>
      bytes.length > blockBytes
        ? { iv: bytes.subarray(-blockBytes), bytes: bytes.subarray(0, -blockBytes) }
        : undefined,
  }),
];

/** To be tried last: of the rest of the text alone, CBC says what it is under any IV. */
export const unknownIvRow: CipherRow = row(
  'iv-other',
  'another IV than random was used: the first 16 bytes are garbage and the rest is readable',
  `${fix}: random must not be drawn again after encrypting, and must be one and the same for all ciphertexts of a request`,
  { iv: 'unknown' },
);

function filled(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(blockBytes);
  whole.set(bytes.subarray(0, blockBytes));
  return whole;
}
