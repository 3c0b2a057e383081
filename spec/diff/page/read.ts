import type { DocumentedResponse, DocumentField, VendorDocument } from '../../document/model.ts';
import { readDocuments } from '../../document/read-document.ts';
import { canonical } from '../canonical.ts';
import type { Fact, Operation, Spec, Subject } from '../model.ts';
import { descriptionFact, fieldSubjects, named } from './fields.ts';

/** Reads a page of the vendor's export, with every operation on it. Throws a DocumentError where it is none. */
export function readPageSpec(file: string, text: string): Spec {
  return { file, kind: 'page', operations: readDocuments(text, file).map(operationOf) };
}

function operationOf(page: VendorDocument): Operation {
  const { method, path, statuses, parameters, responses, notUnderstood } = page;
  const at = { line: path.line };
  return {
    method: method.text,
    path: path.text,
    at,
    codesAt: { line: statuses[0]?.line ?? path.line },
    subjects: [
      { kind: 'operation', name: '', direction: 'request', at, facts: ownFacts(page) },
      ...mediaOf(page),
      ...requestOf(parameters),
      ...responses.flatMap(responseOf),
      ...statuses.map(({ code, meaning, schema, line }): Subject => {
        const facts: readonly Fact[] = [
          { facet: 'meaning', value: meaning, at: { line } },
          ...(schema === '' ? [] : [{ facet: 'note/schema' as const, value: schema, at: { line } }]),
        ];
        return { kind: 'code', name: String(code), direction: 'none', at: { line }, facts };
      }),
      ...notUnderstood.map(
        ({ text, line }): Subject => ({ kind: 'leftover', name: text, direction: 'none', at: { line }, facts: [] }),
      ),
    ],
  };
}

function ownFacts(page: VendorDocument): readonly Fact[] {
  const { path, method, title, description, requestType, requestExample, parameters, remarks } = page;
  const example = requestExample?.value === undefined ? requestExample?.text : canonical(requestExample.value);
  return [
    { facet: 'path', value: path.text, at: { line: path.line } },
    { facet: 'method', value: method.text, at: { line: method.line } },
    ...(title === undefined ? [] : [{ facet: 'note/title' as const, value: title.text, at: { line: title.line } }]),
    ...(description === undefined ? [] : descriptionFact(description.text, description.line)),
    ...(example === undefined
      ? []
      : [{ facet: 'note/request example' as const, value: example, at: { line: requestExample?.line ?? 1 } }]),
    ...(requestType === undefined || hasBody(parameters)
      ? []
      : [{ facet: 'note/request type' as const, value: requestType.text, at: { line: requestType.line } }]),
    ...remarks.map(({ label, text, line }): Fact => ({ facet: `note/${label}`, value: text, at: { line } })),
  ];
}

/** A page that says any type, as all of them do of the answer, says none; nor does the type of a request without a body. */
function mediaOf({ requestType, responseType, parameters }: VendorDocument): readonly Subject[] {
  const media = [
    { direction: 'request' as const, said: hasBody(parameters) ? requestType : undefined },
    { direction: 'response' as const, said: responseType },
  ];
  return media.flatMap(({ direction, said }) =>
    (said?.text ?? '')
      .split(/[,;\s]+/)
      .filter((type) => type.includes('/') && type !== '*/*')
      .map(
        (name): Subject => ({
          kind: 'media',
          name,
          direction,
          ...(direction === 'response' && { place: '200' }),
          at: { line: said?.line ?? 1 },
          facts: [],
        }),
      ),
  );
}

/** One row in the body stands for the body itself; several are its fields, and so are those of a form. */
function requestOf(parameters: readonly DocumentField[]): readonly Subject[] {
  const body = parameters.filter((field) => placeOf(field) === 'body');
  return parameters.flatMap((field) => {
    const place = placeOf(field);
    const rows = { direction: 'request' as const, place };
    if (place === 'body' && body.length === 1 && !isForm(field))
      return named(field, rows, '', [{ facet: 'note/name', value: field.name, at: { line: field.line } }]);
    // Spring reads an object in the query as its fields.
    if (place === 'query' && field.fields.length > 0)
      return field.fields.flatMap((inner) => fieldSubjects(inner, rows, ''));
    return fieldSubjects(field, rows, '');
  });
}

function hasBody(parameters: readonly DocumentField[]): boolean {
  return parameters.some((field) => placeOf(field) === 'body');
}

function placeOf(field: DocumentField): string {
  const said = (field.in ?? '').toLowerCase();
  return said === '' || isForm(field) ? 'body' : said;
}

function isForm({ in: place = '' }: DocumentField): boolean {
  return /^(?:form|part|request-?part)/i.test(place);
}

function responseOf({ code = 200, fields, headers, example, line }: DocumentedResponse): readonly Subject[] {
  const rows = { direction: 'response' as const, place: `body of ${code}` };
  const shown = example?.value === undefined ? example?.text : canonical(example.value);
  return [
    {
      kind: 'field',
      name: '',
      ...rows,
      at: { line },
      facts: shown === undefined ? [] : [{ facet: 'note/example', value: shown, at: { line: example?.line ?? line } }],
    },
    ...fields.flatMap((field) => fieldSubjects(field, rows, '')),
    ...headers.flatMap((field) =>
      fieldSubjects({ ...field, name: field.name.toLowerCase() }, { ...rows, place: `header of ${code}` }, ''),
    ),
  ];
}
