import type { CodeMeaning } from '../../openapi.ts';
import type { DocumentedResponse, DocumentedStatus, VendorDocument } from '../model.ts';
import { importEnvelope } from './envelope.ts';
import type { Guess } from './guess.ts';
import { isRecord } from './is-record.ts';
import type { OpenApiHeader, OpenApiResponse } from './openapi.ts';
import type { Schemas } from './schemas.ts';
import { bodyOf, shownExample } from './shown-example.ts';

/** The answers of the operation and its business codes. */
export type Answers = {
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly codes: readonly CodeMeaning[];
};

/**
 * The answers. A code of four digits is a business code in the body of HTTP status 200, so it is a named example; one below
 * 600 beside the success is an HTTP status of its own. `guesses` is added to.
 */
export function importAnswers(document: VendorDocument, schemas: Schemas, guesses: Guess[]): Answers {
  const { statuses, responses, path } = document;
  const success = successOf(document, guesses);
  const others = statuses.filter(({ code }) => code !== success.code);
  const failures = others.filter((status) => !isHttp(status)).map(meaningOf);
  const main = responses.find(({ code }) => code === undefined || code === success.code);
  const line = main?.line ?? path.line;
  const httpStatus = isHttp(success) ? String(success.code) : '200';
  if (failures.length > 0)
    guesses.push({
      line: statuses[0]?.line ?? line,
      text: 'every code is taken to come in the body of HTTP status 200',
    });
  if (!/json/i.test(document.responseType?.text ?? ''))
    guesses.push({
      line: document.responseType?.line ?? line,
      text: `the answer is ${document.responseType?.text || 'of no type'}; taken for JSON`,
    });
  const content = { 'application/json': importEnvelope(main, [success, ...failures], schemas, guesses, line) };
  const ofOthers = others.filter(isHttp).map((status) => {
    guesses.push({ line: status.line, text: `${status.code}: taken for an HTTP status, not for a code in the body` });
    const answer = responses.find(({ code }) => code === status.code);
    return [String(status.code), otherAnswer(status, answer, schemas, guesses)] as const;
  });
  return {
    codes: [success, ...failures],
    responses: {
      [httpStatus]: { description: 'The outcome of the request.', ...headersOf(main, schemas), content },
      ...Object.fromEntries(ofOthers),
    },
  };
}

function isHttp({ code }: { readonly code: number }): boolean {
  return code >= 100 && code < 600;
}

function meaningOf({ code, meaning }: DocumentedStatus): CodeMeaning {
  return { code, meaning: meaning === '' ? `Code ${code}` : meaning };
}

/** The code of success: 200, another of HTTP's, or 0. */
function successOf({ statuses, path, description, title }: VendorDocument, guesses: Guess[]): CodeMeaning {
  const found =
    statuses.find(({ code }) => code === 200) ??
    statuses.find(({ code }) => code > 200 && code < 300) ??
    statuses.find(({ code }) => code === 0);
  if (found !== undefined) return meaningOf(found);
  guesses.push({ line: statuses[0]?.line ?? path.line, text: 'no status of success is listed: 200 is taken for it' });
  return { code: 200, meaning: description?.text || title?.text || 'Success' };
}

function otherAnswer(
  { code, meaning }: DocumentedStatus,
  answer: DocumentedResponse | undefined,
  schemas: Schemas,
  guesses: Guess[],
): OpenApiResponse {
  const description = meaning === '' ? `HTTP status ${code}` : meaning;
  if (answer === undefined || answer.fields.length === 0) return { description };
  const value = shownExample(answer.example, bodyOf(answer.fields), guesses);
  const shown = isRecord(value) ? value : {};
  const schema = schemas.add(`Response${code}`, {
    description: `The body of HTTP status ${code}.`,
    type: 'object',
    properties: Object.fromEntries(
      answer.fields.map((field) => [field.name, schemas.ofField(field, shown[field.name])]),
    ),
  });
  const examples = value === undefined ? {} : { examples: { page: { summary: description, value } } };
  return { description, ...headersOf(answer, schemas), content: { 'application/json': { schema, ...examples } } };
}

function headersOf(
  answer: DocumentedResponse | undefined,
  schemas: Schemas,
): { headers?: Readonly<Record<string, OpenApiHeader>> } {
  if (answer === undefined || answer.headers.length === 0) return {};
  const headers = answer.headers.map((field) => {
    const { description, ...schema } = schemas.ofField(field, undefined);
    return [field.name, { description: description ?? field.name, schema }] as const;
  });
  return { headers: Object.fromEntries(headers) };
}
