import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { joinPieces, plainPiece, writePiece } from '../piece.ts';
import type { Named, SignatureRow } from './recipe.ts';
import { secretName, signatureRow } from './recipe.ts';
import { asPairs } from './text.ts';

/** Rows about values that are not in the formula. */

const fix = 'sign only pk, dk, bindingCode, pwd and userDomainSecret';

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
];

const places: readonly (readonly [words: string, add: (parts: readonly Named[], extra: Named) => readonly Named[]])[] =
  [
    [
      'before userDomainSecret',
      (parts, extra) => {
        const at = parts.findLastIndex(({ name }) => name === secretName);
        return parts.toSpliced(at < 0 ? parts.length : at, 0, extra);
      },
    ],
    ['at the end', (parts, extra) => [...parts, extra]],
    ['at the start', (parts, extra) => [extra, ...parts]],
  ];

/** An extra value in the signed text. */
export function extraRows(known: Known): readonly SignatureRow[] {
  const secrets = (['ps', 'bindingSecret', 'token'] as const).map((name) => ({
    name,
    ...secretPiece(known, name, known.secrets[name] ?? ''),
  }));
  return [...otherFields.map((name) => readField(known, name)), ...secrets]
    .filter(({ value }) => value !== '')
    .flatMap((extra) =>
      places.map(([words, add]) =>
        signatureRow(`extra-${extra.name}`, `${extra.name} was signed too, ${words}`, fix, {
          add: (parts) => add(parts, extra),
        }),
      ),
    );
}

/** The whole body signed instead of the formula's fields. */
export function bodyRows(known: Known): readonly SignatureRow[] {
  const names = Object.keys(known.request.body).filter((name) => name !== 'signature');
  const orders = [
    ['in the order sent', names],
    ['in alphabetical order', names.toSorted()],
  ] as const;
  return [
    bodyRow('whole-body', 'the whole JSON body was signed', bodyText(known, names)),
    ...orders.flatMap(([words, order]) => {
      const given = order.map((name) => readField(known, name)).filter(({ value }) => value !== '');
      return [
        bodyRow('all-fields', `the values of all fields were signed, ${words}`, joinPieces(given)),
        ...['&', '&userDomainSecret=', '&secret=', '&key=', ''].map((link) =>
          bodyRow('all-fields', `all fields were signed as name=value pairs, ${words}`, asPairs(given), link),
        ),
      ];
    }),
  ];
}

/** The body's text, followed by the secret if the recipe has one. */
function bodyRow(id: string, says: string, body: Piece, link = ''): SignatureRow {
  return signatureRow(id, says, fix, {
    write: (parts) => {
      const secret = parts.find(({ name }) => name === secretName);
      return secret === undefined ? body : joinPieces([body, plainPiece(link), secret]);
    },
  });
}

function readField(known: Known, name: string): Named {
  const text = fieldText(known, name);
  return { name, ...(name === 'bindingCode' || name === 'pwd' ? secretPiece(known, name, text) : plainPiece(text)) };
}

function bodyText(known: Known, names: readonly string[]): Piece {
  const { body } = known.request;
  const textIn = (name: string, of: keyof Piece): unknown =>
    typeof body[name] === 'string' ? readField(known, name)[of] : body[name];
  return writePiece((of) => JSON.stringify(Object.fromEntries(names.map((name) => [name, textIn(name, of)]))));
}
