/** A piece of text as it is, and as it may be shown: a secret is shown by its name. */
export type Piece = { readonly value: string; readonly shown: string };

/** Nothing. */
export const nothing: Piece = { value: '', shown: '' };

/** A piece that may be shown as it is. */
export function plainPiece(value: string): Piece {
  return { value, shown: value };
}

/** A secret, shown as `«name»`. */
export function maskedPiece(name: string, value: string): Piece {
  return value === '' ? nothing : { value, shown: `«${name}»` };
}

/** Pieces one after the other; those that are empty have no separator. */
export function joinPieces(pieces: readonly Piece[], separator = ''): Piece {
  let value = '';
  let shown = '';
  for (const piece of pieces) {
    if (piece.value === '') continue;
    const between = value === '' ? '' : separator;
    value += between + piece.value;
    shown += between + piece.shown;
  }
  return { value, shown };
}
