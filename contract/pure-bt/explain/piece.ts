/** A piece of text, and how to print it: a secret is printed as its name. */
export type Piece = { readonly value: string; readonly shown: string };

/** The empty piece. */
export const nothing: Piece = { value: '', shown: '' };

/** A piece that is printed as it is. */
export function plainPiece(value: string): Piece {
  return { value, shown: value };
}

/** A secret, printed as `«name»`. */
export function maskedPiece(name: string, value: string): Piece {
  return value === '' ? nothing : { value, shown: `«${name}»` };
}

/** Joins pieces; an empty piece gets no separator. */
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
