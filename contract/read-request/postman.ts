import { isRecord } from '../../spec/is-record.ts';
import { inert } from '../inert.ts';
import type { FoundRequest } from './found-request.ts';
import { deepestFolder, readHeaders, recordsIn, withToken } from './found-request.ts';
import type { Values } from './variables.ts';
import { fillRequest } from './variables.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a request inherits from its folders and its collection. */
type Inherited = { readonly path: string; readonly auth: unknown; readonly values: Values };

/** The requests of a Postman collection 2.0 or 2.1. Source: schema.getpostman.com, collection 2.1.0. */
export function readPostman(collection: Json): readonly FoundRequest[] {
  return readItems(collection, { path: '', auth: undefined, values: new Map() }, 0);
}

function readItems(parent: Json, inherited: Inherited, depth: number): readonly FoundRequest[] {
  const values = new Map([...inherited.values, ...readVariables(parent['variable'])]);
  const auth = parent['auth'] === undefined ? inherited.auth : parent['auth'];
  const items = depth < deepestFolder ? recordsIn(parent['item']) : [];
  return items.flatMap((item) => {
    const path = `${inherited.path}${inherited.path === '' ? '' : '/'}${String(item['name'] ?? 'request')}`;
    if (Array.isArray(item['item'])) return readItems(item, { path, auth, values }, depth + 1);
    return [fillRequest(readItem(item['request'], path, auth), values)];
  });
}

function readItem(given: unknown, path: string, inheritedAuth: unknown): FoundRequest {
  const request = isRecord(given) ? given : { url: given };
  const { method = 'GET', url, header, body, auth = inheritedAuth } = request as Json;
  return {
    source: `Postman request "${inert(path, 80)}"`,
    method: String(method),
    url: String(isRecord(url) ? url['raw'] : url),
    headers: withToken(readHeaders(header) ?? [], readAuth(auth)),
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
function readAuth(auth: unknown): string | undefined {
  if (!isRecord(auth) || auth['type'] !== 'bearer') return undefined;
  const { bearer } = auth;
  const token = isRecord(bearer) ? bearer['token'] : readVariables(bearer).get('token');
  return token === undefined ? undefined : `Bearer ${String(token)}`;
}

/** Variables, or settings of `auth`. One without a value is left out, so that it is named as unknown. */
function readVariables(list: unknown): Values {
  return new Map(
    recordsIn(list).flatMap(({ key, value, disabled }) => {
      const known = disabled !== true && value !== undefined && value !== null && value !== '';
      return known ? [[String(key), String(value)] as const] : [];
    }),
  );
}
