/** A piece of text, and how to print it: a secret is printed as its name. */
export type Piece = { readonly value: string; readonly shown: string };

/** The empty piece. */
export const nothing: Piece = { value: '', shown: '' };

/** A piece whose two texts are written in the same way. */
export function writePiece(write: (of: keyof Piece) => string): Piece {
  return { value: write('value'), shown: write('shown') };
}

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
  const given = pieces.filter(({ value }) => value !== '');
  return writePiece((of) => given.map((piece) => piece[of]).join(separator));
}
