/** A piece of text as it is, and as it may be shown: a secret is shown by its name. */
export type Piece = { readonly value: string; readonly shown: string };

/** Nothing. */
export const nothing: Piece = { value: '', shown: '' };

/** A piece that may be shown as it is. */
export function open(value: string): Piece {
  return { value, shown: value };
}

/** A secret, shown as `«name»`. */
export function hidden(name: string, value: string): Piece {
  return value === '' ? nothing : { value, shown: `«${name}»` };
}

/** A piece with its value changed; of a secret, the name is shown with how: `«pwd, MD5»`. */
export function turned(piece: Piece, how: string, change: (value: string) => string): Piece {
  const value = change(piece.value);
  if (piece.shown === piece.value) return open(value);
  return { value, shown: piece.shown.replace(/»$/, `, ${how}»`) };
}

/** Pieces one after the other. */
export function joined(pieces: readonly Piece[], separator = ''): Piece {
  return {
    value: pieces.map(({ value }) => value).join(separator),
    shown: pieces.map(({ shown }) => shown).join(separator),
  };
}
