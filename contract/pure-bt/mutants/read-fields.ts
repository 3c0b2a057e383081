/** Servers that read the fields of a body differently. */

import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import { bodyText, edited } from '../../mutants/operators.ts';

/** Changes the fields after they were read; undefined refuses the body as unreadable. */
export function readingFields(
  change: (fields: Fields, body: string) => Fields | undefined,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return {
    readFields: (body) => {
      const fields = inner.readFields(body);
      return fields === undefined ? undefined : change(fields, bodyText({ body }));
    },
  };
}

/** Refuses some bodies as unreadable. */
export function refusingFields(
  isRefused: (fields: Fields, body: string) => boolean,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return readingFields((fields, body) => (isRefused(fields, body) ? undefined : fields), inner);
}

/** Reads null as a value in some fields. */
export function nullsIn(
  names: readonly (keyof Fields)[],
  value: string | boolean,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return readingFields((fields, body) => {
    const isNull = (name: string): boolean => new RegExp(`"${name}":\\s*null`).test(body);
    return { ...fields, ...Object.fromEntries(names.filter(isNull).map((name) => [name, value])) };
  }, inner);
}

/** Edits the text of a body before it is read. */
export function editingBody(edit: (text: string) => string): Partial<Behaviour> {
  return { readFields: (body) => correct.readFields(edited(body, edit)) };
}

/** The JSON object in a text, without text before and after it; a list is not changed. */
export function objectIn(text: string): string {
  return text.startsWith('[') ? text : text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
}

/** Converts numbers and booleans in a body to the expected types; a body without an object is not changed. */
export function coerced(text: string): string {
  const fields = parse(text);
  if (fields === undefined) return text;
  const scalars = Object.entries(fields).map(([name, value]) => {
    if (typeof value === 'object') return [name, value];
    if (name === 'capabilitiesBitmask') return [name, Math.trunc(Math.abs(Number(value))) % 16 || 0];
    if (name === 'isCommonDevice') return [name, value !== false && value !== 'false' && value !== 0];
    return [name, String(value)];
  });
  return JSON.stringify(Object.fromEntries(scalars));
}

/** Whether a body has unknown keys, or deviceName or signature twice. */
export function hasOtherKeys(text: string): boolean {
  const fields = parse(text);
  if (fields === undefined) return false;
  const known =
    /^(pk|dk|fid|frid|pwd|random|signature|deviceName|isCommonDevice|capabilitiesBitmask|bindingCode|encrypted\w+)$/;
  const single = ['deviceName', 'signature'].filter((name) => name in fields);
  const twice = (text.match(/"(?:deviceName|signature)":/g) ?? []).length > single.length;
  return twice || Object.keys(fields).some((name) => !known.test(name));
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
