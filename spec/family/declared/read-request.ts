import type { ServedRequest } from '../../http.ts';
import { type Declared, type DeclaredField, valueAt } from './model.ts';

/** The values of a request by field name. Null counts as absent; an empty text is kept. */
export type Values = ReadonlyMap<string, unknown>;

/** Reads the fields of a request; undefined if its body cannot be read or a value has a wrong type. */
export function readRequest(declared: Declared, request: ServedRequest): Values | undefined {
  const { fields, body: kind } = declared;
  const url = new URL(request.path, 'http://server');
  const body = kind === 'none' ? undefined : readBody(kind, request.body);
  if (kind !== 'none' && body === undefined) return undefined;
  const inPath = pathValues(declared.path, url.pathname);
  const values = new Map<string, unknown>();
  for (const field of fields) {
    const value = readValue(field, { query: url.searchParams, inPath, headers: request.headers, body });
    if (value === undefined || value === null) continue;
    const read = field.place === 'body' ? ofType(value, field) : fromText(value, field);
    if (read === undefined) return undefined;
    values.set(field.name, read);
  }
  return values;
}

/** Whether a path has the form of the operation's path. */
export function matchesPath(template: string, path: string): boolean {
  return pathValues(template, path.split('?')[0] ?? '') !== undefined;
}

function pathValues(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const values = new Map<string, string>();
  for (const [at, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    const text = given[at] ?? '';
    if (name === undefined && text !== part) return undefined;
    if (name !== undefined) values.set(name, decoded(text));
  }
  return values;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Sources = {
  readonly query: URLSearchParams;
  readonly inPath: ReadonlyMap<string, string> | undefined;
  readonly headers: ServedRequest['headers'];
  readonly body: unknown;
};

function readValue({ place, steps, name }: DeclaredField, { query, inPath, headers, body }: Sources): unknown {
  const [first = ''] = steps;
  switch (place) {
    case 'query':
      return query.get(first) ?? undefined;
    case 'path':
      return inPath?.get(first);
    case 'header':
      return headers.find(([key]) => key.toLowerCase() === first.toLowerCase())?.[1];
    case 'cookie':
      return new RegExp(`(?:^|; )${first}=([^;]*)`).exec(
        headers.find(([key]) => key.toLowerCase() === 'cookie')?.[1] ?? '',
      )?.[1];
    case 'form':
      return body instanceof URLSearchParams ? (body.get(name) ?? undefined) : undefined;
    default:
      return valueAt({ steps }, body);
  }
}

function readBody(kind: 'json' | 'form', bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (kind === 'form') return new URLSearchParams(text);
    // A recursive parser could crash the process on text that is nested very deeply.
    if ((text.match(/[[{]/g) ?? []).length > 10_000) return undefined;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No coercion in JSON: `"3"` is not a number. */
function ofType(value: unknown, { type }: DeclaredField): unknown {
  if (type === 'array') return Array.isArray(value) ? value : undefined;
  if (type === 'integer') return Number.isInteger(value) ? value : undefined;
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  return typeof value === type ? value : undefined;
}

function fromText(value: unknown, { type }: DeclaredField): unknown {
  const text = String(value);
  // An empty parameter is an absent one, for every type but text.
  if (type === 'string' || type === 'array' || type === 'object' || text === '') return text;
  if (type === 'boolean') return text === 'true' || text === 'false' ? text === 'true' : undefined;
  const number = Number(text);
  return Number.isNaN(number) || (type === 'integer' && !Number.isInteger(number)) ? undefined : number;
}
