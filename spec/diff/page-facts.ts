import type {
  DocumentedExample,
  DocumentedResponse,
  DocumentField,
  PlacedText,
  VendorDocument,
} from '../document/model.ts';
import { readDocuments } from '../document/read-document.ts';
import { swaggerType } from '../document/swagger-type.ts';
import { canonical } from './canonical.ts';
import { type Direction, type Fact, type Operation, type Place, type Spec, type Subject, said } from './model.ts';

/** Reads a page of the vendor's export, with every operation on it. @throws DocumentError if it is not such a page. */
export function readPageSpec(file: string, text: string): Spec {
  return pageSpec(file, readDocuments(text, file));
}

/** Converts pages to facts. */
export function pageSpec(file: string, pages: readonly VendorDocument[]): Spec {
  return { file, kind: 'page', operations: pages.map(toOperation) };
}

function toOperation(page: VendorDocument): Operation {
  const { method, path, statuses, parameters, responses, notUnderstood } = page;
  const at = toPlace(path);
  return {
    method: method.text,
    path: path.text,
    at,
    codesAt: toPlace(statuses[0] ?? path),
    subjects: [
      { kind: 'operation', name: '', direction: 'request', at, facts: ownFacts(page) },
      ...mediaSubjects(page),
      ...requestSubjects(parameters),
      ...responses.flatMap(responseSubjects),
      ...statuses.map(
        (status): Subject => ({
          kind: 'code',
          name: String(status.code),
          direction: 'none',
          at: toPlace(status),
          facts: [
            ...said('meaning', status.meaning, status),
            ...said('note/schema', status.schema || undefined, status),
          ],
        }),
      ),
      ...notUnderstood.map(
        (line): Subject => ({ kind: 'leftover', name: line.text, direction: 'none', at: toPlace(line), facts: [] }),
      ),
    ],
  };
}

function toPlace({ line, pointer }: Place): Place {
  return pointer === undefined ? { line } : { line, pointer };
}

function ownFacts(page: VendorDocument): readonly Fact[] {
  const { path, method, title, description, requestType, requestExample, parameters, remarks } = page;
  return [
    ...said('path', path.text, path),
    ...said('method', method.text, method),
    ...said('note/title', title?.text, title ?? path),
    ...descriptionFact(description?.text ?? '', description ?? path),
    ...said('note/request example', exampleText(requestExample), requestExample ?? path),
    ...said('note/request type', hasBody(parameters) ? undefined : requestType?.text, requestType ?? path),
    ...remarks.flatMap((remark) => said(`note/${remark.label}`, remark.text, remark)),
  ];
}

function exampleText(example: DocumentedExample | undefined): string | undefined {
  return example?.value === undefined ? example?.text : canonical(example.value);
}

/** The content types. The type of all answers on pages is any type, which is ignored, like the type of a request without a body. */
function mediaSubjects({ requestType, responseType, parameters }: VendorDocument): readonly Subject[] {
  const media = (direction: Direction, types: PlacedText | undefined, more: object = {}): readonly Subject[] =>
    (types?.text ?? '')
      .split(/[,;\s]+/)
      .filter((type) => type.includes('/') && type !== '*/*')
      .map((name) => ({ kind: 'media', name, direction, ...more, at: toPlace(types ?? { line: 1 }), facts: [] }));
  return [
    ...media('request', hasBody(parameters) ? requestType : undefined),
    ...media('response', responseType, { place: '200' }),
  ];
}

type Rows = { readonly direction: Direction; readonly place: string };

/** A single row in the body is the body itself; several rows, and the rows of a form, are its fields. */
function requestSubjects(parameters: readonly DocumentField[]): readonly Subject[] {
  const body = parameters.filter((field) => travelsIn(field) === 'body');
  return parameters.flatMap((field) => {
    const place = travelsIn(field);
    const rows: Rows = { direction: 'request', place };
    if (place === 'body' && body.length === 1 && !isForm(field))
      return fieldSubjects(field, rows, '', said('note/name', field.name, field));
    // In Spring, the fields of an object in the query are separate parameters.
    if (place === 'query' && field.fields.length > 0)
      return field.fields.flatMap((inner) => fieldSubjects(inner, rows));
    return fieldSubjects(field, rows);
  });
}

function hasBody(parameters: readonly DocumentField[]): boolean {
  return parameters.some((field) => travelsIn(field) === 'body');
}

function travelsIn(field: DocumentField): string {
  const place = (field.in ?? '').toLowerCase();
  return place === '' || isForm(field) ? 'body' : place;
}

function isForm({ in: place = '' }: DocumentField): boolean {
  return /^(?:form|part|request-?part)/i.test(place);
}

function responseSubjects(response: DocumentedResponse): readonly Subject[] {
  const { code = 200, fields, headers, example } = response;
  const rows: Rows = { direction: 'response', place: `body of ${code}` };
  const facts = said('note/example', exampleText(example), example ?? response);
  return [
    { kind: 'field', name: '', ...rows, at: toPlace(response), facts },
    ...fields.flatMap((field) => fieldSubjects(field, rows)),
    ...headers.flatMap((field) =>
      fieldSubjects(field, { ...rows, place: `header of ${code}` }, field.name.toLowerCase()),
    ),
  ];
}

/** A row of a table and the rows below it as subjects; the name of a complete body is empty. */
function fieldSubjects(
  field: DocumentField,
  rows: Rows,
  name = field.name,
  more: readonly Fact[] = [],
): readonly Subject[] {
  const { required, description, type, schema, fields } = field;
  const at = toPlace(field);
  const read = swaggerType(type);
  const hasRows = fields.length > 0;
  const isList = read.kind === 'array';
  const mark = required === true ? 'required' : 'optional';
  const prefix = isList ? `${name}[]` : name;
  // The type of an array's items may be in either column.
  const held = isList && read.of !== '' ? read.of : schema;
  const inner = [...typeFacts(held, hasRows, at), ...classFact(held, schema, at)];
  const facts: readonly Fact[] = [
    ...said('required', required === undefined ? undefined : mark, at),
    ...(isList ? said('type', ['array'], at) : [...typeFacts(type, hasRows, at), ...classFact(type, schema, at)]),
    ...descriptionFact(description, at),
    ...more,
  ];
  return [
    { kind: 'field', name, ...rows, at, facts },
    ...(isList ? [{ kind: 'field' as const, name: prefix, ...rows, at, facts: inner }] : []),
    ...fields.flatMap((child) => fieldSubjects(child, rows, prefix === '' ? child.name : `${prefix}.${child.name}`)),
  ];
}

/** A description as a fact; line breaks become `<br/>`. */
function descriptionFact(text: string, at: Place): readonly Fact[] {
  return said('description', text === '' ? undefined : text.replaceAll('\n', '<br/>'), at);
}

function typeFacts(text: string, hasRows: boolean, at: Place): readonly Fact[] {
  const type = swaggerType(text);
  if (type.kind === 'scalar') return [...said('type', [type.type], at), ...said('format', type.format, at)];
  if (type.kind === 'none' && !hasRows) return [];
  return said('type', [type.kind === 'array' ? 'array' : 'object'], at);
}

/** The name of a class as a note: only its rows are part of the contract. Most pages have the name in two columns. */
function classFact(type: string, schema: string, at: Place): readonly Fact[] {
  const isClass = swaggerType(type).kind === 'class';
  const names = [...(isClass ? [type] : []), ...(schema === '' || schema === type ? [] : [schema])];
  return said('note/class', names.length === 0 ? undefined : names.join(', '), at);
}
