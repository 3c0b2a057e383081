/** Shorter parts of a secret occur by chance, and tell little. */
const leastPart = 8;

/**
 * Replaces parts of secrets in a text: an IV that was cut from a secret would print it.
 * Letter case does not matter.
 * @param secrets names and values; whole values have been masked before.
 */
export function hideParts(
  secrets: readonly (readonly [name: string, value: string | undefined])[],
): (text: string) => string {
  return (text) => secrets.reduce((shown, [name, value = '']) => hideIn(shown, name, value.toLowerCase()), text);
}

function hideIn(text: string, name: string, value: string): string {
  let shown = '';
  let at = 0;
  while (at < text.length) {
    const length = commonLength(text, at, value);
    shown += length < leastPart ? text.slice(at, at + 1) : `«part of ${name}»`;
    at += length < leastPart ? 1 : length;
  }
  return shown;
}

/** The length of the longest part of a value that a text has at this place, if it is long enough. */
function commonLength(text: string, at: number, value: string): number {
  let length = leastPart;
  if (at + length > text.length || !value.includes(text.slice(at, at + length).toLowerCase())) return 0;
  while (at + length < text.length && value.includes(text.slice(at, at + length + 1).toLowerCase())) length += 1;
  return length;
}
