import { isRecord } from '../../../../spec/is-record.ts';
import { UserError } from '../../../user-error.ts';

/** One request as it was found in a file. */
export type ReadRequest = {
  /** Where it stood: `JSON`, `curl command`, `HAR entry 3`. */
  readonly source: string;
  /** Undefined where the source holds a body alone, so that nothing can be said about the token. */
  readonly headers: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body: Readonly<Record<string, unknown>>;
};

/** A body's text as an object. */
export function parseBody(text: string, name: string): ReadRequest['body'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const form = /^\w+=/.test(text) ? '; it looks like a form, and the operation takes application/json' : '';
    throw new UserError(`the body in ${name} is no JSON (${text.length} characters)${form}`, 2, { cause: error });
  }
  return requireObject(value, `the body in ${name}`);
}

/** A value that must be a JSON object. */
export function requireObject(value: unknown, name: string): ReadRequest['body'] {
  if (isRecord(value)) return value;
  const given = { undefined: 'missing', object: Array.isArray(value) ? 'a list' : 'null' }[String(typeof value)];
  throw new UserError(`${name} is ${given ?? `a ${typeof value}`}, not a JSON object`, 2);
}

/** Headers as an object, as pairs, or as HAR's `{ name, value }`. */
export function readHeaders(value: unknown): ReadRequest['headers'] {
  if (isRecord(value)) return Object.entries(value).map(([name, content]) => [name, String(content)]);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (Array.isArray(item)) return [[String(item[0]), String(item[1])] as const];
    return isRecord(item) ? [[String(item['name']), String(item['value'])] as const] : [];
  });
}
