import type { Headers } from '../../spec/http.ts';
import { headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';

/** A request as a file has it; nothing is known yet about the operation that it calls. */
export type FoundRequest = {
  /** Where it was found: `JSON`, `curl command 2`, `HAR entry 3`. Safe to print. */
  readonly source: string;
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

/** Headers with the token that a tool keeps apart from them; a header `Authorization` of the request comes first. */
export function withToken(headers: Headers, authorization: string | undefined): Headers {
  if (authorization === undefined || headerValue(headers, 'authorization') !== undefined) return headers;
  return [...headers, ['authorization', authorization]];
}

/** The objects in a value that should be a list of objects. */
export function recordsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Folders of a collection may be nested so deep; no one nests so many. */
export const deepestFolder = 50;

/** Numbers the requests of a file that has several: `curl command 2`. */
export function numbered(what: string, requests: readonly Omit<FoundRequest, 'source'>[]): readonly FoundRequest[] {
  return requests.map((request, index) => ({
    ...request,
    source: requests.length === 1 ? what : `${what} ${index + 1}`,
  }));
}

/** What a value is that should be a JSON object: `a list`, `missing`. */
export function describeJson(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
