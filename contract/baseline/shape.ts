/** A server may send a body of any size, but people read the lines of a baseline file. */
const limits = { depth: 6, fields: 40, name: 40, text: 600 };

/** A field name that is really a value: a number, a hash or a UUID. All such fields of a map count as one. */
const valueName = /^(\d+|(?=.*\d)[0-9a-f]{8,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The document's field names. They are in every answer and need no mask. */
const envelope: ReadonlySet<string> = new Set(['code', 'msg', 'data', 'verified', 'extMsg']);

/**
 * Writes names and types of a JSON value at every depth, sorted, as one word: `{code:number,data:{verified:number=1},msg:string}`.
 *
 * An array is the set of its elements' types. Only `verified` keeps its value, because it is an enumeration. `mask` hides
 * secrets and devices in field names.
 */
export function bodyShape(value: unknown, mask: (text: string) => string): string {
  const text = describeShape(value, mask, 0);
  return text.length > limits.text ? `${text.slice(0, limits.text)}…` : text;
}

function describeShape(value: unknown, mask: (text: string) => string, depth: number): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (depth === limits.depth) return '…';
  if (Array.isArray(value)) {
    const kinds = new Set(value.slice(0, limits.fields).map((element) => describeShape(element, mask, depth + 1)));
    return `[${[...kinds].sort().join('|')}]`;
  }
  const entries = Object.entries(value);
  const fields = entries.slice(0, limits.fields).map(([name, content]) => {
    const enumerated = name === 'verified' && /^[01]$/.test(String(content)) ? `=${String(content)}` : '';
    return `${envelope.has(name) ? name : fieldWord(mask(name))}:${describeShape(content, mask, depth + 1)}${enumerated}`;
  });
  const more = entries.length > limits.fields ? ['…'] : [];
  return `{${[...new Set(fields)].sort().concat(more).join()}}`;
}

/** A name with all characters escaped that have a meaning in a shape or a line. */
function fieldWord(name: string): string {
  if (valueName.test(name)) return '#';
  const word = name.slice(0, limits.name).replace(/[^\p{L}\p{N}_.$@«»-]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
  return name.length > limits.name ? `${word}…` : word;
}

/** Reads the fields of a shape by path: `data.verified` → `number=1`. A shape that is not an object has one field, `body`. */
export function readFields(shape: string): ReadonlyMap<string, string> {
  return new Map(listFields(shape, ''));
}

function listFields(shape: string, path: string): readonly (readonly [path: string, shape: string])[] {
  if (!shape.startsWith('{') || !shape.endsWith('}')) return [[path || 'body', shape]];
  const fields = splitParts(shape.slice(1, -1)).flatMap((field) => {
    const [name = '', ...rest] = field.split(':');
    return rest.length === 0 ? [] : listFields(rest.join(':'), path === '' ? name : `${path}.${name}`);
  });
  return path === '' ? fields : [[path, 'object'], ...fields];
}

/** Splits a text at the commas outside of brackets. */
function splitParts(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (character !== ',' || depth !== 0) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)].filter((part) => part !== '');
}
