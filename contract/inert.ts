const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of a target made harmless for every output: control characters, escape sequences, line breaks, lone surrogates
 * and direction overrides become visible escapes, on one line, cut to a length.
 *
 * With no line break left, nothing can start a line: a CI's workflow commands (`::error`) stay text.
 * @param max longest result in characters, the ellipsis included.
 */
export function inert(text: string, max = 200): string {
  // Cut before escaping, so that 10 MB cost nothing; escaping only ever lengthens.
  const escaped = text.slice(0, max + 1).replace(unsafe, visible);
  return escaped.length > max ? `${escaped.slice(0, max - 1)}…` : escaped;
}

/** Cc (controls, C1 included), Cf (bidi overrides, zero-width and tag characters), Cs (lone surrogates), line separators. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

function visible(character: string): string {
  const known = escapes[character];
  if (known !== undefined) return known;
  const point = character.codePointAt(0) ?? 0;
  return point <= 0xff ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
}
