import type { PlacedText, VendorDocument } from '../model.ts';
import { importAnswers } from './answers.ts';
import type { Guess } from './guess.ts';
import type { ImportedOpenApi, ImportedOperation } from './openapi.ts';
import { importRequest, isToken } from './request.ts';
import { createSchemas } from './schemas.ts';
import { withValidExamples } from './valid-examples.ts';

/** An OpenAPI document made from a page, and what had to be guessed for it, in the page's order. */
export type Imported = { readonly document: ImportedOpenApi; readonly guesses: readonly Guess[] };

/**
 * The OpenAPI 3.1 document of a page: what the page says, and where it is silent what an OpenAPI document needs, each such
 * reading a guess. The business codes are named examples of the answer (`E5361`, the success first) and in `x-codes`.
 */
export function importDocument(asRead: VendorDocument): Imported {
  const guesses: Guess[] = [];
  const page = { ...asRead, path: openApiPath(asRead.path, guesses) };
  const { path, title, description, method } = page;
  const schemas = createSchemas(page, guesses);
  const request = importRequest(page, schemas, guesses);
  const { responses, codes } = importAnswers(page, schemas, guesses);
  const name = title?.text || description?.text || path.text;
  const words = path.text.split('/').filter((word) => /^[\w.-]+$/.test(word));
  const tag = words.find((word) => !/^(v\d+|api)$/i.test(word)) ?? 'api';
  const operation: ImportedOperation = {
    operationId: operationId(words, method.text),
    tags: [tag],
    summary: firstLine(description?.text || name),
    description: description?.text || name,
    security: asksForToken(page, guesses) ? [{ accessToken: [] }] : [],
    ...request,
    responses,
    'x-codes': codes,
  };
  guesses.push({ line: path.line, text: `version 1.0.0, the server 127.0.0.1:8080 and the tag ${tag} are made up` });
  const document: ImportedOpenApi = {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: name, version: '1.0.0', description: "Made from the vendor's page by bindgate." },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'A server on this machine; replace it by your own.' }],
    tags: [{ name: tag, description: `Operations below ${tag}.` }],
    paths: { [path.text]: { [method.text.toLowerCase()]: operation } },
    components: {
      ...(operation.security.length === 0 ? {} : { securitySchemes: { accessToken: bearer } }),
      schemas: schemas.components(),
    },
  };
  const mended = withValidExamples(document, page, guesses);
  return { document: mended, guesses: inOrder(guesses) };
}

/** OpenAPI knows no pattern in a path's variable (`{id:.+}`) and no query in a path. */
function openApiPath({ text, line }: PlacedText, guesses: Guess[]): PlacedText {
  const path = (text.split('?')[0] ?? text).replace(/\{([^{}:]+):[^{}]*\}/g, '{$1}');
  if (path !== text) guesses.push({ line, text: `the path is ${path}: OpenAPI has no place for the rest of ${text}` });
  return { text: path, line };
}

const bearer = { type: 'http', scheme: 'bearer', description: "The user's access token." };

/** The token may be a parameter of the page; on most pages only the codes speak of it. */
function asksForToken({ parameters, statuses, path }: VendorDocument, guesses: Guess[]): boolean {
  if (parameters.some(isToken)) return true;
  const asked = statuses.some(({ meaning }) => /\btoken\b/i.test(meaning));
  const text = asked
    ? 'a code speaks of a token: a bearer token is asked for'
    : 'nothing speaks of a token: none is asked for';
  guesses.push({ line: path.line, text });
  return asked;
}

/** In the page's order, each once: a field may be made into several schemas. */
function inOrder(guesses: readonly Guess[]): readonly Guess[] {
  const distinct = new Map(guesses.map((guess) => [`${guess.line} ${guess.text}`, guess]));
  return [...distinct.values()].sort((a, b) => a.line - b.line);
}

/** The last words of the path; the method alone where it has none. */
function operationId(words: readonly string[], method: string): string {
  const last =
    words.at(-1)?.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '') ?? '';
  return last === '' ? `${method.toLowerCase()}Operation` : last;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
