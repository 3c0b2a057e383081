import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../../../../generators/crypto.ts';
import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { nothing, open, turned } from '../piece.ts';
import type { SignatureRow } from './recipe.ts';
import { row } from './recipe.ts';

/** Rows about one value: what stood in its place in the signed text. */

const asSent = 'sign every value exactly as it is sent';

/** What may stand for pk and dk. */
export function deviceRows(known: Known): readonly SignatureRow[] {
  const { secrets } = known;
  const [pk, dk] = [fieldText(known, 'pk'), fieldText(known, 'dk')];
  const upper = (dk.match(/../g) ?? []).join(':').toUpperCase();
  return [
    row('dk-lower-case', 'dk was signed in lower case and sent otherwise', asSent, { dk: open(dk.toLowerCase()) }),
    row('dk-upper-case', 'dk was signed in upper case and sent otherwise', asSent, { dk: open(dk.toUpperCase()) }),
    row('dk-colons', 'dk was signed with colons and sent without', asSent, { dk: open(upper) }),
    row('dk-colons', 'dk was signed with colons in lower case, and sent without', asSent, {
      dk: open(upper.toLowerCase()),
    }),
    row('dk-hyphens', 'dk was signed with hyphens and sent without', asSent, { dk: open(upper.replaceAll(':', '-')) }),
    row('dk-plain', 'dk was signed without its colons or hyphens, and sent with them', asSent, {
      dk: open(dk.replace(/[:-]/g, '')),
    }),
    ...(secrets.dk === undefined
      ? []
      : [row('dk-other', 'the dk of the fixture was signed and another one sent', asSent, { dk: open(secrets.dk) })]),
    row('dk-left-out', 'dk was left out', 'sign dk as well', { dk: nothing }),
    row('pk-lower-case', 'pk was signed in lower case and sent otherwise', asSent, { pk: open(pk.toLowerCase()) }),
    row('pk-upper-case', 'pk was signed in upper case and sent otherwise', asSent, { pk: open(pk.toUpperCase()) }),
    ...(secrets.pk === undefined
      ? []
      : [row('pk-other', 'the pk of the fixture was signed and another one sent', asSent, { pk: open(secrets.pk) })]),
    row('pk-left-out', 'pk was left out', 'sign pk as well', { pk: nothing }),
  ];
}

/** What may stand for pwd. */
export function pwdRows(known: Known): readonly SignatureRow[] {
  const pwd = secretPiece(known, 'pwd', fieldText(known, 'pwd'));
  const other = known.secrets.pwd;
  const fromFixture =
    other === undefined || other === pwd.value
      ? []
      : [
          row('pwd-other', 'the pwd of the fixture was signed and another one, or none, sent', asSent, {
            pwd: secretPiece(known, 'pwd of the fixture', other),
          }),
        ];
  if (pwd.value === '') {
    const leave = 'a pwd that is not sent adds nothing to the text: put an empty string in its place';
    const words = ['null', 'undefined', 'None', 'nil'];
    return [
      ...words.map((word) =>
        row(`pwd-${word.toLowerCase()}`, `the word "${word}" was signed as pwd`, leave, { pwd: open(word) }),
      ),
      ...fromFixture,
    ];
  }
  return [
    row('pwd-left-out', 'pwd was sent and not signed', 'sign pwd as well, after bindingCode', { pwd: nothing }),
    ...valueForms('pwd', pwd).map(([id, says, piece]) => row(id, says, asSent, { pwd: piece })),
    ...fromFixture,
    row('pwd-null', 'the word "null" was signed as pwd', asSent, { pwd: open('null') }),
    row('pwd-undefined', 'the word "undefined" was signed as pwd', asSent, { pwd: open('undefined') }),
  ];
}

/** What may stand for userDomainSecret. */
export function secretRows(known: Known): readonly SignatureRow[] {
  const { secrets } = known;
  const secret = secretPiece(known, 'userDomainSecret', secrets.userDomainSecret);
  const others = [
    ['ps', 'PS (the product secret)', secrets.ps],
    ['binding-secret', 'bindingSecret', secrets.bindingSecret],
    ['old-binding-secret', 'the old bindingSecret', secrets.oldBindingSecret],
    ['binding-code', 'bindingCode', secrets.bindingCode ?? fieldText(known, 'bindingCode')],
    ['random', 'random', fieldText(known, 'random')],
    ['token', 'the token', secrets.token],
  ] as const;
  const right = 'end the text with userDomainSecret, exactly as the platform shows it';
  return [
    ...others.flatMap(([id, name, value]) =>
      value === undefined || value === ''
        ? []
        : [
            row(`secret-is-${id}`, `${name} was signed in place of userDomainSecret`, right, {
              secret: secretPiece(known, name, value),
            }),
          ],
    ),
    row('secret-is-name', 'the word "userDomainSecret" was signed, not its value', right, {
      secret: open('userDomainSecret'),
    }),
    row('secret-null', 'the word "null" was signed in place of userDomainSecret', right, { secret: open('null') }),
    row('secret-undefined', 'the word "undefined" was signed in place of userDomainSecret', right, {
      secret: open('undefined'),
    }),
    ...valueForms('secret', secret).map(([id, says, piece]) => row(id, says, right, { secret: piece })),
  ];
}

/** A value changed on its way into the text. */
function valueForms(id: string, piece: Piece): readonly (readonly [id: string, says: string, piece: Piece])[] {
  const name = id === 'secret' ? 'userDomainSecret' : id;
  const forms: readonly (readonly [id: string, how: string, change: (text: string) => string])[] = [
    ['trimmed', 'without the spaces around it', (text) => text.trim()],
    ['quoted', 'in quotes', (text) => `"${text}"`],
    ['lower-case', 'in lower case', (text) => text.toLowerCase()],
    ['upper-case', 'in upper case', (text) => text.toUpperCase()],
    ['md5', 'as its MD5', (text) => bytesToHex(md5(utf8ToBytes(text)))],
    ['md5', 'as its MD5 in upper case', (text) => bytesToHex(md5(utf8ToBytes(text))).toUpperCase()],
    ['sha256', 'as its SHA-256', (text) => bytesToHex(sha256(utf8ToBytes(text)))],
    ['base64', 'in Base64', (text) => toBase64(utf8ToBytes(text))],
    ['base64-decoded', 'Base64-decoded', (text) => Buffer.from(text, 'base64').toString('utf8')],
    ['url-encoded', 'URL-encoded', encodeURIComponent],
  ];
  return forms
    .map(([form, how, change]) => [`${id}-${form}`, `${name} was signed ${how}`, turned(piece, how, change)] as const)
    .filter(([, , { value }]) => value !== piece.value);
}
