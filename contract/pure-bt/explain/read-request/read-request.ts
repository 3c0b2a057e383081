import { definedOnly } from '../../../../spec/defined-only.ts';
import { firstItems } from '../../../../spec/first-items.ts';
import { isRecord } from '../../../../spec/is-record.ts';
import { plural } from '../../../../spec/plural.ts';
import { operation } from '../../../../spec/pure-bt/operation.ts';
import { inert } from '../../../inert.ts';
import { findRequests } from '../../../read-request/find-requests.ts';
import { describeJson, type FoundRequest } from '../../../read-request/found-request.ts';
import type { FoundFile } from '../../../read-request/json.ts';
import { repeatedNames } from '../../../read-request/repeated-names.ts';
import { UserError } from '../../../user-error.ts';
import type { ReadRequest } from '../known.ts';
import { hasMask } from '../masked.ts';

/**
 * Reads the requests to this operation from a file, in any form that {@link findRequests} knows.
 * @param name the file's name in messages.
 * @returns the requests, and why others of them cannot be read.
 * @throws UserError (exit code 2) that says what is wrong with the file, if it has no readable request.
 */
export function readRequestFile(
  bytes: Uint8Array,
  name: string,
): { readonly requests: readonly ReadRequest[]; readonly unreadable: readonly UserError[] } {
  const read = toThisOperation(findRequests(bytes, name), name).map((found) => readOne(found, name));
  const requests = read.flatMap((one) => (one instanceof UserError ? [] : [one]));
  // One broken request must not hide the others; a robustness test records many broken ones.
  const unreadable = read.filter((one) => one instanceof UserError);
  if (requests.length === 0 && unreadable[0] !== undefined) throw unreadable[0];
  return { requests, unreadable };
}

/**
 * The requests to this operation. A recording or a collection has others too. A command or a call is taken as one to this
 * operation if the file has none with its path: a gateway may have another one.
 */
function toThisOperation({ requests, whole, what }: FoundFile, name: string): readonly FoundRequest[] {
  const own = requests.filter(({ method = operation.method, url }) => method === operation.method && hasPath(url));
  if (own.length > 0) return own;
  if (!whole && requests.length > 0) return requests;
  if (requests.length === 0) {
    throw new UserError(
      `${name} is ${what} without a request; add the request to …${operation.path}, or copy it as cURL`,
      2,
    );
  }
  const places = [...new Set(requests.map(({ method = '', url = '' }) => `${method} ${pathIn(url) ?? url}`))];
  const shown = places.map((place) => inert(place, 60));
  throw new UserError(
    `no request in ${name} (${what}, ${plural(requests.length, 'request')}) is a ${operation.method} to …${operation.path}; it has ${firstItems(shown, 3)}`,
    2,
  );
}

/** A source with only a body says nothing about its path. */
function hasPath(url: string | undefined): boolean {
  return url === undefined || pathIn(url)?.replace(/\/$/, '').endsWith(operation.path) === true;
}

/** The path of a URL, also without a host or with a variable in place of it. */
function pathIn(url: string): string | undefined {
  const [, afterHost = url] = /^(?:[a-z]+:\/\/[^/]*|[^/]*)(\/.*)?$/i.exec(url) ?? [];
  return /^\/[^?#]*/.exec(afterHost)?.[0];
}

/** Where a request goes; undefined if it may be this operation. */
function otherPlaceOf({ method = operation.method, url }: FoundRequest): string | undefined {
  const path = (url === undefined ? undefined : pathIn(url)) ?? '/';
  if (method === operation.method && (hasPath(url) || path === '/')) return undefined;
  return `a ${inert(method, 20)} to ${inert(path, 60)}, not a ${operation.method} to …${operation.path}`;
}

function readOne(found: FoundRequest, name: string): ReadRequest | UserError {
  const { source, headers, body, problem, leavesOut } = found;
  const otherPlace = otherPlaceOf(found);
  const where = source === 'JSON' ? name : `${/[\d"]/.test(source) ? '' : 'the '}${source} in ${name}`;
  if (problem !== undefined) {
    const place = otherPlace === undefined ? '' : `; it is ${otherPlace}`;
    return new UserError(`${where} ${problem}${place}`, 2);
  }
  const value = typeof body === 'string' ? parseBody(body) : body;
  if (isRecord(value)) {
    const mayBeMasked = hasMask(JSON.stringify([headers ?? [], value])) ? (true as const) : undefined;
    const names = typeof body === 'string' ? repeatedNames(body) : (found.repeated ?? []);
    const repeated = names.length === 0 ? undefined : names;
    return { source, headers, body: value, ...definedOnly({ leavesOut, otherPlace, mayBeMasked, repeated }) };
  }
  if (typeof body === 'string' && value === undefined) return notJson(body, where);
  return new UserError(`the body in ${where} is ${describeJson(value)}, not a JSON object`, 2);
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(body: string, where: string): UserError {
  let next = 'copy the request as it was sent';
  if (/^\w+=/.test(body)) next = 'it looks like a form, but the operation takes application/json';
  else if (/^\s*\{/.test(body) && !/\}\s*$/.test(body)) next = 'it ends too early: copy the whole request';
  return new UserError(`the body in ${where} is not JSON (${plural(body.length, 'character')}); ${next}`, 2);
}
