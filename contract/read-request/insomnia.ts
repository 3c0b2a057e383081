import { isRecord } from '../../spec/is-record.ts';
import { inert } from '../inert.ts';
import type { FoundRequest } from './found-request.ts';
import { readHeaders } from './found-request.ts';
import type { Values } from './variables.ts';
import { fillRequest } from './variables.ts';

type Json = Readonly<Record<string, unknown>>;

/** Folders may be nested so deep; no one nests so many. */
const deepest = 50;

/** The requests of an Insomnia export: version 4 (JSON, a flat list of resources) or 5 (YAML, nested). */
export function readInsomnia(exported: Json): readonly FoundRequest[] {
  const resources = listIn(exported['resources']);
  if (resources.length > 0) {
    const environments = resources.filter(({ _type }) => _type === 'environment').map(({ data }) => data);
    const requests = resources.filter(({ _type }) => _type === 'request');
    return requests.map((request) => readRequest(request, undefined, readValues(environments)));
  }
  const { environments } = exported;
  const { data, subEnvironments } = isRecord(environments) ? environments : {};
  const values = readValues([data, ...listIn(subEnvironments).map((environment) => environment['data'])]);
  return readChildren(listIn(exported['collection']), { auth: undefined, values }, 0);
}

type Inherited = { readonly auth: unknown; readonly values: Values };

function readChildren(items: readonly Json[], inherited: Inherited, depth: number): readonly FoundRequest[] {
  return items.flatMap((item) => {
    const auth = inheritedAuth(item['authentication'], inherited.auth);
    const values = new Map([...inherited.values, ...readValues([item['environment']])]);
    if (item['url'] === undefined && depth < deepest)
      return readChildren(listIn(item['children']), { auth, values }, depth + 1);
    return [readRequest(item, auth, values)];
  });
}

function readRequest(request: Json, auth: unknown, values: Values): FoundRequest {
  const { name, url, method, body } = request;
  const headers = readHeaders(request['headers']) ?? [];
  const has = headers.some(([header]) => header.toLowerCase() === 'authorization');
  const text = isRecord(body) ? body['text'] : undefined;
  const found: FoundRequest = {
    source: `Insomnia request "${inert(String(name ?? 'request'), 80)}"`,
    method: String(method ?? 'GET'),
    url: String(url),
    headers: has ? headers : [...headers, ...readAuth(inheritedAuth(request['authentication'], auth))],
    ...(typeof text === 'string' && text !== ''
      ? { body: text }
      : { problem: 'has no body; give it one of type JSON' }),
  };
  return fillRequest(found, values);
}

/** An empty object inherits; `{ type: none }` does not. */
function inheritedAuth(own: unknown, above: unknown): unknown {
  return isRecord(own) && Object.keys(own).length > 0 ? own : above;
}

function readAuth(auth: unknown): readonly (readonly [string, string])[] {
  if (!isRecord(auth) || auth['type'] !== 'bearer' || auth['disabled'] === true) return [];
  return [['authorization', `${String(auth['prefix'] || 'Bearer')} ${String(auth['token'] ?? '')}`]];
}

function readValues(environments: readonly unknown[]): Values {
  const entries = environments.filter(isRecord).flatMap((data) => Object.entries(data));
  return new Map(entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])));
}

function listIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
