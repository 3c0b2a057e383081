import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { signatureVectors } from '../../../spec/pure-bt/vectors.ts';
import { sha256Hex, toBase64 } from '../../crypto.ts';
import { replaceMiddle } from '../../family/tamper.ts';
import {
  accented,
  device,
  encrypted,
  type Flag,
  plain,
  type SignatureInput,
  signedText,
  type ValidRow,
  withPwd,
} from './device.ts';
import type { SignatureTest } from './vectors.generated.ts';

const { pk, dk, bindingCode, userDomainSecret, ps, random, pwd } = device;

const validRows: readonly ValidRow<SignatureInput>[] = [
  ...signatureVectors.map(({ parts }, at): ValidRow<SignatureInput> => {
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
    (length): ValidRow<SignatureInput> => [
      `bytes-${length}`,
      `a text to sign of ${length} bytes`,
      { ...plain, userDomainSecret: userDomainSecret.repeat(3).slice(0, length - 34) },
      'EdgeLength',
    ],
  ),
];

const [signed, signedAccent] = [signedText(withPwd), signedText(accented)];
const bytes = utf8ToBytes(signed);
const right = sha256Hex(signed);
const hmacOfFields = hmac(sha256, utf8ToBytes(userDomainSecret), utf8ToBytes(signedText(withPwd, '')));

/** The mistakes of a signature: the input for which each is received, and the text that is hashed or the value itself. */
const mistakes: readonly (readonly [
  name: string,
  comment: string,
  flag: Flag,
  input: SignatureInput,
  made: string | { readonly received: string },
])[] = [
  ['other-order', 'dk before pk', 'Text', withPwd, `${dk}${pk}${bindingCode}${pwd}${userDomainSecret}`],
  [
    'alphabetical',
    'the fields in alphabetical order',
    'Text',
    withPwd,
    `${bindingCode}${dk}${pk}${pwd}${userDomainSecret}`,
  ],
  ['secret-first', 'the secret first', 'Text', withPwd, `${userDomainSecret}${pk}${dk}${bindingCode}${pwd}`],
  ['commas', 'commas between the values', 'Text', withPwd, [pk, dk, bindingCode, pwd, userDomainSecret].join(',')],
  [
    'form',
    'names and values, as in a form',
    'Text',
    withPwd,
    `pk=${pk}&dk=${dk}&bindingCode=${bindingCode}&pwd=${pwd}${userDomainSecret}`,
  ],
  ['newline', 'a line break at the end of the text', 'Text', plain, `${signedText(plain)}\n`],
  ['null-text', 'an absent pwd signed as the word null', 'Text', plain, signedText({ ...plain, pwd: 'null' })],
  ['without-pwd', 'pwd is sent and not signed', 'Text', withPwd, signedText(plain)],
  ['with-random', 'random is signed too', 'Text', plain, signedText({ ...plain, pwd: random })],
  ['lower-case-dk', 'dk signed in lower case', 'Text', plain, signedText({ ...plain, dk: dk.toLowerCase() })],
  ['decrypted', 'encryptedBindingCode is sent, and the plain code is signed', 'Text', encrypted, signedText(plain)],
  [
    'url-encoded',
    'encryptedBindingCode signed in URL encoding',
    'Text',
    encrypted,
    signedText({ ...plain, bindingCode: encodeURIComponent(encrypted.bindingCode) }),
  ],
  ['latin-1', 'the text hashed in ISO 8859-1', 'Text', accented, hashedAs('latin1')],
  ['utf-16', 'the text hashed in UTF-16', 'Text', accented, hashedAs('utf16le')],
  ['normalised', 'the text normalised (NFD) before it is hashed', 'Text', accented, signedAccent.normalize('NFD')],
  ['without-secret', 'no userDomainSecret', 'Secret', withPwd, signedText(withPwd, '')],
  ['product-secret', 'ps in place of userDomainSecret', 'Secret', withPwd, signedText(withPwd, ps)],
  ['hmac', 'HMAC keyed with userDomainSecret', 'Algorithm', withPwd, { received: bytesToHex(hmacOfFields) }],
  ['md5', 'MD5', 'Algorithm', withPwd, { received: bytesToHex(md5(bytes)) }],
  ['sha1', 'SHA-1', 'Algorithm', withPwd, { received: bytesToHex(sha1(bytes)) }],
  ['sha512', 'SHA-512', 'Algorithm', withPwd, { received: bytesToHex(sha512(bytes)) }],
  ['hashed-twice', 'SHA-256 of the hex digits of the SHA-256', 'Algorithm', withPwd, right],
  ['of-nothing', 'SHA-256 of the empty text', 'Algorithm', withPwd, ''],
  ['upper-case', 'upper-case hex', 'Encoding', withPwd, { received: right.toUpperCase() }],
  ['base64', 'Base64 in place of hex', 'Encoding', withPwd, { received: toBase64(Buffer.from(right, 'hex')) }],
  ['middle-digit', 'one digit changed', 'Changed', withPwd, { received: replaceMiddle(right) }],
  ['truncated', 'the last digit lost', 'Changed', withPwd, { received: right.slice(0, -1) }],
  ['changed-dk', 'dk changed after signing', 'Changed', { ...withPwd, dk: 'A4C138F20B7F' }, signed],
];

/** The tests of the signature. Source: the document's row `signature`. */
export const signatureTests: readonly SignatureTest[] = [
  ...validRows.map(([name, comment, input, ...flags]): SignatureTest => {
    const { result, ...steps } = sign(input);
    return { id: `signature/${name}`, comment, valid: true, flags, input, ...steps, result, received: result };
  }),
  ...mistakes.map(([name, comment, flag, input, made]): SignatureTest => {
    const shown = typeof made === 'string' ? { received: sha256Hex(made), signedText: made } : made;
    // Upper case is right under another reading of the document.
    const flags: Flag[] = name === 'upper-case' || name === 'decrypted' ? [flag, 'Reading'] : [flag];
    const about = { id: `signature/${name}`, comment, valid: false, flags, input };
    return { ...about, ...sign(input), ...shown, reason: name, codes: [] };
  }),
];

function sign(input: SignatureInput): Pick<SignatureTest, 'textToSign' | 'textToSignHex' | 'result'> {
  const signed = signedText(input);
  return { textToSign: signed, textToSignHex: bytesToHex(utf8ToBytes(signed)), result: sha256Hex(signed) };
}

function hashedAs(encoding: 'latin1' | 'utf16le'): { readonly received: string } {
  return { received: bytesToHex(sha256(Buffer.from(signedAccent, encoding))) };
}
