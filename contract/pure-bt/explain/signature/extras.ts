import { fieldText, type Known, type Piece, plainPiece, secretPiece } from '../known.ts';
import { joined, type Named, type SignatureRow, secretName, signatureRow } from './recipe.ts';
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
  const fields = otherFields.map((name) => [name, readField(known, name)] as const);
  const secrets = (['ps', 'bindingSecret', 'token'] as const).map(
    (name) => [name, secretPiece(known, name, known.secrets[name] ?? '')] as const,
  );
  return [...fields, ...secrets]
    .filter(([, { value }]) => value !== '')
    .flatMap(([name, piece]) =>
      places.map(([words, add]) =>
        signatureRow(`extra-${name}`, `${name} was signed too, ${words}`, fix, {
          add: (parts, of) => add(parts, { name, text: piece[of] }),
        }),
      ),
    );
}

/** The whole body signed instead of the formula's fields. */
export function bodyRows(known: Known): readonly SignatureRow[] {
  const { body } = known.request;
  const names = Object.keys(body).filter((name) => name !== 'signature');
  const orders = [
    ['in the order sent', names],
    ['in alphabetical order', names.toSorted()],
  ] as const;
  return [
    bodyRow('whole-body', 'the whole JSON body was signed', (of) =>
      JSON.stringify(
        Object.fromEntries(
          names.map((name) => [name, typeof body[name] === 'string' ? readField(known, name)[of] : body[name]]),
        ),
      ),
    ),
    ...orders.flatMap(([words, order]) => {
      const parts = order.map((name) => ({ name, piece: readField(known, name) }));
      const given = (of: keyof Piece): readonly Named[] =>
        parts.flatMap(({ name, piece }) => (piece.value === '' ? [] : [{ name, text: piece[of] }]));
      const asPairsOf = `all fields were signed as name=value pairs, ${words}`;
      return [
        bodyRow('all-fields', `the values of all fields were signed, ${words}`, (of) => joined(given(of))),
        ...['&', '&userDomainSecret=', '&secret=', '&key=', ''].map((link) =>
          bodyRow('all-fields', asPairsOf, (of) => asPairs(given(of)), link),
        ),
      ];
    }),
  ];
}

/** The body's text, followed by the secret if the recipe has one. */
function bodyRow(id: string, says: string, body: (of: keyof Piece) => string, link = ''): SignatureRow {
  const texts = { value: body('value'), shown: body('shown') };
  return signatureRow(id, says, fix, {
    write: (parts, of) => {
      const secret = parts.find(({ name }) => name === secretName);
      return texts[of] + (secret === undefined ? '' : link + secret.text);
    },
  });
}

function readField(known: Known, name: string): Piece {
  const text = fieldText(known, name);
  return name === 'bindingCode' || name === 'pwd' ? secretPiece(known, name, text) : plainPiece(text);
}
