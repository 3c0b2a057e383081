import { hash } from 'node:crypto';

/**
 * One way to write a value differently. In `phrase`, `*` is the value's name: `the MD5 of *`.
 * `write` returns undefined, or the value itself, if the value has no such form.
 */
export type Form = readonly [id: string, phrase: string, write: (text: string) => string | Uint8Array | undefined];

/** A value in one of its forms, as bytes and in words. */
export type Written = { readonly id: string; readonly words: string; readonly bytes: Buffer };

/** The text that null becomes in Java, JavaScript, Python, Ruby, Go, PHP and C#. */
export const nullWords: readonly string[] = ['null', 'undefined', 'None', 'nil', '<nil>', '%!s(<nil>)', 'NULL', 'Null'];

/** Digests that example code applies to a value; {@link spellings} lists how their bytes are written. */
const digests = [
  ['md5', 'MD5'],
  ['sha256', 'SHA-256'],
  ['sha1', 'SHA-1'],
] as const;

const spellings: readonly (readonly [phrase: string, spell: (bytes: Buffer) => string | Buffer])[] = [
  ['*', (bytes) => bytes],
  ['the hex digits of *', (bytes) => bytes.toString('hex')],
  ['the upper-case hex digits of *', (bytes) => bytes.toString('hex').toUpperCase()],
  ['* in Base64', (bytes) => bytes.toString('base64')],
];

/** The forms of a value, the more likely first. Every value of a request and every secret is tried in each form. */
export const forms: readonly Form[] = [
  ['lower-case', '* in lower case', (text) => text.toLowerCase()],
  ['upper-case', '* in upper case', (text) => text.toUpperCase()],
  ['trimmed', '* without the spaces and line breaks around it', (text) => text.trim()],
  ['trimmed', '* without its spaces and line breaks', (text) => text.replace(/\s+/g, '')],
  ['newline', "* with a line break at the end, as println and Android's Base64.DEFAULT add it", (text) => `${text}\n`],
  ['quoted', '* in quotes', (text) => `"${text}"`],
  ...digests.flatMap(([id, name]) =>
    spellings.map(
      ([phrase, spell]): Form => [id, filledIn(phrase, `the ${name} of *`), (text) => spell(digest(id, text))],
    ),
  ),
  ['base64', '* in Base64', (text) => Buffer.from(text).toString('base64')],
  ['base64-decoded', '* Base64-decoded', (text) => Buffer.from(text, 'base64')],
  ['hex', '* in hex', (text) => Buffer.from(text).toString('hex')],
  ['hex', '* in upper-case hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['hex-decoded', '* hex-decoded', (text) => (/^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined)],
  ['url-encoded', '* URL-encoded', encodeURIComponent],
  ['url-encoded', '* URL-encoded as in an HTML form', (text) => new URLSearchParams({ text }).toString().slice(5)],
  ['escaped', '* escaped for JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['escaped', '* with its slashes escaped', (text) => text.replaceAll('/', '\\/')],
  ['space-for-plus', '* with spaces instead of plus signs', (text) => text.replaceAll('+', ' ')],
  ['plus', '* with plus signs instead of spaces', (text) => text.replaceAll(' ', '+')],
  ['unpadded', '* without its padding (=)', (text) => text.replace(/=+$/, '')],
  ['url-safe', '* with - and _ instead of + and /', (text) => text.replaceAll('+', '-').replaceAll('/', '_')],
  ['url-safe', '* in Base64url', (text) => ofBase64(text)?.toString('base64url')],
  ['standard-base64', '* in standard Base64', (text) => ofBase64(text)?.toString('base64')],
  ['hex', 'the bytes of * in hex', (text) => ofBase64(text)?.toString('hex')],
  ['hex', 'the bytes of * in upper-case hex', (text) => ofBase64(text)?.toString('hex').toUpperCase()],
  ['colons', '* with colons', (text) => toPairs(text, ':')?.toUpperCase()],
  ['colons', '* with colons in lower case', (text) => toPairs(text, ':')?.toLowerCase()],
  ['hyphens', '* with hyphens', (text) => toPairs(text, '-')?.toUpperCase()],
  ['hyphens', '* with hyphens in lower case', (text) => toPairs(text, '-')?.toLowerCase()],
  ['plain', '* without its colons or hyphens', (text) => text.replace(/[:-]/g, '')],
  ['reversed', '* backwards', (text) => [...text].reverse().join('')],
  ['twice', '* twice', (text) => text + text],
  ['utf-16', '* in UTF-16', (text) => Buffer.from(text, 'utf16le')],
  ...nullWords.map((word): Form => [nullId(word), `the word "${word}"`, () => word]),
];

/** A value in every form that changes it, each result once. `writtenTwice` applies two forms in a row. */
export function writeInForms(text: string, name: string, table: readonly Form[] = forms): readonly Written[] {
  const written = table.map(([id, phrase, write]) => ({
    id,
    words: filledIn(phrase, name),
    bytes: Buffer.from(write(text) ?? text),
  }));
  return distinct(written, Buffer.from(text), Buffer.alloc(0));
}

/** A value in every two forms in a row, without the results of one form alone. */
export function writtenTwice(text: string, name: string): readonly Written[] {
  const once = writeInForms(text, name);
  const twice = once.flatMap((first) =>
    writeInForms(first.bytes.toString(), first.words).map(({ id, words, bytes }) => ({
      id: `${first.id}-${id}`,
      words,
      bytes,
    })),
  );
  return distinct(twice, Buffer.from(text), ...once.map(({ bytes }) => bytes));
}

/** The form of `expected` that gives `held`; undefined if there is no such form. */
export function findForm(held: string, expected: string, name: string): Written | undefined {
  if (expected === '') return undefined;
  return writeInForms(expected, name).find(({ bytes }) => bytes.toString('utf8') === held);
}

/** A phrase with the value's name in it. */
export function filledIn(phrase: string, name: string): string {
  return phrase.replace('*', () => name);
}

/** The first item with each bytes, without those that are known. */
export function distinct<Item extends { readonly bytes: Uint8Array }>(
  items: readonly Item[],
  ...known: readonly Uint8Array[]
): readonly Item[] {
  const seen = new Set(known.map(latin1));
  return items.filter(({ bytes }) => seen.size < seen.add(latin1(bytes)).size);
}

/** Bytes as a text, to use as a key of a map. */
export function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function nullId(word: string): string {
  return word.includes('<nil>') ? 'go-nil' : word.toLowerCase();
}

function digest(algorithm: string, text: string): Buffer {
  return hash(algorithm, text, 'buffer');
}

/** Decodes Base64 or Base64url of whole AES blocks; shorter words can look like Base64 by chance. */
function ofBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return /^[\w+/\s-]+=*\s*$/.test(text) && bytes.length >= 16 && bytes.length % 16 === 0 ? bytes : undefined;
}

/** The digits of a MAC address in pairs. */
function toPairs(text: string, separator: string): string | undefined {
  return /^(?:[0-9a-f]{2}){2,}$/i.test(text) ? text.match(/../g)?.join(separator) : undefined;
}
