import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../../../../generators/crypto.ts';
import { joined, open } from '../piece.ts';
import type { SignatureRow } from './recipe.ts';
import { row } from './recipe.ts';

/** Rows about the whole text: what stands at its ends, how it was changed, and its charset. */

const endsFix = 'sign the joined values and nothing else';
const utf8Fix = 'take the bytes of the text in UTF-8';

/** Something at the ends of the text, or the whole text changed. */
export const finishRows: readonly SignatureRow[] = [
  ...(
    [
      [
        'trailing-newline',
        'a line break stands at the end of the text, as echo writes it or as a secret read from a file has it',
        '\n',
      ],
      ['trailing-newline', 'a line break (CR LF) stands at the end of the text', '\r\n'],
      ['trailing-space', 'a space stands at the end of the text', ' '],
      ['trailing-nul', 'a NUL character stands at the end of the text', '\0'],
      ['trailing-separator', 'a comma stands at the end of the text', ','],
      ['trailing-separator', 'an ampersand stands at the end of the text', '&'],
      ['trailing-separator', 'a bar (|) stands at the end of the text', '|'],
    ] as const
  ).map(([id, says, end]) => row(id, says, endsFix, { finish: (text) => joined([text, open(end)]) })),
  ...(
    [
      ['leading-space', 'a space stands before the text', ' '],
      ['leading-newline', 'a line break stands before the text', '\n'],
      ['byte-order-mark', 'a byte order mark (U+FEFF) stands before the text', '\ufeff'],
    ] as const
  ).map(([id, says, start]) => row(id, says, endsFix, { finish: (text) => joined([open(start), text]) })),
  ...["'", '"'].map((quote) =>
    row('quoted-text', `the text stands in quotes (${quote})`, endsFix, {
      finish: (text) => joined([open(quote), text, open(quote)]),
    }),
  ),
  whole('text-lower-case', 'the whole text was put in lower case', (text) => text.toLowerCase()),
  whole('text-upper-case', 'the whole text was put in upper case', (text) => text.toUpperCase()),
  whole('text-url-encoded', 'the whole text was URL-encoded', encodeURIComponent),
  whole('text-base64', 'the whole text was put in Base64', (text) => toBase64(utf8ToBytes(text))),
];

/** The bytes of the text in another charset than UTF-8. */
export const charsetRows: readonly SignatureRow[] = [
  row('utf-16', 'the text was hashed in UTF-16 (little-endian)', utf8Fix, { charset: utf16le }),
  row('utf-16', 'the text was hashed in UTF-16 (big-endian)', utf8Fix, { charset: utf16be }),
  row('utf-16', 'the text was hashed in UTF-16 with a byte order mark (big-endian)', utf8Fix, {
    charset: (text) => utf16be(`\ufeff${text}`),
  }),
  row('utf-16', 'the text was hashed in UTF-16 with a byte order mark (little-endian)', utf8Fix, {
    charset: (text) => utf16le(`\ufeff${text}`),
  }),
  row('latin-1', 'the text was hashed in ISO 8859-1', utf8Fix, { charset: (text) => Buffer.from(text, 'latin1') }),
];

function whole(id: string, says: string, change: (text: string) => string): SignatureRow {
  return row(id, says, 'sign the values as they are sent', {
    // Shown as it was before, or a secret changed with the text would be shown.
    finish: (text) => ({ value: change(text.value), shown: text.shown }),
  });
}

function utf16le(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le');
}

function utf16be(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}
