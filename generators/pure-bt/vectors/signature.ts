import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { signatureVectors } from '../../../spec/pure-bt/vectors.ts';
import { sha256Hex } from '../../crypto.ts';
import type { Flag } from './device.ts';
import { device } from './device.ts';
import type { SignatureInput } from './signature-input.ts';
import { accented, encrypted, plain, signedText, withPwd } from './signature-input.ts';
import { signatureMistakes } from './signature-mistakes.ts';
import type { SignatureTest } from './vectors.generated.ts';

const { userDomainSecret, pwd } = device;

type ValidRow = readonly [name: string, comment: string, input: SignatureInput, ...flags: Flag[]];

const validRows: readonly ValidRow[] = [
  ...signatureVectors.map(({ parts }, at): ValidRow => {
    const [first = '', second = '', third = '', fourth = '', secret = ''] = parts;
    return [
      `published-${at + 1}`,
      "a sibling operation's example; its values are in the places of pk, dk, bindingCode and pwd",
      { pk: first, dk: second, bindingCode: third, pwd: fourth, userDomainSecret: secret },
      'Published',
    ];
  }),
  ['plain', 'a plain bindingCode and no pwd', plain],
  ['pwd', 'a plain bindingCode and a pwd', withPwd],
  ['pwd-null', 'a null pwd is signed like an absent one', { ...plain, pwd: null }, 'Reading'],
  ['pwd-empty', 'an empty pwd is signed like an absent one', { ...plain, pwd: '' }],
  ['pwd-text-null', 'a pwd that is the word null is signed as it is', { ...plain, pwd: 'null' }],
  ['encrypted', 'encryptedBindingCode: its Base64 text is signed as it is sent', encrypted, 'Reading'],
  ['encrypted-pwd', 'encryptedBindingCode and a pwd', { ...encrypted, pwd }, 'Reading'],
  ['dk-4', 'the shortest dk', { ...plain, dk: 'A4C1' }, 'EdgeLength', 'Reading'],
  ['dk-32', 'the longest dk', { ...plain, dk: '0123456789ABCDEFGHIJKLMNOPQRSTUV' }, 'EdgeLength', 'Reading'],
  ['dk-lower-case', 'a dk is signed in the letter case in which it is sent', { ...plain, dk: 'a4c138f20b7e' }],
  ['pwd-1', 'a pwd of one character', { ...plain, pwd: '0' }, 'EdgeLength'],
  ['pwd-64', 'a pwd of 64 characters', { ...plain, pwd: 'Aa0-'.repeat(16) }, 'EdgeLength', 'Reading'],
  ['pwd-spaces', 'spaces around a pwd are signed', { ...plain, pwd: ' k3 ttle ' }],
  ['pwd-symbols', 'a pwd is signed without JSON escapes and without URL encoding', { ...plain, pwd: '"\\/%41+&=<>\'' }],
  ['utf8-accent', 'a letter of two bytes', accented, 'Utf8', 'Reading'],
  [
    'utf8-combining',
    'the same word with a combining accent: other bytes',
    { ...plain, pwd: 'caffe\u0300' },
    'Utf8',
    'Reading',
  ],
  ['utf8-chinese', 'characters of three bytes', { ...plain, pwd: '密码水壶' }, 'Utf8', 'Reading'],
  ['utf8-emoji', 'a character of four bytes, outside the basic plane', { ...plain, pwd: 'key 🔑' }, 'Utf8', 'Reading'],
  ['utf8-secret', 'a userDomainSecret outside ASCII', { ...plain, userDomainSecret: 'geheim-ß-秘密-🔐' }, 'Utf8'],
  [
    'secret-hex',
    'a userDomainSecret that looks like hex is not decoded',
    { ...plain, userDomainSecret: '00ff'.repeat(8) },
  ],
  [
    'secret-base64',
    'a userDomainSecret that looks like Base64 is not decoded',
    { ...plain, userDomainSecret: 'c2VjcmV0LzEyMw==' },
  ],
  // 55 and 64 bytes are where SHA-256 begins another block: the length no longer fits, or the block is full.
  ...[55, 56, 63, 64, 65, 119, 120, 128].map(
    (length): ValidRow => [
      `bytes-${length}`,
      `a text to sign of ${length} bytes`,
      { ...plain, userDomainSecret: userDomainSecret.repeat(3).slice(0, length - 34) },
      'EdgeLength',
    ],
  ),
];

/** The tests of the signature. Source: the document's row `signature`. */
export const signatureTests: readonly SignatureTest[] = [
  ...validRows.map(([name, comment, input, ...flags]): SignatureTest => {
    const { id, ...rest } = describe(name, input);
    return { id, comment, valid: true, flags, ...rest, received: rest.result };
  }),
  ...signatureMistakes.map(([name, comment, flag, input, make]): SignatureTest => {
    const { id, ...rest } = describe(name, input);
    const made = make(rest.result);
    const shown = 'text' in made ? { received: sha256Hex(made.text), signedText: made.text } : made;
    // Upper case is right under another reading of the document.
    const flags: Flag[] = name === 'upper-case' || name === 'decrypted' ? [flag, 'Reading'] : [flag];
    return { id, comment, valid: false, flags, ...rest, ...shown, reason: name, codes: [] };
  }),
];

function describe(
  name: string,
  input: SignatureInput,
): Pick<SignatureTest, 'id' | 'input' | 'textToSign' | 'textToSignHex' | 'result'> {
  const signed = signedText(input);
  return {
    id: `signature/${name}`,
    input,
    textToSign: signed,
    textToSignHex: bytesToHex(utf8ToBytes(signed)),
    result: sha256Hex(signed),
  };
}
