import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../../crypto.ts';
import { replaceMiddle } from '../../family/tamper.ts';
import type { Flag } from './device.ts';
import { device } from './device.ts';
import type { SignatureInput } from './signature-input.ts';
import { accented, encrypted, plain, signedText, withPwd } from './signature-input.ts';

const { pk, dk, bindingCode, userDomainSecret, ps, random, pwd } = device;

/** What a mistake makes: a text that is hashed, or a value that is received. */
type Made = { readonly text: string } | { readonly received: string };
/** A mistake: its name, what it is, its flag, the input, and how the value that is received is made from the right one. */
export type SignatureMistake = readonly [
  name: string,
  comment: string,
  flag: Flag,
  input: SignatureInput,
  make: (right: string) => Made,
];

const hashOf = (signed: string) => (): Made => ({ text: signed });
const received = (value: string) => (): Made => ({ received: value });
const signedPwd = signedText(withPwd);

/** The mistakes of a signature, each with the input for which it is received. */
export const signatureMistakes: readonly SignatureMistake[] = [
  ['other-order', 'dk before pk', 'Text', withPwd, hashOf(`${dk}${pk}${bindingCode}${pwd}${userDomainSecret}`)],
  [
    'alphabetical',
    'the fields in alphabetical order',
    'Text',
    withPwd,
    hashOf(`${bindingCode}${dk}${pk}${pwd}${userDomainSecret}`),
  ],
  ['secret-first', 'the secret first', 'Text', withPwd, hashOf(`${userDomainSecret}${pk}${dk}${bindingCode}${pwd}`)],
  [
    'commas',
    'commas between the values',
    'Text',
    withPwd,
    hashOf([pk, dk, bindingCode, pwd, userDomainSecret].join(',')),
  ],
  [
    'form',
    'names and values, as in a form',
    'Text',
    withPwd,
    hashOf(`pk=${pk}&dk=${dk}&bindingCode=${bindingCode}&pwd=${pwd}${userDomainSecret}`),
  ],
  ['newline', 'a line break at the end of the text', 'Text', plain, hashOf(`${signedText(plain)}\n`)],
  [
    'null-text',
    'an absent pwd signed as the word null',
    'Text',
    plain,
    hashOf(`${pk}${dk}${bindingCode}null${userDomainSecret}`),
  ],
  ['without-pwd', 'pwd is sent and not signed', 'Text', withPwd, hashOf(signedText(plain))],
  [
    'with-random',
    'random is signed too',
    'Text',
    plain,
    hashOf(`${pk}${dk}${bindingCode}${random}${userDomainSecret}`),
  ],
  ['lower-case-dk', 'dk signed in lower case', 'Text', plain, hashOf(signedText({ ...plain, dk: dk.toLowerCase() }))],
  [
    'decrypted',
    'encryptedBindingCode is sent, and the plain code is signed',
    'Text',
    encrypted,
    hashOf(signedText(plain)),
  ],
  [
    'url-encoded',
    'encryptedBindingCode signed in URL encoding',
    'Text',
    encrypted,
    hashOf(signedText({ ...plain, bindingCode: encodeURIComponent(encrypted.bindingCode) })),
  ],
  [
    'latin-1',
    'the text hashed in ISO 8859-1',
    'Text',
    accented,
    () => ({ received: bytesToHex(sha256(Buffer.from(signedText(accented), 'latin1'))) }),
  ],
  [
    'utf-16',
    'the text hashed in UTF-16',
    'Text',
    accented,
    () => ({ received: bytesToHex(sha256(Buffer.from(signedText(accented), 'utf16le'))) }),
  ],
  [
    'normalised',
    'the text normalised (NFD) before it is hashed',
    'Text',
    accented,
    hashOf(signedText(accented).normalize('NFD')),
  ],
  ['without-secret', 'no userDomainSecret', 'Secret', withPwd, hashOf(signedText(withPwd, ''))],
  ['product-secret', 'ps in place of userDomainSecret', 'Secret', withPwd, hashOf(signedText(withPwd, ps))],
  [
    'hmac',
    'HMAC keyed with userDomainSecret',
    'Algorithm',
    withPwd,
    () => ({ received: bytesToHex(hmac(sha256, utf8ToBytes(userDomainSecret), utf8ToBytes(signedText(withPwd, '')))) }),
  ],
  ['md5', 'MD5', 'Algorithm', withPwd, received(bytesToHex(md5(utf8ToBytes(signedPwd))))],
  ['sha1', 'SHA-1', 'Algorithm', withPwd, received(bytesToHex(sha1(utf8ToBytes(signedPwd))))],
  ['sha512', 'SHA-512', 'Algorithm', withPwd, received(bytesToHex(sha512(utf8ToBytes(signedPwd))))],
  ['hashed-twice', 'SHA-256 of the hex digits of the SHA-256', 'Algorithm', withPwd, (right) => ({ text: right })],
  ['of-nothing', 'SHA-256 of the empty text', 'Algorithm', withPwd, hashOf('')],
  ['upper-case', 'upper-case hex', 'Encoding', withPwd, (right) => ({ received: right.toUpperCase() })],
  [
    'base64',
    'Base64 in place of hex',
    'Encoding',
    withPwd,
    (right) => ({ received: toBase64(Buffer.from(right, 'hex')) }),
  ],
  ['middle-digit', 'one digit changed', 'Changed', withPwd, (right) => ({ received: replaceMiddle(right) })],
  ['truncated', 'the last digit lost', 'Changed', withPwd, (right) => ({ received: right.slice(0, -1) })],
  ['changed-dk', 'dk changed after signing', 'Changed', { ...withPwd, dk: 'A4C138F20B7F' }, hashOf(signedPwd)],
];
