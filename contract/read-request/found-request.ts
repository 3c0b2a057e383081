import type { Headers } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a file says about a request; nothing is known yet about the operation that it calls. */
export type RequestParts = {
  /** Undefined if the source does not say. */
  readonly method?: string | undefined;
  /** As the source has it: whole, only a path, or with variables. Undefined if the source has only a body. */
  readonly url?: string | undefined;
  /** Undefined if the source has only a body. */
  readonly headers?: Headers | undefined;
  /** Text, or a value that the source has as JSON. */
  readonly body?: unknown;
  /** Why the body cannot be read, and the next step; follows the request's name. */
  readonly problem?: string | undefined;
  /** Why a header may be missing here although the client sent it. */
  readonly leavesOut?: string | undefined;
  /** Names that an object of the request has more than once, if the body is a value. */
  readonly repeated?: readonly string[] | undefined;
};

/** A request of a file. */
export type FoundRequest = RequestParts & {
  /** Where it was found: `JSON`, `curl command 2`, `HAR entry 3`. Safe to print. */
  readonly source: string;
};

/** Reads headers given as an object, as pairs, or as `{ name, value }` (HAR, Insomnia) or `{ key, value }` (Postman). */
export function readHeaders(value: unknown): Headers | undefined {
  if (isRecord(value)) return Object.entries(value).map(([name, content]) => [name, String(content)]);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    if (Array.isArray(item)) return [[String(item[0]), String(item[1])] as const];
    if (!isRecord(item) || item['disabled'] === true) return [];
    return [[String(item['name'] ?? item['key']), String(item['value'])] as const];
  });
}

/** What a value is that should be a JSON object: `a list`, `missing`. */
export function describeJson(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
