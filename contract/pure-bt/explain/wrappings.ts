/** What may stand around or in a text that was sent, and how to take it away; `*` is what the text is called. */
const wrappings: readonly (readonly [id: string, phrase: string, unwrap: (text: string) => string])[] = [
  ['line-breaks', 'there are line breaks in * or after it', (text) => text.replace(/[\r\n]/g, '')],
  ['space-for-plus', 'spaces stand where + was: * went through form decoding', (text) => text.replaceAll(' ', '+')],
  ['whitespace', 'there are spaces in * or around it', (text) => text.replace(/\s/g, '')],
  ['url-encoded', '* is URL-encoded', urlDecoded],
  ['escaped', 'backslashes stand in *: it was escaped for JSON once too often', unescaped],
  ['quoted', 'there are quotes around *', unquoted],
  ['hex-prefix', '* starts with 0x', withoutPrefix],
  [
    'named',
    'the name of the algorithm stands before *',
    (text) => text.replace(/^(?:hmac-?)?sha-?256\s*[:=\s]\s*/i, ''),
  ],
  ['separated', 'the digits of * are separated', joinedDigits],
  ['invisible', 'there are invisible characters in *', (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, '')],
];

/** A sent text without each thing that stands around or in it. */
export function unwrapped(
  text: string,
  name: string,
): readonly { readonly id: string; readonly says: string; readonly inner: string }[] {
  return wrappings
    .map(([id, phrase, unwrap]) => ({ id, says: phrase.replace('*', name), inner: unwrap(text) }))
    .filter(({ inner }) => inner !== text);
}

/** A text without the quotes around it. */
export function unquoted(text: string): string {
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

/** A URL-encoded text decoded; the text itself where it is none. */
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
