import { headerValue, type ServedRequest } from '../../http.ts';
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
  const header = (name: string): string | undefined => headerValue(request.headers, name.toLowerCase());
  const readers: Readonly<Record<DeclaredField['place'], (field: DeclaredField) => unknown>> = {
    query: ({ steps: [first = ''] }) => url.searchParams.get(first) ?? undefined,
    path: ({ steps: [first = ''] }) => inPath?.get(first),
    header: ({ steps: [first = ''] }) => header(first),
    cookie: ({ steps: [first = ''] }) => new RegExp(`(?:^|; )${first}=([^;]*)`).exec(header('cookie') ?? '')?.[1],
    form: ({ name }) => (body instanceof URLSearchParams ? (body.get(name) ?? undefined) : undefined),
    body: (field) => valueAt(field, body),
  };
  const values = new Map<string, unknown>();
  for (const field of fields) {
    const value = readers[field.place](field);
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
