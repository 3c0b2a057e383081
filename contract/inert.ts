const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes text of a target safe for every output: control characters, escape sequences, line breaks, lone surrogates and
 * direction overrides become visible escapes. The result is one line and has a maximum length.
 *
 * Without line breaks, no text can start a new line, so workflow commands of a CI (`::error`) have no effect.
 * @param max the maximum length in characters, including the ellipsis.
 */
export function inert(text: string, max = 200): string {
  // Cut before escaping, so that 10 MB are not escaped. Escaping never shortens a text.
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
