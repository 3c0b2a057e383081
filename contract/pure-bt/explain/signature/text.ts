import type { Piece } from '../piece.ts';
import { joinPieces, nothing, plainPiece } from '../piece.ts';
import { filledIn, forms } from '../value-forms.ts';
import type { Named, SignatureRecipe, SignatureRow } from './recipe.ts';
import { fieldNames, secretName, signatureRow } from './recipe.ts';

/** Rows about how the values become one text: what stands between, in which order, where the secret stands. */

const noSeparator = 'join the values with nothing between them';
const orderFix = 'join in the order pk, dk, bindingCode, pwd, userDomainSecret';
const endsFix = 'sign the joined values and nothing else';
const utf8Fix = 'take the bytes of the text in UTF-8';

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

/** Something between the values. The plus signs of the formula mean joining. */
export function separatorRows(recipe: SignatureRecipe): readonly SignatureRow[] {
  const hasEmpty = fieldNames.some((name) => recipe[name].value === '');
  return separators.flatMap(([id, name, text]) => {
    const between = (says: string, write: SignatureRecipe['write']): SignatureRow =>
      signatureRow(`separator-${id}`, `${name} stands between ${says}`, noSeparator, { write });
    return [
      between('the values', (parts) => joinPieces(pieces(parts), text)),
      // Only where a field is empty does it matter whether the empty ones have a separator.
      ...(hasEmpty ? [between('the values, and beside the empty one', (parts) => joinedAll(parts, text))] : []),
      between('the fields, and not before userDomainSecret', (parts) =>
        joinPieces([joinPieces(pieces(parts.filter(isField)), text), ...pieces(parts.filter(isSecret))]),
      ),
    ];
  });
}

/** Every order of the fields that have a value; where the empty ones stand cannot be told. */
export function orderRows(recipe: SignatureRecipe): readonly SignatureRow[] {
  const given = fieldNames.filter((name) => recipe[name].value !== '');
  const empty = fieldNames.filter((name) => !given.includes(name));
  // The first one is the order due.
  const [, ...others] = permutations(given);
  return others.map((order) =>
    signatureRow('order', `the order was ${order.join(', ')}`, orderFix, { order: [...order, ...empty] }),
  );
}

const places: readonly (readonly [id: string, says: string, place: SignatureRecipe['place']])[] = [
  ['secret-first', 'userDomainSecret stands before the fields', (fields, secret) => [secret, ...fields]],
  ['secret-left-out', 'userDomainSecret was left out', (fields) => fields],
  [
    'secret-both-ends',
    'userDomainSecret stands before and after the fields',
    (fields, secret) => [secret, ...fields, secret],
  ],
  ['secret-twice', 'userDomainSecret stands at the end twice', (fields, secret) => [...fields, secret, secret]],
  ...[1, 2, 3].map(
    (at) =>
      [
        'secret-between',
        `userDomainSecret stands between the fields, in place ${at + 1}`,
        (fields: readonly Named[], secret: Named) => fields.toSpliced(at, 0, secret),
      ] as const,
  ),
];

/** The secret somewhere else than at the end, twice, or nowhere. */
export const placeRows: readonly SignatureRow[] = places.map(([id, says, place]) =>
  signatureRow(id, says, orderFix, { place }),
);

/** Another text than joined values. */
export const writeRows: readonly SignatureRow[] = [
  signatureRow(
    'empty-text',
    'it is the digest of the empty string: nothing was hashed',
    'hash the joined values; a stream or buffer that was already read hashes as nothing',
    { write: () => nothing },
  ),
  ...[secretName, 'secret', 'key', 'appSecret', ''].flatMap((name) => [pairRow(name, true), pairRow(name, false)]),
  ...[true, false].map((withSecret) =>
    signatureRow('json', 'the fields were signed as JSON', 'join the values alone, without names, quotes and braces', {
      write: (parts) => {
        const inside = parts.filter((part) => part.piece.value !== '' && (withSecret || isField(part)));
        const after = withSecret ? [] : parts.filter(isSecret);
        return joinPieces([toJson(inside), ...pieces(after)]);
      },
    }),
  ),
];

/** What may stand before and after the text beyond {@link separators} at its end. */
const ends: readonly (readonly [id: string, says: string, start: string, end: string])[] = [
  [
    'trailing-newline',
    'a line break stands at the end of the text, as echo writes it or as a secret read from a file has it',
    '',
    '\n',
  ],
  ['trailing-newline', 'a line break (CR LF) stands at the end of the text', '', '\r\n'],
  ['trailing-space', 'a space stands at the end of the text', '', ' '],
  ['trailing-nul', 'a NUL character stands at the end of the text', '', '\0'],
  ...separators
    .filter(([, , text]) => /^[!-~]$/.test(text))
    .map(([, name, text]) => ['trailing-separator', `${name} stands at the end of the text`, '', text] as const),
  ['leading-space', 'a space stands before the text', ' ', ''],
  ['leading-newline', 'a line break stands before the text', '\n', ''],
  ['byte-order-mark', 'a byte order mark (U+FEFF) stands before the text', '\ufeff', ''],
  ['quoted-text', "the text stands in quotes (')", "'", "'"],
  ['quoted-text', 'the text stands in quotes (")', '"', '"'],
];

/** The forms that a text has which is made of values: what digests and words make of it is said elsewhere. */
const wholeForms = ['lower-case', 'upper-case', 'url-encoded', 'base64', 'hex', 'escaped', 'reversed'];

/** Something at the ends of the text, or the whole text in another form. */
export const finishRows: readonly SignatureRow[] = [
  ...ends.map(([id, says, start, end]) =>
    signatureRow(id, says, endsFix, { finish: (text) => joinPieces([plainPiece(start), text, plainPiece(end)]) }),
  ),
  ...forms
    .filter(([id]) => wholeForms.includes(id))
    .map(([id, phrase, write]) =>
      signatureRow(
        `text-${id}`,
        `${filledIn(phrase, 'the whole text')} was signed`,
        'sign the values as they are sent',
        {
          // Shown as it was before, or a secret changed with the text would be shown.
          finish: ({ value, shown }) => ({ value: String(write(value) ?? value), shown }),
        },
      ),
    ),
];

const charsets: readonly (readonly [id: string, name: string, charset: (text: string) => Buffer])[] = [
  ['utf-16', 'UTF-16 (little-endian)', (text) => Buffer.from(text, 'utf16le')],
  ['utf-16', 'UTF-16 (big-endian)', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['utf-16', 'UTF-16 with a byte order mark (big-endian)', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['utf-16', 'UTF-16 with a byte order mark (little-endian)', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['latin-1', 'ISO 8859-1', (text) => Buffer.from(text, 'latin1')],
];

/** The bytes of the text in another charset than UTF-8. */
export const charsetRows: readonly SignatureRow[] = charsets.map(([id, name, charset]) =>
  signatureRow(id, `the text was hashed in ${name}`, utf8Fix, { charset }),
);

/** Parts in the form of a query: `pk=…&dk=…`. */
export function asPairs(parts: readonly Named[]): Piece {
  return joinPieces(
    parts.map(({ name, piece }) => joinPieces([plainPiece(`${name}=`), piece])),
    '&',
  );
}

/** `pk=…&dk=…`; under the empty name the secret follows without a name. */
function pairRow(name: string, withEmpty: boolean): SignatureRow {
  return signatureRow(
    'key-value',
    'the text was written as name=value pairs',
    'join the values alone, without their names',
    {
      write: (parts) => {
        const given = parts.filter(({ piece }) => withEmpty || piece.value !== '');
        if (name === '') return joinPieces([asPairs(given.filter(isField)), ...pieces(given.filter(isSecret))]);
        return asPairs(given.map((part) => (isSecret(part) ? { name, piece: part.piece } : part)));
      },
    },
  );
}

function toJson(parts: readonly Named[]): Piece {
  const object = (of: keyof Piece): string =>
    JSON.stringify(Object.fromEntries(parts.map(({ name, piece }) => [name, piece[of]])));
  return { value: object('value'), shown: object('shown') };
}

function joinedAll(parts: readonly Named[], separator: string): Piece {
  const all = (of: keyof Piece): string => parts.map(({ piece }) => piece[of]).join(separator);
  return { value: all('value'), shown: all('shown') };
}

function pieces(parts: readonly Named[]): readonly Piece[] {
  return parts.map(({ piece }) => piece);
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
