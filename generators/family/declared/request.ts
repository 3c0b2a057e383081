import { definedOnly } from '../../../spec/defined-only.ts';
import {
  type Declared,
  type DeclaredField,
  fieldNamed,
  itemStep,
  leaves,
} from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import type { ApiRequest } from '../../../spec/http.ts';
import { seededRandom } from '../../random.ts';
import {
  type Body,
  type BuiltRequest,
  buildInStages,
  type Change,
  type Draft,
  type Json,
  type RequestContext,
} from '../../request.ts';
import { madeUpFixture } from '../fixture.ts';

/** Builds a request of an operation that is data: the required fields, then each change. */
export function buildDeclared(
  declared: Declared,
  context: RequestContext,
  changes: readonly Change[] = [],
): BuiltRequest {
  const built = buildInStages(
    { draft: () => draftRequest(declared, context), seal: ({ fields }) => fields, sign: (body) => body },
    context,
    changes,
  );
  const http = toDeclaredHttp(declared, built.body, built.authorization);
  const text = new TextDecoder().decode(http.body as Uint8Array);
  // The JSON of `body` also has the fields of the path and the query.
  return { ...built, http, shown: text };
}

/** An invented fixture with every member of the operation; its token is never valid. */
export function inventFixture(declared: Declared, seed: string): RequestContext['fixture'] {
  const random = seededRandom(0, seed);
  const known: RequestContext['fixture'] = madeUpFixture(random, 'made.up.token');
  const names = Object.keys(declaredOperation(declared).fixture);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? random.string.alphanumeric(16)]));
}

/** The simplest correct request: every field that each request must have. */
function draftRequest(declared: Declared, context: RequestContext): Draft {
  const fields = leaves(declared)
    .filter(({ always }) => always)
    .reduce<Body>((body, field) => put(body, field.steps, usualValue(field, context)), {});
  return { fields, plaintexts: {} };
}

/** Correct values that do not depend on the fixture. */
const constants: Body = { deviceName: 'Scale', isCommonDevice: true, capabilitiesBitmask: 4 };

/** A correct value of a field; undefined if none is known. */
export function usualValue({ facts, listed, type }: DeclaredField, { fixture }: RequestContext): Json | undefined {
  const { is, from, value, values } = facts;
  if (from !== undefined) return fixture[from];
  if (value !== undefined) return value as Json;
  if (values !== undefined) return values[0] as Json;
  const known = is === undefined ? listed[0] : (constants[is] ?? fixture[is]);
  return type === 'array' && known !== undefined ? [known] : known;
}

/** Whether a correct value of a field is known in every state. */
export function hasUsualValue({ facts, listed }: DeclaredField): boolean {
  const { is, from, value, values } = facts;
  if (is === 'fid' || is === 'frid') return false;
  return is !== undefined || from !== undefined || value !== undefined || values !== undefined || listed.length > 0;
}

/** A change that sets a field; undefined removes it. */
export function setField(
  { steps }: Pick<DeclaredField, 'steps'>,
  value: (context: RequestContext) => Json | undefined,
): Change {
  return {
    at: 'draft',
    apply: (draft, context) => ({ ...draft, fields: put(draft.fields, steps, value(context)) }),
  };
}

/** A change that adds a field with its usual value, and what the objects around it require; undefined if that is impossible. */
export function addField(declared: Declared, name: string): readonly Change[] | undefined {
  const field = fieldNamed(name, declared);
  if (field === undefined) return undefined;
  const around = leaves(declared).filter((leaf) => leaf !== field && isRequiredAround(leaf, field, declared));
  if (around.some((leaf) => !hasUsualValue(leaf))) return undefined;
  return [...around, field].map((leaf) => setField(leaf, (context) => usualValue(leaf, context)));
}

/** Whether an object around a field, which is sent only with it, requires this leaf. */
function isRequiredAround(leaf: DeclaredField, field: DeclaredField, declared: Declared): boolean {
  if (!leaf.required || leaf.always) return false;
  const shared = leaf.steps.findIndex((step, at) => step !== field.steps[at]);
  const common = shared < 0 ? leaf.steps.length : shared;
  if (common === 0) return false;
  const between = declared.fields.filter(
    ({ steps }) => steps.length > common && steps.length < leaf.steps.length && startsWith(leaf.steps, steps),
  );
  return between.every(({ required }) => required);
}

function startsWith(steps: readonly string[], start: readonly string[]): boolean {
  return start.every((step, at) => step === steps[at]);
}

/** A body with the value at a path set; undefined removes it. A body that is a list is under {@link itemStep}. */
function put(body: Body, [first = '', ...rest]: readonly string[], value: Json | undefined): Body {
  const inner = first === itemStep ? inItem(body[first], rest, value) : inside(body[first], rest, value);
  return definedOnly({ ...body, [first]: inner }) as Body;
}

function inside(held: Json | undefined, steps: readonly string[], value: Json | undefined): Json | undefined {
  const [first, ...rest] = steps;
  if (first === undefined) return value;
  if (first === itemStep) return inItem(held, rest, value);
  return put(typeof held === 'object' && held !== null && !Array.isArray(held) ? (held as Body) : {}, steps, value);
}

function inItem(held: Json | undefined, steps: readonly string[], value: Json | undefined): Json {
  const item = inside(Array.isArray(held) ? (held[0] as Json) : undefined, steps, value);
  return item === undefined ? [] : [item];
}

/** The HTTP request with each field in its place. */
export function toDeclaredHttp(declared: Declared, body: Body, authorization: string | undefined): ApiRequest {
  const { method, fields, body: kind } = declared;
  const at = (place: DeclaredField['place']): readonly (readonly [string, Json])[] =>
    Object.entries(body).filter(([name]) => fields.some((field) => field.steps[0] === name && field.place === place));
  const path = at('path').reduce((text, [name, value]) => text.replace(`{${name}}`, encode(value)), declared.path);
  const query = at('query').flatMap(pairs).join('&');
  const cookies = at('cookie').map(([name, value]) => `${name}=${encode(value)}`);
  const json = body[itemStep] ?? Object.fromEntries(at('body'));
  const text = kind === 'json' ? JSON.stringify(json) : at('form').flatMap(pairs).join('&');
  const type = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: [
      ...(kind === 'none' ? [] : [['content-type', type] as const]),
      ['accept', 'application/json'],
      // A header cannot have other characters.
      ...at('header').map(([name, value]) => [name, toText(value).replace(/[^\x20-\x7e]/g, '?')] as const),
      ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] as const]),
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
    ],
    body: new TextEncoder().encode(kind === 'none' ? '' : text),
  };
}

function pairs([name, value]: readonly [string, Json]): readonly string[] {
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return values.filter((one) => one !== null).map((one) => `${encodeURIComponent(name)}=${encode(one)}`);
}

function encode(value: Json): string {
  // A lone surrogate has no UTF-8 form.
  return encodeURIComponent(toText(value).toWellFormed());
}

function toText(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
