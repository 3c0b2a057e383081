import { isRecord } from '../../../../spec/is-record.ts';
import { UserError } from '../../../user-error.ts';

/** One request as it was found in a file. */
export type ReadRequest = {
  /** Where it was found: `JSON`, `curl command`, `HAR entry 3`. */
  readonly source: string;
  /** Undefined if the source has only a body; the token cannot be checked then. */
  readonly headers: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body: Readonly<Record<string, unknown>>;
};

/** Parses the text of a body. */
export function parseBody(text: string, name: string): ReadRequest['body'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const form = /^\w+=/.test(text) ? '; it looks like a form, but the operation takes application/json' : '';
    throw new UserError(`the body in ${name} is not JSON (${text.length} characters)${form}`, 2, { cause: error });
  }
  return requireObject(value, `the body in ${name}`);
}

/** Returns a value that must be a JSON object. */
export function requireObject(value: unknown, name: string): ReadRequest['body'] {
  if (isRecord(value)) return value;
  const given = { undefined: 'missing', object: Array.isArray(value) ? 'a list' : 'null' }[String(typeof value)];
  throw new UserError(`${name} is ${given ?? `a ${typeof value}`}, not a JSON object`, 2);
}

/** Reads headers given as an object, as pairs, or as HAR's `{ name, value }`. */
export function readHeaders(value: unknown): ReadRequest['headers'] {
  if (isRecord(value)) return Object.entries(value).map(([name, content]) => [name, String(content)]);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (Array.isArray(item)) return [[String(item[0]), String(item[1])] as const];
    return isRecord(item) ? [[String(item['name']), String(item['value'])] as const] : [];
  });
}
