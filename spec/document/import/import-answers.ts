import { isRecord } from '../../is-record.ts';
import type { AnyOperation, CodeMeaning, OpenApiResponse } from '../../openapi.ts';
import type { DocumentedResponse, DocumentedStatus, VendorDocument } from '../model.ts';
import { findSuccess } from './find-success.ts';
import { importEnvelope } from './import-envelope.ts';
import { bodyField, shownExample } from './scalars.ts';
import type { Schemas } from './schemas.ts';

/**
 * Imports the answers and the business codes. A code with four digits is a business code in the body of HTTP status 200, so
 * it becomes a named example. Any other code below 600, except the success, becomes a separate HTTP status.
 */
export function importAnswers(page: VendorDocument, schemas: Schemas): Pick<AnyOperation, 'responses' | 'x-codes'> {
  const { guess } = schemas;
  const { statuses, responses, path, responseType } = page;
  const success = findSuccess(page, guess);
  const { row } = success;
  const others = statuses.filter(({ code }) => code !== success.code && code !== row);
  const failures = others.filter((status) => !isHttp(status)).map(toCodeMeaning);
  const main = responses.find(({ code }) => code === undefined || code === (row ?? success.code));
  const place = main ?? path;
  if (failures.length > 0) guess(statuses[0] ?? place, 'assumed that every code is in the body of HTTP status 200');
  const type = responseType?.text || 'without a type';
  if (!/json/i.test(type)) guess(responseType ?? place, `the answer is ${type}; assumed to be JSON`);
  const content = { 'application/json': importEnvelope(main, [success, ...failures], schemas, place) };
  const ofOthers = others.filter(isHttp).map((status) => {
    guess(status, `${status.code}: assumed to be an HTTP status, not a code in the body`);
    const answer = responses.find(({ code }) => code === status.code);
    return [String(status.code), otherAnswer(status, answer, schemas)] as const;
  });
  const httpStatus = row !== undefined && isHttp({ code: row }) ? String(row) : '200';
  return {
    responses: {
      [httpStatus]: { description: 'The outcome of the request.', ...importHeaders(main, schemas), content },
      ...Object.fromEntries(ofOthers),
    },
    'x-codes': [toCodeMeaning(success), ...failures],
  };
}

function isHttp({ code }: { readonly code: number }): boolean {
  return code >= 100 && code < 600;
}

function toCodeMeaning({ code, meaning }: CodeMeaning): CodeMeaning {
  return { code, meaning: meaning || `Code ${code}` };
}

function otherAnswer(
  { code, meaning }: DocumentedStatus,
  answer: DocumentedResponse | undefined,
  schemas: Schemas,
): OpenApiResponse {
  const description = meaning || `HTTP status ${code}`;
  if (answer === undefined || answer.fields.length === 0) return { description };
  const value = shownExample(answer.example, bodyField(answer.fields), schemas.guess);
  const shown = isRecord(value) ? value : {};
  const schema = schemas.add(`Response${code}`, {
    description: `The body of HTTP status ${code}.`,
    type: 'object',
    properties: Object.fromEntries(
      answer.fields.map((field) => [field.name, schemas.ofField(field, shown[field.name])]),
    ),
  });
  const examples = value === undefined ? {} : { examples: { page: { summary: description, value } } };
  return { description, ...importHeaders(answer, schemas), content: { 'application/json': { schema, ...examples } } };
}

function importHeaders(answer: DocumentedResponse | undefined, schemas: Schemas): Pick<OpenApiResponse, 'headers'> {
  if (answer === undefined || answer.headers.length === 0) return {};
  const headers = answer.headers.map((field) => {
    const { description, ...schema } = schemas.ofField(field);
    return [field.name, { description: description ?? field.name, schema }] as const;
  });
  return { headers: Object.fromEntries(headers) };
}
