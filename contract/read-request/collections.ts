import { type Headers, headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import { inert } from '../inert.ts';
import { type FoundRequest, type JsonObject, readHeaders } from './found-request.ts';
import { fillRequest } from './variables.ts';

/** Collections of Postman and Insomnia: folders of requests, which inherit their token and variables. */

/** Folders may be nested so deep; no one nests so many. */
const deepestFolder = 50;

/** The requests of a Postman collection 2.0 or 2.1. Source: schema.getpostman.com, collection 2.1.0. */
export function readPostman(collection: JsonObject): readonly FoundRequest[] {
  return readItems(collection, '', undefined, new Map(), 0);
}

/** The requests of a folder, which inherit its path in the collection, its token and its variables. */
function readItems(
  parent: JsonObject,
  above: string,
  inheritedAuth: unknown,
  inheritedValues: ReadonlyMap<string, string>,
  depth: number,
): readonly FoundRequest[] {
  const values = new Map([...inheritedValues, ...readVariables(parent['variable'])]);
  const { auth = inheritedAuth } = parent;
  const items = depth < deepestFolder ? recordsIn(parent['item']) : [];
  return items.flatMap((item) => {
    const path = above + String(item['name'] ?? 'request');
    if (Array.isArray(item['item'])) return readItems(item, `${path}/`, auth, values, depth + 1);
    return [fillRequest(readItem(item['request'], path, auth), values)];
  });
}

function readItem(given: unknown, path: string, inheritedAuth: unknown): FoundRequest {
  const request: JsonObject = isRecord(given) ? given : { url: given };
  const { method = 'GET', url, header, body, auth = inheritedAuth } = request;
  return {
    source: `Postman request "${inert(path, 80)}"`,
    method: String(method),
    url: String(isRecord(url) ? url['raw'] : url),
    headers: withToken(readHeaders(header) ?? [], postmanToken(auth)),
    ...readBody(body),
  };
}

function readBody(given: unknown): Pick<FoundRequest, 'body' | 'problem'> {
  const { mode, raw } = isRecord(given) ? given : {};
  if (mode === 'raw' && typeof raw === 'string' && raw !== '') return { body: raw };
  if (mode === undefined || mode === 'raw') return { problem: 'has no body; give it one of type raw' };
  return { problem: `has a body of type ${inert(String(mode), 20)}, but the operation takes JSON; use type raw` };
}

/** `auth` is a list of settings in collection 2.1, and an object in 2.0. */
function postmanToken(auth: unknown): string | undefined {
  if (!isRecord(auth) || auth['type'] !== 'bearer') return undefined;
  const { bearer } = auth;
  const token = isRecord(bearer) ? bearer['token'] : readVariables(bearer).get('token');
  return token === undefined ? undefined : `Bearer ${String(token)}`;
}

/** Variables, or settings of `auth`. One without a value is left out, so that it is named as unknown. */
function readVariables(list: unknown): ReadonlyMap<string, string> {
  return new Map(
    recordsIn(list).flatMap(({ key, value, disabled }) => {
      const known = disabled !== true && value !== undefined && value !== null && value !== '';
      return known ? [[String(key), String(value)] as const] : [];
    }),
  );
}

/** The requests of an Insomnia export: version 4 (JSON, a flat list of resources) or 5 (YAML, nested). */
export function readInsomnia(exported: JsonObject): readonly FoundRequest[] {
  const resources = recordsIn(exported['resources']);
  if (resources.length > 0) {
    const environments = resources.filter(({ _type }) => _type === 'environment').map(({ data }) => data);
    const values = readEnvironments(environments);
    const requests = resources.filter(({ _type }) => _type === 'request');
    return requests.map((request) => readInsomniaRequest(request, ownAuth(request, undefined), values));
  }
  const { environments } = exported;
  const { data, subEnvironments } = isRecord(environments) ? environments : {};
  const values = readEnvironments([data, ...recordsIn(subEnvironments).map((environment) => environment['data'])]);
  return readChildren(exported['collection'], undefined, values, 0);
}

function readChildren(
  items: unknown,
  inheritedAuth: unknown,
  above: ReadonlyMap<string, string>,
  depth: number,
): readonly FoundRequest[] {
  return recordsIn(items).flatMap((item) => {
    const auth = ownAuth(item, inheritedAuth);
    const values = new Map([...above, ...readEnvironments([item['environment']])]);
    if (item['url'] === undefined && depth < deepestFolder) {
      return readChildren(item['children'], auth, values, depth + 1);
    }
    return [readInsomniaRequest(item, auth, values)];
  });
}

function readInsomniaRequest(request: JsonObject, auth: unknown, values: ReadonlyMap<string, string>): FoundRequest {
  const { name, url, method, body, headers } = request;
  const text = isRecord(body) ? body['text'] : undefined;
  const found: FoundRequest = {
    source: `Insomnia request "${inert(String(name ?? 'request'), 80)}"`,
    method: String(method ?? 'GET'),
    url: String(url),
    headers: withToken(readHeaders(headers) ?? [], insomniaToken(auth)),
    ...(typeof text === 'string' && text !== ''
      ? { body: text }
      : { problem: 'has no body; give it one of type JSON' }),
  };
  return fillRequest(found, values);
}

/** An empty object inherits; `{ type: none }` does not. */
function ownAuth({ authentication: own }: JsonObject, inherited: unknown): unknown {
  return isRecord(own) && Object.keys(own).length > 0 ? own : inherited;
}

function insomniaToken(auth: unknown): string | undefined {
  if (!isRecord(auth) || auth['type'] !== 'bearer' || auth['disabled'] === true) return undefined;
  return `${String(auth['prefix'] || 'Bearer')} ${String(auth['token'] ?? '')}`;
}

function readEnvironments(environments: readonly unknown[]): ReadonlyMap<string, string> {
  const entries = environments.filter(isRecord).flatMap((data) => Object.entries(data));
  return new Map(entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])));
}

/** Headers with the token that a tool keeps apart from them; a header `Authorization` of the request comes first. */
function withToken(headers: Headers, authorization: string | undefined): Headers {
  if (authorization === undefined || headerValue(headers, 'authorization') !== undefined) return headers;
  return [...headers, ['authorization', authorization]];
}

/** The objects in a value that should be a list of objects. */
function recordsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
