import { isRecord } from '../../spec/is-record.ts';
import { inert } from '../inert.ts';
import type { FoundRequest } from './found-request.ts';
import { deepestFolder, readHeaders, recordsIn, withToken } from './found-request.ts';
import type { Values } from './variables.ts';
import { fillRequest } from './variables.ts';

type Json = Readonly<Record<string, unknown>>;

/** The requests of an Insomnia export: version 4 (JSON, a flat list of resources) or 5 (YAML, nested). */
export function readInsomnia(exported: Json): readonly FoundRequest[] {
  const resources = recordsIn(exported['resources']);
  if (resources.length > 0) {
    const environments = resources.filter(({ _type }) => _type === 'environment').map(({ data }) => data);
    const requests = resources.filter(({ _type }) => _type === 'request');
    return requests.map((request) => readRequest(request, undefined, readValues(environments)));
  }
  const { environments } = exported;
  const { data, subEnvironments } = isRecord(environments) ? environments : {};
  const values = readValues([data, ...recordsIn(subEnvironments).map((environment) => environment['data'])]);
  return readChildren(recordsIn(exported['collection']), { auth: undefined, values }, 0);
}

type Inherited = { readonly auth: unknown; readonly values: Values };

function readChildren(items: readonly Json[], inherited: Inherited, depth: number): readonly FoundRequest[] {
  return items.flatMap((item) => {
    const auth = inheritedAuth(item['authentication'], inherited.auth);
    const values = new Map([...inherited.values, ...readValues([item['environment']])]);
    if (item['url'] === undefined && depth < deepestFolder)
      return readChildren(recordsIn(item['children']), { auth, values }, depth + 1);
    return [readRequest(item, auth, values)];
  });
}

function readRequest(request: Json, auth: unknown, values: Values): FoundRequest {
  const { name, url, method, body } = request;
  const text = isRecord(body) ? body['text'] : undefined;
  const found: FoundRequest = {
    source: `Insomnia request "${inert(String(name ?? 'request'), 80)}"`,
    method: String(method ?? 'GET'),
    url: String(url),
    headers: withToken(readHeaders(request['headers']) ?? [], readAuth(inheritedAuth(request['authentication'], auth))),
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

function readAuth(auth: unknown): string | undefined {
  if (!isRecord(auth) || auth['type'] !== 'bearer' || auth['disabled'] === true) return undefined;
  return `${String(auth['prefix'] || 'Bearer')} ${String(auth['token'] ?? '')}`;
}

function readValues(environments: readonly unknown[]): Values {
  const entries = environments.filter(isRecord).flatMap((data) => Object.entries(data));
  return new Map(entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])));
}
