import { createHash } from 'node:crypto';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../../generators/random.ts';
import type { Secrets } from '../secrets.ts';
import { device, sealBytes, signedBody } from './device.ts';

/** Requests with one planted mistake, in classes: alphabet of `random` × how the IV was made × field. Made only with node:crypto. */

const digits = '0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = capitals + capitals.toLowerCase();
const alphanumeric = digits + letters;
const hex = `${digits}ABCDEF`;

/** The characters of `random`, for each way to draw it. */
export const alphabets: readonly (readonly [name: string, characters: string])[] = [
  ['letters and digits', alphanumeric],
  ['letters', letters],
  ['capitals and digits', capitals + digits],
  ['upper hex', hex],
  ['lower hex', hex.toLowerCase()],
  ['digits', digits],
  ['Base64', `${alphanumeric}+/`],
  ['printable', Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('')],
];

/** The fields with a ciphertext. */
export const slots: readonly [code: CipherField, newSecret: CipherField, oldSecret: CipherField] = [
  'encryptedBindingCode',
  'encryptedNewBindingSecret',
  'encryptedOldBindingSecret',
];

/** One device and what its request is made of. */
export type Made = {
  readonly secrets: Secrets;
  readonly random: string;
  readonly alphabet: string;
  /** Draws from the seed of the device. */
  readonly draw: (alphabet: string, length: number) => string;
};

/** A device with drawn values. */
export function drawMade(seed: number, alphabet: string): Made {
  const stream = seededRandom(seed, 'wrong-iv');
  const draw: Made['draw'] = (from, length) =>
    Array.from({ length }, () => stream.helpers.arrayElement([...from])).join('');
  const secrets = {
    ...device,
    pk: draw(alphanumeric, 6),
    dk: draw(seed % 3 === 0 ? alphanumeric : hex, [12, 12, 16, 8, 32][seed % 5] ?? 12),
    ps: draw(seed % 2 === 0 ? hex : alphanumeric, 16),
    bindingCode: draw(hex, 16),
    bindingSecret: draw(alphanumeric, 16),
    oldBindingSecret: draw(alphanumeric, 16),
    userDomainSecret: draw(alphanumeric, 44),
  };
  const random = draw(alphabet, 16);
  return { secrets, random: alphabet === digits ? `1${random.slice(1)}` : random, alphabet, draw };
}

const cut = (bytes: string | Buffer): Buffer => Buffer.from(bytes).subarray(0, 16);
const hashed = (algorithm: string, text: string): Buffer => createHash(algorithm).update(text).digest();
const hexed = (text: string): string => Buffer.from(text).toString('hex');

/** A way to get the IV wrong, and the words that name it; without words only the value can be found. */
type WrongIv = readonly [name: string, iv: (made: Made) => Buffer | undefined, words?: RegExp];

const digestIvs = [
  ['md5', 'MD5'],
  ['sha256', 'SHA-256'],
  ['sha1', 'SHA-1'],
  ['sha512', 'SHA-512'],
].flatMap(([algorithm = '', name = '']): readonly WrongIv[] => [
  [
    `the start of ${name}(random)`,
    ({ random }) => cut(hashed(algorithm, random)),
    // An MD5 has 16 bytes, so it is not cut.
    new RegExp(`${name === 'MD5' ? 'is' : 'first 16 bytes of'} the ${name} of random`),
  ],
  [
    `the start of the digits of ${name}(random)`,
    ({ random }) => cut(hashed(algorithm, random).toString('hex')),
    new RegExp(`first 16 bytes of the hex digits of the ${name} of random`),
  ],
]);

/** Every way to get the IV wrong. */
export const wrongIvs: readonly WrongIv[] = [
  ['another random', ({ draw, alphabet }) => cut(draw(alphabet, 16))],
  ['one that starts the same', ({ draw, alphabet, random }) => cut(random.slice(0, 11) + draw(alphabet, 5))],
  ['the start of hex(random)', ({ random }) => cut(hexed(random)), /first 16 bytes of random in hex/],
  ['the end of hex(random)', ({ random }) => Buffer.from(hexed(random).slice(16)), /last 16 bytes of random in hex/],
  ['HEX(random)', ({ random }) => cut(hexed(random).toUpperCase()), /first 16 bytes of random in (upper-case )?hex/],
  ...digestIvs,
  [
    'the middle of the digits of MD5(random)',
    ({ random }) => Buffer.from(hashed('md5', random).toString('hex').slice(8, 24)),
    /middle 16 bytes of the hex digits of the MD5 of random/,
  ],
  ['random backwards', ({ random }) => cut([...random].reverse().join('')), /random backwards/],
  ['random in lower case', ({ random }) => cut(random.toLowerCase()), /random in lower case/],
  ['random in upper case', ({ random }) => cut(random.toUpperCase()), /random in upper case/],
  ['Base64(random)', ({ random }) => cut(Buffer.from(random).toString('base64')), /first 16 bytes of random in Base64/],
  [
    'random hex-decoded and zeros',
    ({ random }) =>
      /^[0-9a-f]{16}$/i.test(random) ? Buffer.concat([Buffer.from(random, 'hex'), Buffer.alloc(8)]) : undefined,
    /random hex-decoded/,
  ],
  ['zeros', () => Buffer.alloc(16), /16 zero bytes/],
  ['digits 0', () => Buffer.from('0'.repeat(16)), /16 times the digit 0/],
  ['a constant of digits', () => Buffer.from('1234567890123456'), /the constant "1234567890123456"/],
  ['a constant of the app', () => Buffer.from('abcdefgh12345678')],
  ['another constant of the app', () => Buffer.from('my-static-iv-001')],
  ['bytes 0 to 15', () => Buffer.from(Array.from({ length: 16 }, (_, at) => at))],
  ['a counter', () => Buffer.concat([Buffer.alloc(15), Buffer.from([7])]), /a counter/],
  ['PS', ({ secrets: { ps = '' } }) => cut(ps), /the IV is PS/],
  ['MD5(PS)', ({ secrets: { ps = '' } }) => hashed('md5', ps), /the MD5 of PS/],
  ['userDomainSecret', ({ secrets }) => cut(secrets.userDomainSecret), /first 16 bytes of userDomainSecret/],
  ['pk and dk', ({ secrets }) => cut(`${secrets.pk}${secrets.dk}00000000`), /pk and dk joined/],
  ['a time in milliseconds', () => cut('1767225600123000')],
  ['a time in ISO 8601', () => cut('2026-01-01T00:00')],
  ['random bytes', ({ draw }) => hashed('md5', draw(digits, 16))],
];

/** The plaintext of each field, as the document says. */
export function plaintextOf({ secrets: { pk, dk, ...secrets } }: Made, field: CipherField): string {
  if (field === 'encryptedBindingCode') return secrets.bindingCode ?? '';
  return `${pk},${dk},${field === 'encryptedNewBindingSecret' ? secrets.bindingSecret : secrets.oldBindingSecret}`;
}

/** A signed body with these ciphertexts. */
export function bodyOf(made: Made, ciphertexts: Readonly<Record<string, string>>): Record<string, unknown> {
  const { pk, dk, bindingCode, ps } = made.secrets;
  const secret = 'encryptedNewBindingSecret';
  return signedBody(
    {
      pk,
      dk,
      random: made.random,
      ...('encryptedBindingCode' in ciphertexts ? {} : { bindingCode }),
      [secret]: sealBytes(plaintextOf(made, secret), ps, made.random),
      ...ciphertexts,
    },
    made.secrets.userDomainSecret,
  );
}

/** Plaintexts that differ from the right one in the first block. Encrypted under the right IV, they must not look like a wrong one. */
export const otherPlaintexts: readonly (readonly [name: string, write: (made: Made, text: string) => string])[] = [
  [
    'another dk or code of the same kind',
    ({ draw }, text) => text.replace(/[0-9A-Za-z]{8,16}(?=,|$)/, (value) => draw(hex, value.length)),
  ],
  ['another pk', ({ draw, secrets: { pk = '' } }, text) => text.replace(pk, draw(alphanumeric, pk.length))],
  ['one character changed', ({ draw }, text) => text.slice(0, 9) + draw(capitals, 1) + text.slice(10)],
  ['one digit changed', ({ draw }, text) => text.slice(0, 12) + draw(digits, 1) + text.slice(13)],
  ['two characters swapped', (_, text) => text.slice(0, 9) + (text[10] ?? '') + (text[9] ?? '') + text.slice(11)],
  ['lower case', (_, text) => text.toLowerCase()],
  ['upper case', (_, text) => text.toUpperCase()],
  ['dk before pk', (_, text) => text.replace(/^(\w+),(\w+),/, '$2,$1,')],
  ['spaces after the commas', (_, text) => text.replaceAll(',', ', ')],
  ['semicolons', (_, text) => text.replaceAll(',', ';')],
  ['a space before', (_, text) => ` ${text}`],
  ['quotes', (_, text) => `"${text}"`],
  ['a character less', (_, text) => text.slice(1)],
];
