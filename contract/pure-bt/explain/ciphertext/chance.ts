/** How far a bindingCode that is not known can tell which IV was used. */

const digits = '0123456789';
const codeCharacters = `${digits}ABCDEF`;
/** What an IV is usually drawn from, if it is text. */
const usualIvs = [
  digits,
  codeCharacters,
  `${digits}abcdef`,
  `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`,
];

/** For each byte of a wrong IV: how often a character of a code is still one under it. */
function tableFor(usual: string): Float64Array {
  const isCode = new Set(Buffer.from(codeCharacters));
  return Float64Array.from({ length: 256 }, (_, byte) => {
    const hits = [...usual].flatMap((used) =>
      [...codeCharacters].filter((code) => isCode.has(code.charCodeAt(0) ^ used.charCodeAt(0) ^ byte)),
    );
    return hits.length / (usual.length * codeCharacters.length);
  });
}

/** Made when the first code is doubtful: most requests need none, and they take longer than an explanation. */
let tables: readonly Float64Array[] | undefined;

/** The probability that a code that was encrypted under a usual IV reads as another code under this one. */
export function chanceOfCode(iv: Uint8Array): number {
  tables ??= usualIvs.map(tableFor);
  return Math.max(...tables.map((table) => iv.reduce((product, byte) => product * (table[byte] ?? 0), 1)));
}
