import { mistake, type Remark } from './explanation.ts';

/** A mistake that can be repaired: `repair` returns the same text if the text does not have the mistake. */
export type Repair = readonly [id: string, says: string, repair: (text: string) => string, fix?: string];

/** Characters that may have been added to a text, and how to remove them; `*` is the text's name. */
const wrappings: readonly Repair[] = [
  [
    'file-name',
    'the name of a file or - is written after *, as sha256sum does',
    (text) => text.replace(/^\\?([0-9a-f]{32,128}) [ *].+$/is, '$1'),
  ],
  ['line-breaks', 'there are line breaks in * or after it', (text) => text.replace(/[\r\n]/g, '')],
  [
    'space-for-plus',
    '* has spaces instead of +: it was decoded like an HTML form',
    (text) => text.replaceAll(' ', '+'),
  ],
  ['whitespace', 'there are spaces in * or around it', (text) => text.replace(/\s/g, '')],
  ['url-encoded', '* is URL-encoded', urlDecoded],
  ['escaped', 'there are backslashes in *: it was escaped for JSON twice', unescaped],
  ['quoted', 'there are quotes around *', unquoted],
  ['hex-prefix', '* starts with 0x', withoutPrefix],
  [
    'named',
    'the name of the algorithm is written before *',
    (text) => text.replace(/^(?:(?:hmac-?)?sha2?-?256(?:\([^()]*\))?|\([^()]*\))\s*[:=\s]\s*/i, ''),
  ],
  ['separated', 'the digits of * have separators between them', joinedDigits],
  ['invisible', 'there are invisible characters in *', (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, '')],
];

/** A text with each kind of added characters removed in turn; only the results that differ from the text. */
export function unwrapped(
  text: string,
  name: string,
): readonly { readonly id: string; readonly says: string; readonly inner: string }[] {
  return wrappings
    .map(([id, phrase, unwrap]) => ({ id, says: phrase.replace('*', name), inner: unwrap(text) }))
    .filter(({ inner }) => inner !== text);
}

/** Repairs a text row by row; each row that changes it gives a remark. */
export function repairText(
  text: string,
  rows: readonly Repair[],
  usualFix: string,
): { readonly text: string; readonly remarks: readonly Remark[] } {
  let rest = text;
  const remarks: Remark[] = [];
  for (const [id, says, repair, fix = usualFix] of rows) {
    const repaired = repair(rest);
    if (repaired !== rest) remarks.push(mistake(id, says, fix));
    rest = repaired;
  }
  return { text: rest, remarks };
}

/** Extra characters that any text can have. */
export const aroundRows: readonly Repair[] = [
  [
    'byte-order-mark',
    'it contains a byte order mark or another invisible character',
    (text) => text.replace(/[\ufeff\u200b]/g, ''),
    'encode in UTF-8 without a byte order mark',
  ],
  [
    'trailing-newline',
    'there is a line break at its end, as echo and println write it',
    (text) => text.replace(/[\r\n]+$/, ''),
    'encrypt the text without a line break',
  ],
  [
    'surrounding-space',
    'there are spaces around it',
    (text) => text.trim(),
    'encrypt the text without spaces around it',
  ],
  [
    'quoted',
    'there are quotes around it',
    unquoted,
    'encrypt the text without quotes; a JSON library adds quotes to a string',
  ],
];

function unquoted(text: string): string {
  return text.replace(/^(["'])([^"']*)\1$/s, '$2');
}

/** Hex digits without 0x before them. */
export function withoutPrefix(text: string): string {
  return text.replace(/^0x/i, '');
}

/** Hex digits without the colons, hyphens or spaces between them. */
export function joinedDigits(text: string): string {
  return /^[0-9a-f]+(?:[:\s-][0-9a-f]+)+$/i.test(text) ? text.replace(/[:\s-]/g, '') : text;
}

/** Decodes a URL-encoded text; returns the text itself if it is not URL-encoded. */
export function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\[nr]/g, '')
    .replaceAll('\\', '');
}

/** Letters and digits: what a value of the right kind has. */
export const alphanumeric: RegExp = /^[0-9A-Za-z]+$/;

/** Escapes a text for a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
