import type { Piece } from '../piece.ts';
import { joined, nothing, open } from '../piece.ts';
import type { Named, SignatureRecipe, SignatureRow, SignedName } from './recipe.ts';
import { fieldNames, row, secretName } from './recipe.ts';

/** Rows about how the values become one text: what stands between, in which order, where the secret stands. */

const noSeparator = 'join the values with nothing between them';
const orderFix = 'join in the order pk, dk, bindingCode, pwd, userDomainSecret';

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
export function separatorRows(given: readonly SignedName[]): readonly SignatureRow[] {
  return separators.flatMap(([id, name, text]) => {
    const between = (says: string, write: SignatureRecipe['write']): SignatureRow =>
      row(`separator-${id}`, `${name} stands between ${says}`, noSeparator, { write });
    return [
      between('the values', joinedWith(text)),
      // Only where a field is empty does it matter whether the empty ones have a separator.
      ...(given.length === fieldNames.length
        ? []
        : [between('the values, and beside the empty one', (parts) => joined(pieces(parts), text))]),
      between('the fields, and not before userDomainSecret', (parts) =>
        joined([joinedWith(text)(parts.filter(isField)), ...pieces(parts.filter(isSecret))]),
      ),
    ];
  });
}

/** Every order of the fields that have a value; where the empty ones stand cannot be told. */
export function orderRows(given: readonly SignedName[]): readonly SignatureRow[] {
  const empty = fieldNames.filter((name) => !given.includes(name));
  // The first one is the order due.
  const others = permutations(given).slice(1);
  return others.map((order) =>
    row('order', `the order was ${order.join(', ')}`, orderFix, { order: [...order, ...empty] }),
  );
}

/** The secret somewhere else than at the end, twice, or nowhere. */
export const placeRows: readonly SignatureRow[] = [
  row('secret-first', 'userDomainSecret stands before the fields', orderFix, {
    place: (fields, secret) => [secret, ...fields],
  }),
  row('secret-left-out', 'userDomainSecret was left out', orderFix, { place: (fields) => fields }),
  row('secret-both-ends', 'userDomainSecret stands before and after the fields', orderFix, {
    place: (fields, secret) => [secret, ...fields, secret],
  }),
  row('secret-twice', 'userDomainSecret stands at the end twice', orderFix, {
    place: (fields, secret) => [...fields, secret, secret],
  }),
  ...[1, 2, 3].map((at) =>
    row('secret-between', `userDomainSecret stands between the fields, in place ${at + 1}`, orderFix, {
      place: (fields, secret) => [...fields.slice(0, at), secret, ...fields.slice(at)],
    }),
  ),
];

/** Another text than joined values. */
export const writeRows: readonly SignatureRow[] = [
  row(
    'empty-text',
    'it is the digest of the empty string: nothing was hashed',
    'hash the joined values; a stream or buffer that was already read hashes as nothing',
    { write: () => nothing },
  ),
  ...[secretName, 'secret', 'key', 'appSecret', ''].flatMap((name) => [pairRow(name, true), pairRow(name, false)]),
  ...[true, false].map((withSecret) =>
    row('json', 'the fields were signed as JSON', 'join the values alone, without names, quotes and braces', {
      write: (parts) => {
        const inside = parts.filter((part) => part.piece.value !== '' && (withSecret || isField(part)));
        const after = withSecret ? [] : parts.filter(isSecret);
        return joined([jsonOf(inside), ...pieces(after)]);
      },
    }),
  ),
];

/** Values with a separator, the empty ones left out. */
function joinedWith(separator: string): (parts: readonly Named[]) => Piece {
  return (parts) =>
    joined(
      pieces(parts).filter(({ value }) => value !== ''),
      separator,
    );
}

/** `pk=…&dk=…`; under the empty name the secret follows without a name. */
function pairRow(name: string, withEmpty: boolean): SignatureRow {
  const pair = (part: Named): Piece => joined([open(`${isSecret(part) ? name : part.name}=`), part.piece]);
  return row('key-value', 'the text was written as name=value pairs', 'join the values alone, without their names', {
    write: (parts) => {
      const named = parts.filter((part) => withEmpty || part.piece.value !== '');
      if (name !== '') return joined(named.map(pair), '&');
      return joined([joined(named.filter(isField).map(pair), '&'), ...pieces(named.filter(isSecret))]);
    },
  });
}

function jsonOf(parts: readonly Named[]): Piece {
  const object = (of: 'value' | 'shown'): string =>
    JSON.stringify(Object.fromEntries(parts.map(({ name, piece }) => [name, piece[of]])));
  return { value: object('value'), shown: object('shown') };
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
