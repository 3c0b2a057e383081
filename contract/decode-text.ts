/**
 * Decodes the text of a file: UTF-8, or UTF-16 as PowerShell's `>` writes it. A byte order mark is left out.
 * Without a mark, UTF-16 shows by the zero byte next to its first character.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first = 1, second = 1] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return new TextDecoder('utf-16le').decode(bytes);
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
    return new TextDecoder('utf-16be').decode(bytes);
  }
  return new TextDecoder().decode(bytes);
}
