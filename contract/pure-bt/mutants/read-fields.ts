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
