import { filledIn, forms } from '../value-forms.ts';
import {
  fieldNames,
  joined,
  type Named,
  type SignatureRecipe,
  type SignatureRow,
  secretName,
  signatureRow,
} from './recipe.ts';

/** Rows about how the values become one text: the separator, the order, and the place of the secret. */

const noSeparator = 'join the values without a separator';
const orderFix = 'join in the order pk, dk, bindingCode, pwd, userDomainSecret';
const endsFix = 'sign only the joined values';
const utf8Fix = 'hash the UTF-8 bytes of the text';

const separators: readonly (readonly [id: string, name: string, text: string])[] = [
  ['comma', 'a comma', ','],
  ['ampersand', 'an ampersand', '&'],
  ['bar', 'a bar (|)', '|'],
  ['colon', 'a colon', ':'],
  ['space', 'a space', ' '],
  ['newline', 'a line break', '\n'],
  ['plus', 'a plus sign', '+'],
  ['semicolon', 'a semicolon', ';'],
  ['hyphen', 'a hyphen', '-'],
  ['underscore', 'an underscore', '_'],
  ['dot', 'a dot', '.'],
  ['slash', 'a slash', '/'],
  ['hash', 'a number sign (#)', '#'],
  ['tab', 'a tab', '\t'],
  ['crlf', 'a line break (CR LF)', '\r\n'],
  ['comma-space', 'a comma and a space', ', '],
  ['nul', 'a NUL character', '\0'],
];

/** A separator between the values. The plus signs of the formula mean concatenation. */
export function separatorRows(recipe: SignatureRecipe): readonly SignatureRow[] {
  const hasEmpty = fieldNames.some((name) => recipe[name].value === '');
  return separators.flatMap(([id, name, text]) => {
    const between = (says: string, write: SignatureRecipe['write']): SignatureRow =>
      signatureRow(`separator-${id}`, `there is ${name} between ${says}`, noSeparator, { write });
    return [
      between('the values', (parts) => joined(parts, text)),
      // It matters only for an empty field whether empty fields have a separator.
      ...(hasEmpty
        ? [between('the values, also next to the empty one', (parts) => parts.map((part) => part.text).join(text))]
        : []),
      between(
        'the fields, but not before userDomainSecret',
        (parts) => joined(parts.filter(isField), text) + joined(parts.filter(isSecret)),
      ),
    ];
  });
}

/** Every order of the fields that have a value; an empty field has no visible place. */
export function orderRows(recipe: SignatureRecipe): readonly SignatureRow[] {
  const given = fieldNames.filter((name) => recipe[name].value !== '');
  const empty = fieldNames.filter((name) => !given.includes(name));
  // The first one is the correct order.
  const [, ...others] = permutations(given);
  return others.map((order) =>
    signatureRow('order', `the order was ${order.join(', ')}`, orderFix, { order: [...order, ...empty] }),
  );
}

/** The secret in a wrong place, twice, or missing. */
export const placeRows: readonly SignatureRow[] = [
  placeRow('first', 'before the fields', (fields, secret) => [secret, ...fields]),
  signatureRow('secret-left-out', 'userDomainSecret was left out', orderFix, { place: (fields) => fields }),
  placeRow('both-ends', 'both before and after the fields', (fields, secret) => [secret, ...fields, secret]),
  placeRow('twice', 'at the end twice', (fields, secret) => [...fields, secret, secret]),
  ...[1, 2, 3].map((at) =>
    placeRow('between', `between the fields, at position ${at + 1}`, (fields, secret) =>
      fields.toSpliced(at, 0, secret),
    ),
  ),
];

function placeRow(id: string, where: string, place: SignatureRecipe['place']): SignatureRow {
  return signatureRow(`secret-${id}`, `userDomainSecret is ${where}`, orderFix, { place });
}

/** A text that is not the joined values. */
export const writeRows: readonly SignatureRow[] = [
  signatureRow(
    'empty-text',
    'it is the digest of the empty string: nothing was hashed',
    'hash the joined values; a stream or buffer that was already read gives no bytes',
    { write: () => '' },
  ),
  ...[secretName, 'secret', 'key', 'appSecret', ''].flatMap((name) => [pairRow(name, true), pairRow(name, false)]),
  ...[true, false].map((withSecret) =>
    signatureRow('json', 'the fields were signed as JSON', 'join only the values, without names, quotes and braces', {
      write: (parts) => {
        const inside = parts.filter((part) => part.text !== '' && (withSecret || isField(part)));
        const object = Object.fromEntries(inside.map(({ name, text }) => [name, text]));
        return JSON.stringify(object) + (withSecret ? '' : joined(parts.filter(isSecret)));
      },
    }),
  ),
];

/** Characters that may come before or after the text, with the {@link separators} that may come after it. */
const ends: readonly (readonly [id: string, says: string, start: string, end: string])[] = [
  [
    'trailing-newline',
    'there is a line break at the end of the text, as from echo or from a secret that was read from a file',
    '',
    '\n',
  ],
  ['trailing-newline', 'there is a line break (CR LF) at the end of the text', '', '\r\n'],
  ['trailing-space', 'there is a space at the end of the text', '', ' '],
  ['trailing-nul', 'there is a NUL character at the end of the text', '', '\0'],
  ...separators
    .filter(([, , text]) => /^[!-~]$/.test(text))
    .map(([, name, text]) => ['trailing-separator', `there is ${name} at the end of the text`, '', text] as const),
  ['leading-space', 'there is a space before the text', ' ', ''],
  ['leading-newline', 'there is a line break before the text', '\n', ''],
  ['byte-order-mark', 'there is a byte order mark (U+FEFF) before the text', '\ufeff', ''],
  ['quoted-text', "the text is in quotes (')", "'", "'"],
  ['quoted-text', 'the text is in quotes (")', '"', '"'],
];

/** The forms that are tried on the whole text; other rows cover digests. */
const wholeForms = ['lower-case', 'upper-case', 'url-encoded', 'base64', 'hex', 'escaped', 'reversed'];

/** Extra characters before or after the text, or the whole text in another form. */
export const finishRows: readonly SignatureRow[] = [
  ...ends.map(([id, says, start, end]) => signatureRow(id, says, endsFix, { finish: (text) => start + text + end })),
  ...forms
    .filter(([id]) => wholeForms.includes(id))
    .map(([id, phrase, write]) => {
      const says = `${filledIn(phrase, 'the whole text')} was signed`;
      return signatureRow(`text-${id}`, says, 'sign the values as they are sent', {
        // Shown in its original form: the changed form of a secret must not be printed.
        finish: (text, of) => (of === 'shown' ? text : String(write(text) ?? text)),
      });
    }),
];

const charsets: readonly (readonly [id: string, name: string, charset: (text: string) => Buffer])[] = [
  ['utf-16', 'UTF-16 (little-endian)', (text) => Buffer.from(text, 'utf16le')],
  ['utf-16', 'UTF-16 (big-endian)', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['utf-16', 'UTF-16 with a byte order mark (big-endian)', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['utf-16', 'UTF-16 with a byte order mark (little-endian)', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['latin-1', 'ISO 8859-1', (text) => Buffer.from(text, 'latin1')],
];

/** The bytes of the text in a charset other than UTF-8. */
export const charsetRows: readonly SignatureRow[] = charsets.map(([id, name, charset]) =>
  signatureRow(id, `the text was hashed in ${name}`, utf8Fix, { charset }),
);

/** Writes parts as a query string: `pk=…&dk=…`. */
export function asPairs(parts: readonly Named[]): string {
  return parts.map(({ name, text }) => `${name}=${text}`).join('&');
}

/** `pk=…&dk=…`; with an empty name, the secret follows without a name. */
function pairRow(name: string, withEmpty: boolean): SignatureRow {
  const fix = 'join only the values, without their names';
  return signatureRow('key-value', 'the text was written as name=value pairs', fix, {
    write: (parts) => {
      const given = parts.filter(({ text }) => withEmpty || text !== '');
      if (name === '') return asPairs(given.filter(isField)) + joined(given.filter(isSecret));
      return asPairs(given.map((part) => (isSecret(part) ? { ...part, name } : part)));
    },
  });
}

function isSecret({ name }: Named): boolean {
  return name === secretName;
}

function isField(part: Named): boolean {
  return !isSecret(part);
}

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
