import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

const fix = 'use PS as it is: its 16 characters are the 16 bytes of the key';

type KeyForm = readonly [id: string, says: string, key: (ps: string) => Uint8Array];

/** PS made into other bytes than its own. */
const psForms: readonly KeyForm[] = [
  ['key-ps-md5', 'the key is the MD5 of PS', (ps) => md5(utf8ToBytes(ps))],
  ['key-ps-md5', 'the key is the hex digits of the MD5 of PS (AES-256)', (ps) => utf8ToBytes(md5Hex(ps))],
  ['key-ps-md5', 'the key is the first 16 hex digits of the MD5 of PS', (ps) => utf8ToBytes(md5Hex(ps).slice(0, 16))],
  ['key-ps-md5', 'the key is the middle 16 hex digits of the MD5 of PS', (ps) => utf8ToBytes(md5Hex(ps).slice(8, 24))],
  [
    'key-ps-md5',
    'the key is the first 16 hex digits of the MD5 of PS in upper case',
    (ps) => utf8ToBytes(md5Hex(ps).slice(0, 16).toUpperCase()),
  ],
  ['key-ps-sha256', 'the key is the SHA-256 of PS (AES-256)', (ps) => sha256(utf8ToBytes(ps))],
  ['key-ps-sha256', 'the key is the first 16 bytes of the SHA-256 of PS', (ps) => sha256(utf8ToBytes(ps)).slice(0, 16)],
  ['key-ps-sha1', 'the key is the first 16 bytes of the SHA-1 of PS', (ps) => sha1(utf8ToBytes(ps)).slice(0, 16)],
  [
    'key-ps-sha1prng',
    "the key comes from Java's KeyGenerator with SHA1PRNG seeded with PS",
    (ps) => sha1(sha1(utf8ToBytes(ps))).slice(0, 16),
  ],
  [
    'key-ps-hex',
    'the key is PS hex-decoded, filled up with zero bytes',
    // Of a PS that is no hex nothing would be left but zeros.
    (ps) => (/^[0-9a-f]+$/i.test(ps) ? filled(Buffer.from(ps, 'hex')) : new Uint8Array()),
  ],
  [
    'key-ps-base64',
    'the key is PS Base64-decoded, filled up with zero bytes',
    (ps) => filled(Buffer.from(ps, 'base64')),
  ],
  ['key-ps-hex-digits', 'the key is PS written in hex (AES-256)', (ps) => utf8ToBytes(bytesToHex(utf8ToBytes(ps)))],
  ['key-ps-zeros', 'the key is PS and 16 zero bytes (AES-256)', (ps) => filled(utf8ToBytes(ps), 32)],
  ['key-ps-twice', 'the key is PS twice (AES-256)', (ps) => utf8ToBytes(ps + ps)],
  ['key-ps-utf-16', 'the key is PS in UTF-16 (AES-256)', (ps) => Buffer.from(ps, 'utf16le')],
  ['key-ps-lower-case', 'the key is PS in lower case', (ps) => utf8ToBytes(ps.toLowerCase())],
  ['key-ps-upper-case', 'the key is PS in upper case', (ps) => utf8ToBytes(ps.toUpperCase())],
  ['key-ps-reversed', 'the key is PS backwards', (ps) => utf8ToBytes([...ps].reverse().join(''))],
];

/** Other secrets made into a key. */
const otherForms: readonly (readonly [words: string, key: (secret: string) => Uint8Array])[] = [
  ['', (secret) => utf8ToBytes(secret)],
  ['the first 16 characters of ', (secret) => utf8ToBytes(secret).slice(0, 16)],
  ['the first 32 characters of ', (secret) => utf8ToBytes(secret).slice(0, 32)],
  ['the last 16 characters of ', (secret) => utf8ToBytes(secret).slice(-16)],
  ['the MD5 of ', (secret) => md5(utf8ToBytes(secret))],
  ['the SHA-256 of ', (secret) => sha256(utf8ToBytes(secret))],
  ['the first 16 bytes of the Base64-decoded ', (secret) => Buffer.from(secret, 'base64').subarray(0, 16)],
  ['the first 32 bytes of the Base64-decoded ', (secret) => Buffer.from(secret, 'base64').subarray(0, 32)],
];

/** Another key than the bytes of PS. */
export function keyRows(known: Known, ps: string): readonly CipherRow[] {
  const { secrets } = known;
  const others = [
    ['user-domain-secret', 'userDomainSecret', secrets.userDomainSecret],
    ['random', 'random', fieldText(known, 'random')],
    ['binding-secret', 'bindingSecret', secrets.bindingSecret],
    ['old-binding-secret', 'the old bindingSecret', secrets.oldBindingSecret],
    ['binding-code', 'bindingCode', secrets.bindingCode ?? fieldText(known, 'bindingCode')],
  ] as const;
  const forms = [
    ...psForms.map(([id, says, make]) => row(id, says, fix, { key: make(ps) })),
    ...others.flatMap(([id, name, value]) =>
      value === undefined || value === ''
        ? []
        : otherForms.map(([words, make]) => row(`key-${id}`, `the key is ${words}${name}`, fix, { key: make(value) })),
    ),
    row('key-zeros', 'the key is 16 zero bytes', fix, { key: new Uint8Array(16) }),
  ];
  const own = bytesToHex(utf8ToBytes(ps));
  return forms.filter(
    ({ change: { key } }) => key !== undefined && [16, 24, 32].includes(key.length) && bytesToHex(key) !== own,
  );
}

/**
 * OpenSSL's own format, which CryptoJS writes when the key is given as text: `Salted__`, a salt, AES-256-CBC under a key and
 * an IV that are derived from the text with MD5. Source: OpenSSL, EVP_BytesToKey.
 */
export function saltedRows(bytes: Uint8Array | undefined, ps: string): readonly CipherRow[] {
  if (bytes === undefined || Buffer.from(bytes.subarray(0, 8)).toString('latin1') !== 'Salted__') return [];
  const salt = bytes.subarray(8, 16);
  const hashes: Uint8Array[] = [];
  while (hashes.length < 3) hashes.push(md5(concatBytes(hashes.at(-1) ?? new Uint8Array(), utf8ToBytes(ps), salt)));
  const derived = concatBytes(...hashes);
  return [
    row(
      'openssl-salted',
      'PS was taken as a passphrase (the text starts with "Salted__"), as CryptoJS does with a key that is a string',
      `${fix} (in CryptoJS: CryptoJS.enc.Utf8.parse(ps), and the iv likewise)`,
      { bytes: bytes.subarray(16), key: derived.subarray(0, 32), iv: derived.subarray(32, 48) },
    ),
  ];
}

function md5Hex(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)));
}

/** As OpenSSL and PHP do with a key that is too short. */
function filled(bytes: Uint8Array, length = 16): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, length));
  return whole;
}
