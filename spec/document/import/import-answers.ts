import { isRecord } from '../../is-record.ts';
import type { CodeMeaning, OpenApiResponse } from '../../openapi.ts';
import type { DocumentedResponse, DocumentedStatus, VendorDocument } from '../model.ts';
import type { Guess } from './guess.ts';
import { importEnvelope } from './import-envelope.ts';
import { bodyField, shownExample } from './scalars.ts';
import type { Schemas } from './schemas.ts';

/** The answers of the operation and its business codes. */
export type Answers = {
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly codes: readonly CodeMeaning[];
};

/**
 * Imports the answers. A code with four digits is a business code in the body of HTTP status 200, so it becomes a named
 * example. Any other code below 600, except the success, becomes a separate HTTP status.
 */
export function importAnswers(page: VendorDocument, schemas: Schemas, guess: Guess): Answers {
  const { statuses, responses, path, responseType } = page;
  const success = findSuccess(page, guess);
  const others = statuses.filter(({ code }) => code !== success.code);
  const failures = others.filter((status) => !isHttp(status)).map(toCodeMeaning);
  const main = responses.find(({ code }) => code === undefined || code === success.code);
  const place = main ?? path;
  if (failures.length > 0) guess(statuses[0] ?? place, 'assumed that every code is in the body of HTTP status 200');
  const type = responseType?.text || 'without a type';
  if (!/json/i.test(type)) guess(responseType ?? place, `the answer is ${type}; assumed to be JSON`);
  const content = { 'application/json': importEnvelope(main, [success, ...failures], schemas, guess, place) };
  const ofOthers = others.filter(isHttp).map((status) => {
    guess(status, `${status.code}: assumed to be an HTTP status, not a code in the body`);
    const answer = responses.find(({ code }) => code === status.code);
    return [String(status.code), otherAnswer(status, answer, schemas, guess)] as const;
  });
  const httpStatus = isHttp(success) ? String(success.code) : '200';
  return {
    codes: [success, ...failures],
    responses: {
      [httpStatus]: { description: 'The outcome of the request.', ...importHeaders(main, schemas), content },
      ...Object.fromEntries(ofOthers),
    },
  };
}

function isHttp({ code }: { readonly code: number }): boolean {
  return code >= 100 && code < 600;
}

function toCodeMeaning({ code, meaning }: DocumentedStatus): CodeMeaning {
  return { code, meaning: meaning || `Code ${code}` };
}

/** The success code: 200, another 2xx status, or 0. */
function findSuccess({ statuses, path, description, title }: VendorDocument, guess: Guess): CodeMeaning {
  const found =
    statuses.find(({ code }) => code === 200) ??
    statuses.find(({ code }) => code > 200 && code < 300) ??
    statuses.find(({ code }) => code === 0);
  if (found !== undefined) return toCodeMeaning(found);
  guess(statuses[0] ?? path, 'no success status is listed; assumed 200');
  return { code: 200, meaning: description?.text || title?.text || 'Success' };
}

function otherAnswer(
  { code, meaning }: DocumentedStatus,
  answer: DocumentedResponse | undefined,
  schemas: Schemas,
  guess: Guess,
): OpenApiResponse {
  const description = meaning || `HTTP status ${code}`;
  if (answer === undefined || answer.fields.length === 0) return { description };
  const value = shownExample(answer.example, bodyField(answer.fields), guess);
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
