import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { cipherVectors } from '../../../spec/pure-bt/vectors.ts';
import { encryptToBase64 } from '../../crypto.ts';
import { type CipherMistake, codeMistakes, secretMistakes } from './ciphertext-mistakes.ts';
import { device, type ValidRow } from './device.ts';
import type { CipherTest } from './vectors.generated.ts';

type Input = CipherTest['input'];
const { pk, dk, ps, random, bindingCode, bindingSecret } = device;
const code: Input = { bindingCode, ps, random };
const secret: Input = { pk, dk, bindingSecret, ps, random };
const blockBytes = 16;

const codeRows: readonly ValidRow<Input>[] = [
  ...cipherVectors.map(
    ({ plaintext, key, iv }, at): ValidRow<Input> => [
      `published-${at + 1}`,
      "a sibling operation's example; its text is in the place of bindingCode",
      { bindingCode: plaintext, ps: key, random: iv },
      'Published',
    ],
  ),
  ['plain', 'a bindingCode: 16 bytes, so that a whole block of padding follows', code],
  ['other-random', 'the same bindingCode under another random', { ...code, random: 'h2Kd81sQpW0zVn4C' }],
  ['random-digits', 'a random of digits is 16 bytes, no number', { ...code, random: '1764374400123456' }],
  ['random-hex', 'a random that looks like hex is not decoded', { ...code, random: '00112233445566ff' }],
  ['ps-hex', 'a ps that looks like hex is not decoded', { ...code, ps: '89A049614445CCA8' }],
  ['ps-symbols', 'a ps with other printable ASCII characters', { ...code, ps: '"\\ /+=&%<>~!{}|$' }],
  ['letters', 'a bindingCode of letters', { ...code, bindingCode: 'ABCDEFABCDEFABCD' }],
];

/** A secret that makes the plaintext of a short device as long as given, in bytes. */
function ofLength(length: number): Input {
  const short = { pk: 'p1', dk: 'A4C1' };
  const taken = secretPlaintext(short.pk, short.dk, '').length;
  return { ...secret, ...short, bindingSecret: 'z9y8x7w6v5u4t3s2r1q0p-n_m'.slice(0, length - taken) };
}

const secretRows: readonly ValidRow<Input>[] = [
  ['plain', 'PK,DK,bindingSecret with two English commas', secret],
  ...[15, 16, 17, 31, 32, 33].map(
    (length): ValidRow<Input> => [`bytes-${length}`, `a plaintext of ${length} bytes`, ofLength(length), 'EdgeLength'],
  ),
  ['dk-32', 'the longest dk', { ...secret, dk: '0123456789ABCDEFGHIJKLMNOPQRSTUV' }, 'EdgeLength', 'Reading'],
  ['long', 'a bindingSecret of 200 characters', { ...secret, bindingSecret: 'Secret0123'.repeat(20) }],
  [
    'hex',
    'a bindingSecret that looks like hex is not decoded',
    { ...secret, bindingSecret: '00ff10203040506070809a0b0c0d0e0f' },
  ],
  ['spaces', 'spaces around a bindingSecret are part of it', { ...secret, bindingSecret: ' a secret ' }, 'Reading'],
  ['symbols', 'a bindingSecret is encrypted without JSON escapes', { ...secret, bindingSecret: '"\\/%41+&=<>' }],
  [
    'utf8-accent',
    'a letter of two bytes; a length in characters would pad wrongly',
    { ...secret, bindingSecret: 'café-au-lait' },
    'Utf8',
    'Reading',
  ],
  [
    'utf8-emoji',
    'a character of four bytes, outside the basic plane',
    { ...secret, bindingSecret: '密钥🔑' },
    'Utf8',
    'Reading',
  ],
];

/** The tests of `encryptedBindingCode`. Source: the document's row of this field. */
export const codeTests: readonly CipherTest[] = [
  ...codeRows.map((row) => validTest('encryptedBindingCode', row)),
  // 5213 is a reading: the page has no code for a ciphertext that cannot be read.
  ...codeMistakes.map((row) => invalidTest('encryptedBindingCode', row, code, [5213])),
];

/** The tests of both encrypted bindingSecrets. Source: the document's rows of these fields, "includes English comma". */
export const secretTests: readonly CipherTest[] = [
  ...secretRows.map((row) => validTest('bindingSecret', row)),
  ...secretMistakes.map((row) => invalidTest('bindingSecret', row, secret, [])),
];

function validTest(group: string, [name, comment, input, ...flags]: ValidRow<Input>): CipherTest {
  const { result, ...steps } = encrypt(input);
  return { id: `${group}/${name}`, comment, valid: true, flags, input, ...steps, result, received: result };
}

function invalidTest(
  group: string,
  [reason, comment, flag, make]: CipherMistake,
  input: Input,
  codes: readonly number[],
): CipherTest {
  const made = encrypt(input);
  const about = { id: `${group}/${reason}`, comment, valid: false, flags: [flag], input };
  return { ...about, ...made, received: make(made.plaintext), reason, codes };
}

function encrypt(
  input: Input,
): Pick<CipherTest, 'keyHex' | 'ivHex' | 'plaintext' | 'plaintextHex' | 'paddedHex' | 'result'> {
  const { bindingCode: code = '', pk = '', dk = '', bindingSecret: secret, ps, random } = input;
  const plaintext = secret === undefined ? code : secretPlaintext(pk, dk, secret);
  const bytes = utf8ToBytes(plaintext);
  const padding = blockBytes - (bytes.length % blockBytes);
  return {
    keyHex: bytesToHex(utf8ToBytes(ps)),
    ivHex: bytesToHex(utf8ToBytes(random)),
    plaintext,
    plaintextHex: bytesToHex(bytes),
    paddedHex: bytesToHex(bytes) + bytesToHex(new Uint8Array(padding).fill(padding)),
    result: encryptToBase64(plaintext, ps, random),
  };
}
