import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

/** Bytes of canonical Base64 (RFC 4648 section 4: standard alphabet, padded, one line, no stray bits), or undefined. */
export function base64Strict(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

type Encoding = readonly [id: string, says: string, decode: (text: string) => Uint8Array | undefined];

const encodings: readonly Encoding[] = [
  ['line-breaks', 'there are line breaks in the Base64 text or after it', (text) => cleaned(text, /[\r\n]/g, '')],
  [
    'space-for-plus',
    'spaces stand where + was: the text went through form decoding',
    (text) => cleaned(text, / /g, '+'),
  ],
  ['whitespace', 'there are spaces in the Base64 text or around it', (text) => cleaned(text, /\s/g, '')],
  [
    'url-encoded',
    'the Base64 text is URL-encoded',
    (text) => (text.includes('%') ? base64Strict(percentDecoded(text)) : undefined),
  ],
  [
    'escaped',
    'backslashes stand in the Base64 text: it was escaped for JSON once too often',
    (text) => (text.includes('\\') ? base64Strict(unescaped(text)) : undefined),
  ],
  ['quoted', 'there are quotes around the Base64 text', (text) => cleaned(text, /^["']|["']$/g, '')],
  [
    'unpadded',
    'the Base64 text lacks its padding (=)',
    (text) => (/[=_-]/.test(text) ? undefined : base64Strict(padded(text))),
  ],
  ['url-safe', 'it is in Base64url, with - and _', urlSafe],
  ['url-safe', 'it is in Base64url, with - and _, and has line breaks', (text) => urlSafe(text.replace(/\s/g, ''))],
  ['hex', 'it is in hex', hex],
  [
    'base64-twice',
    'it was put in Base64 twice',
    (text) =>
      base64Strict(
        Buffer.from(base64Strict(text) ?? [])
          .toString('latin1')
          .trim(),
      ),
  ],
  [
    'base64-of-hex',
    'hex digits were put in Base64',
    (text) => hex(Buffer.from(base64Strict(text) ?? []).toString('latin1')),
  ],
  [
    'stray-bits',
    'the last character of the Base64 text has bits that stand for nothing: it was changed or cut',
    (text) => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : undefined),
  ],
];

const fix = 'send standard Base64 (RFC 4648 section 4), padded, on one line';

/** The ciphertext in another form than padded standard Base64 on one line; only those that the text can be read in. */
export function encodingRows(text: string): readonly CipherRow[] {
  const due = base64Strict(text);
  return encodings.flatMap(([id, says, decode]) => {
    const bytes = decode(text);
    if (bytes === undefined || (due !== undefined && Buffer.compare(bytes, due) === 0)) return [];
    return [row(id, says, fix, { bytes })];
  });
}

function cleaned(text: string, what: RegExp, by: string): Uint8Array | undefined {
  const clean = text.replace(what, by);
  return clean === text ? undefined : base64Strict(clean);
}

function urlSafe(text: string): Uint8Array | undefined {
  return /[_-]/.test(text) ? base64Strict(padded(text.replaceAll('-', '+').replaceAll('_', '/'))) : undefined;
}

function padded(text: string): string {
  const bare = text.replace(/=+$/, '');
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}

function hex(text: string): Uint8Array | undefined {
  return /^(?:[0-9a-f]{32})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\[nr]/g, '')
    .replaceAll('\\', '');
}
