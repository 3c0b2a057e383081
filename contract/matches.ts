/**
 * Whether a pattern matches an id. `*` matches any text, also `/`; a pattern that ends in `/` matches the whole group:
 * `name/`, `name/too*`, `*name-too-long`.
 */
export function matches(pattern: string, id: string): boolean {
  const [start = '', ...pieces] = (pattern.endsWith('/') ? `${pattern}*` : pattern).split('*');
  const end = pieces.pop();
  if (end === undefined) return id === start;
  if (!id.startsWith(start)) return false;
  // The first place of each piece is enough. Unlike a regular expression, no pattern makes this slow.
  let at = start.length;
  for (const piece of pieces) {
    const found = id.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return id.length - end.length >= at && id.endsWith(end);
}
