import type { PlainBindingRequest } from '../types.ts';

/** A body with fields of the documented types; null counts as absent. */
export type Fields = { readonly [Name in keyof PlainBindingRequest]?: NonNullable<PlainBindingRequest[Name]> };

/** Deeper JSON is refused before it is parsed; the operation's body has depth 1. */
const deepest = 32;

/** Uses the keys of the contract's type: a new field does not compile until it is added here. */
const types: Readonly<Record<keyof PlainBindingRequest, 'string' | 'boolean' | 'bitmask'>> = {
  pk: 'string',
  dk: 'string',
  bindingCode: 'string',
  encryptedBindingCode: 'string',
  encryptedNewBindingSecret: 'string',
  encryptedOldBindingSecret: 'string',
  random: 'string',
  signature: 'string',
  pwd: 'string',
  deviceName: 'string',
  fid: 'string',
  frid: 'string',
  capabilitiesBitmask: 'bitmask',
  isCommonDevice: 'boolean',
};

const typesByName = Object.entries(types);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The known fields of a JSON body, or undefined if it is not a JSON object or a field has a wrong type. */
export function readFields(body: Uint8Array): Fields | undefined {
  const value = parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields: Record<string, unknown> = {};
  // Only known own properties are read, so `__proto__` and unknown keys have no effect.
  for (const [name, type] of typesByName) {
    const content: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    if (content === undefined || content === null) continue;
    if (!hasType(content, type)) return undefined;
    fields[name] = content;
  }
  return fields;
}

/** No coercion: `"3"` is not a bitmask. The document's example has 0, so 0 is accepted as well as 1 to 15. */
function hasType(content: unknown, type: 'string' | 'boolean' | 'bitmask'): boolean {
  if (type !== 'bitmask') return typeof content === type;
  return typeof content === 'number' && Number.isInteger(content) && content >= 0 && content <= 15;
}

function parse(body: Uint8Array): unknown {
  try {
    const text = decoder.decode(body);
    return isTooDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counts brackets outside strings; a recursive parser could crash the process at 100,000 levels. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}
