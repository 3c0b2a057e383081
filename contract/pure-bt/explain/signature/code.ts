import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { nothing, open, turned } from '../piece.ts';
import type { SignatureRow } from './recipe.ts';
import { row } from './recipe.ts';

/** What may stand for the bindingCode, beside the two readings of the dialect. */
export function codeRows(known: Known, code: Piece, decrypted: string | undefined): readonly SignatureRow[] {
  const ciphertext = fieldText(known, 'encryptedBindingCode');
  const plain = [fieldText(known, 'bindingCode'), known.secrets.bindingCode, decrypted].find(Boolean) ?? '';
  const whole = 'sign the value as it is sent: encryptedBindingCode where it is given, otherwise bindingCode';
  const of = (id: string, says: string, bindingCode: Piece): SignatureRow => row(id, says, whole, { bindingCode });
  return [
    of(
      'code-lower-case',
      'bindingCode was signed in lower case',
      turned(code, 'lower case', (text) => text.toLowerCase()),
    ),
    of(
      'code-trimmed',
      'spaces or line breaks of the code were sent and not signed',
      turned(code, 'trimmed', (text) => text.replace(/\s+/g, '')),
    ),
    of(
      'code-newline',
      "a line break after the code was signed and not sent, as Android's Base64.DEFAULT adds it",
      turned(code, 'line break', (text) => `${text}\n`),
    ),
    of('code-left-out', 'bindingCode was left out', nothing),
    of('code-null', 'the word "null" was signed as bindingCode', open('null')),
    of('code-undefined', 'the word "undefined" was signed as bindingCode', open('undefined')),
    ...(ciphertext === '' ? sentInClear(known, plain, of) : sentEncrypted(known, ciphertext, plain, of)),
  ];
}

type RowOf = (id: string, says: string, bindingCode: Piece) => SignatureRow;

function sentEncrypted(known: Known, ciphertext: string, plain: string, of: RowOf): readonly SignatureRow[] {
  const bytes = Buffer.from(ciphertext, 'base64');
  return [
    ...(plain === ''
      ? []
      : [
          of(
            'code-plain',
            'the plain bindingCode was signed and the encrypted one sent',
            secretPiece(known, 'bindingCode', plain),
          ),
        ]),
    of('code-url-encoded', 'encryptedBindingCode was signed URL-encoded', open(encodeURIComponent(ciphertext))),
    of(
      'code-space-for-plus',
      'encryptedBindingCode was signed with spaces in place of its plus signs',
      open(ciphertext.replaceAll('+', ' ')),
    ),
    of(
      'code-plus',
      'encryptedBindingCode was signed with plus signs and sent with spaces',
      open(ciphertext.replaceAll(' ', '+')),
    ),
    of('code-unpadded', 'encryptedBindingCode was signed without its padding (=)', open(ciphertext.replace(/=+$/, ''))),
    of('code-url-safe', 'encryptedBindingCode was signed in Base64url', open(bytes.toString('base64url'))),
    of(
      'code-url-safe',
      'encryptedBindingCode was signed with - and _ in place of + and /',
      open(ciphertext.replaceAll('+', '-').replaceAll('/', '_')),
    ),
    of('code-hex', 'encryptedBindingCode was signed in hex', open(bytes.toString('hex'))),
    of('code-hex', 'encryptedBindingCode was signed in upper-case hex', open(bytes.toString('hex').toUpperCase())),
    of(
      'code-base64',
      'encryptedBindingCode was signed in standard Base64 and sent in another form',
      open(bytes.toString('base64')),
    ),
    of(
      'code-base64-twice',
      'encryptedBindingCode was put in Base64 once more before it was signed',
      open(Buffer.from(ciphertext).toString('base64')),
    ),
  ];
}

function sentInClear(known: Known, plain: string, of: RowOf): readonly SignatureRow[] {
  const { ps } = known.secrets;
  const random = fieldText(known, 'random');
  if (ps === undefined || Buffer.byteLength(random) !== 16) return [];
  return [
    of(
      'code-encrypted',
      'the encrypted bindingCode was signed and the plain one sent',
      open(encryptToBase64(plain, ps, random)),
    ),
  ];
}
