type Parsed = { readonly value: unknown } | { readonly problem: string };

/** Deepest nesting of objects and arrays that is parsed: an envelope needs 2, and whatever walks a value may recurse. */
const deepest = 100;
/** What is said of a body that is nested deeper. */
export const tooDeep: string = `is nested more than ${deepest} deep`;

/** An answer is read by its judge and, right after, by its report: parsed once. More than the last would hold memory. */
let last: { readonly body: Uint8Array; readonly parsed: Parsed } | undefined;

/** The JSON value of bytes read as strict UTF-8, or what is wrong with them. */
export function parseJson(body: Uint8Array): Parsed {
  if (last?.body !== body) last = { body, parsed: parse(body) };
  return last.parsed;
}

function parse(body: Uint8Array): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text === '') return { problem: 'it is empty' };
    // RFC 8259, 8.1: a JSON text on a network begins with none, and many parsers stop at one.
    if (text.startsWith('\ufeff')) return { problem: 'it begins with a byte order mark' };
    if (isNestedDeeper(body, deepest)) return { problem: `it ${tooDeep}` };
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'it cannot be parsed' : 'it is not UTF-8' };
  }
}

/** Counts brackets outside of strings, on the bytes: in UTF-8, no byte of a longer character is one of them. */
function isNestedDeeper(json: Uint8Array, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length && depth <= limit; at += 1) {
    const byte = json[at];
    if (inString && byte === 0x5c) at += 1;
    else if (byte === 0x22) inString = !inString;
    else if (inString) continue;
    else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return depth > limit;
}
