import { UserError } from '../../../user-error.ts';
import type { ReadRequest } from './read-request.ts';

/** A request's body, or `{ headers, body }` as `bindgate payload` prints it; the body may be text. */
export function readJson(value: unknown, name: string, source: string): ReadRequest {
  if (!isObject(value)) throw new UserError(`${name} is ${kindOf(value)}, not a JSON object`, 2);
  // A body has a signature of its own; only a request has a body in it.
  const wrapped = Object.hasOwn(value, 'body') && !Object.hasOwn(value, 'signature');
  if (!wrapped) return { source, headers: undefined, body: value };
  const { body } = value as { body: unknown };
  return {
    source,
    headers: readHeaders((value as { headers?: unknown }).headers),
    body: typeof body === 'string' ? parseBody(body, name) : requireObject(body, name),
  };
}

/** A body's text as an object. */
export function parseBody(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const form = /^\w+=/.test(text) ? '; it looks like a form, and the operation takes application/json' : '';
    throw new UserError(`the body in ${name} is no JSON (${text.length} characters)${form}`, 2, { cause: error });
  }
  return requireObject(value, name);
}

/** JSON text of a file, with the place of the first error. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, place] = /\(line (\d+ column \d+)\)/.exec(error instanceof Error ? error.message : '') ?? [];
    const where = place === undefined ? '' : ` (line ${place})`;
    throw new UserError(`${name} starts like JSON and is none${where}; check it with a JSON validator`, 2, {
      cause: error,
    });
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Headers as an object, as pairs, or as HAR's `{ name, value }`. */
export function readHeaders(value: unknown): readonly (readonly [string, string])[] | undefined {
  if (isObject(value)) return Object.entries(value).map(([name, content]) => [name, String(content)]);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (Array.isArray(item)) return [[String(item[0]), String(item[1])] as const];
    return isObject(item) ? [[String(item['name']), String(item['value'])] as const] : [];
  });
}

function requireObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new UserError(`the body in ${name} is ${kindOf(value)}, not a JSON object`, 2);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
