type Parsed = { readonly value: unknown } | { readonly problem: string };

/** Deeper nesting is not parsed: an envelope needs 2 levels, and code that walks a value may be recursive. */
const deepest = 100;
/** Describes a body that is nested deeper, after "the body". */
export const tooDeep: string = `is nested more than ${deepest} levels deep`;

/** The judge and the report read the same answer, one right after the other, so the last one is kept. */
let last: { readonly body: Uint8Array; readonly parsed: Parsed } | undefined;

/** The JSON value of bytes read as strict UTF-8, or the problem. */
export function parseJson(body: Uint8Array): Parsed {
  if (last?.body !== body) last = { body, parsed: parse(body) };
  return last.parsed;
}

/** The JSON value of bytes; undefined if they are not JSON. */
export function jsonValue(body: Uint8Array): unknown {
  const parsed = parseJson(body);
  return 'value' in parsed ? parsed.value : undefined;
}

function parse(body: Uint8Array): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text === '') return { problem: 'it is empty' };
    // RFC 8259, 8.1: JSON on a network must not begin with a byte order mark, and many parsers reject it.
    if (text.startsWith('\ufeff')) return { problem: 'it begins with a byte order mark' };
    if (isNestedDeeper(body, deepest)) return { problem: `it ${tooDeep}` };
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'it cannot be parsed' : 'it is not UTF-8' };
  }
}

/** Counts brackets outside of strings. Bytes are enough: in UTF-8, no byte of a longer character is a bracket. */
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
