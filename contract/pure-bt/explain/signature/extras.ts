import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { joined, open } from '../piece.ts';
import type { Named, SignatureRow } from './recipe.ts';
import { row, secretName } from './recipe.ts';

/** Rows about values that the formula does not have. */

const fix = 'sign pk, dk, bindingCode, pwd and userDomainSecret alone';

const otherFields = [
  'random',
  'deviceName',
  'fid',
  'frid',
  'capabilitiesBitmask',
  'isCommonDevice',
  'encryptedNewBindingSecret',
  'encryptedOldBindingSecret',
  'encryptedBindingCode',
  'bindingCode',
] as const;

const places: readonly (readonly [words: string, add: (parts: readonly Named[], extra: Named) => readonly Named[]])[] =
  [
    [
      'before userDomainSecret',
      (parts, extra) => {
        const at = parts.findLastIndex(({ name }) => name === secretName);
        return at < 0 ? [...parts, extra] : parts.toSpliced(at, 0, extra);
      },
    ],
    ['at the end', (parts, extra) => [...parts, extra]],
    ['at the start', (parts, extra) => [extra, ...parts]],
  ];

/** One more value in the signed text. */
export function extraRows(known: Known): readonly SignatureRow[] {
  const { secrets } = known;
  const fields = otherFields.map((name) => [name, ofField(known, name)] as const);
  const others = [
    ['ps', secretPiece(known, 'ps', secrets.ps ?? '')],
    ['bindingSecret', secretPiece(known, 'bindingSecret', secrets.bindingSecret ?? '')],
    ['token', secretPiece(known, 'token', secrets.token ?? '')],
  ] as const;
  return [...fields, ...others]
    .filter(([, piece]) => piece.value !== '')
    .flatMap(([name, piece]) =>
      places.map(([words, add]) =>
        row(`extra-${name}`, `${name} was signed too, ${words}`, fix, { add: (parts) => add(parts, { name, piece }) }),
      ),
    );
}

/** The whole body signed in place of the formula's fields. */
export function bodyRows(known: Known): readonly SignatureRow[] {
  const names = Object.keys(known.request.body).filter((name) => name !== 'signature');
  const orders = [
    ['in the order sent', names],
    ['in alphabetical order', names.toSorted()],
  ] as const;
  return [
    bodyRow('whole-body', 'the whole JSON body was signed', bodyText(known, names)),
    ...orders.flatMap(([words, order]) => {
      const given = order
        .map((name) => ({ name, piece: ofField(known, name) }))
        .filter(({ piece }) => piece.value !== '');
      const values = joined(given.map(({ piece }) => piece));
      const pairs = joined(
        given.map(({ name, piece }) => joined([open(`${name}=`), piece])),
        '&',
      );
      return [
        bodyRow('all-fields', `the values of all fields were signed, ${words}`, values),
        ...['&', '&userDomainSecret=', '&secret=', '&key=', ''].map((link) =>
          bodyRow('all-fields', `all fields were signed as name=value pairs, ${words}`, pairs, link),
        ),
      ];
    }),
  ];
}

/** The body's text, with the secret after it where the recipe has one. */
function bodyRow(id: string, says: string, body: Piece, link = ''): SignatureRow {
  return row(id, says, fix, {
    write: (parts) => {
      const secret = parts.find(({ name }) => name === secretName);
      return secret === undefined ? body : joined([body, open(link), secret.piece]);
    },
  });
}

function ofField(known: Known, name: string): Piece {
  const text = fieldText(known, name);
  return name === 'bindingCode' || name === 'pwd' ? secretPiece(known, name, text) : open(text);
}

function bodyText(known: Known, names: readonly string[]): Piece {
  const { body } = known.request;
  const value = Object.fromEntries(names.map((name) => [name, body[name]]));
  const shown = Object.fromEntries(
    names.map((name) => [name, typeof body[name] === 'string' ? ofField(known, name).shown : body[name]]),
  );
  return { value: JSON.stringify(value), shown: JSON.stringify(shown) };
}
