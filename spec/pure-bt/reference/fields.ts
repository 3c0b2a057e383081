import type { PlainBindingRequest } from '../types.ts';

/** A body with fields of the documented types; null counts as absent. */
export type Fields = { readonly [Name in keyof PlainBindingRequest]?: NonNullable<PlainBindingRequest[Name]> };

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
    // V8's parser is not recursive, so no depth of nesting can crash the process.
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}
