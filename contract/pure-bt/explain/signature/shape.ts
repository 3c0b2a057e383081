const lengths: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: 'SHA-1',
  56: 'SHA-224',
  96: 'SHA-384',
  128: 'SHA-512',
};

/** What a signature looks like, where it does not look like 64 hex digits in lower case. */
export function shapeOf(signature: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(signature)) return undefined;
  if (/^[0-9a-f]+$/i.test(signature)) {
    const known = lengths[signature.length];
    if (known !== undefined) return `it has ${signature.length} hex digits, as ${known} makes them; 64 are due`;
    if (signature.length !== 64) return `it has ${signature.length} hex digits; 64 are due`;
    return 'its hex digits are not all in lower case';
  }
  if (/^[\w+/-]{43}=?$/.test(signature)) return 'it looks like 32 bytes in Base64; 64 hex digits are due';
  return `it has ${signature.length} characters and is no hex; 64 hex digits are due`;
}
