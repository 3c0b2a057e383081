import type { AnyOpenApi } from '../../openapi.ts';
import type { PlacedText, VendorDocument } from '../model.ts';
import { importAnswers } from './import-answers.ts';
import { importRequest, isToken } from './import-request.ts';
import type { Guess } from './scalars.ts';
import { createSchemas } from './schemas.ts';
import { withValidExamples } from './valid-examples.ts';

/** An OpenAPI document made from a page, and the guesses in it, in the order of the page. */
export type Imported = {
  readonly document: AnyOpenApi;
  readonly guesses: readonly { readonly line: number; readonly text: string }[];
};

/**
 * Makes an OpenAPI 3.1 document from a page. Where the page does not say what OpenAPI needs, it guesses. The business
 * codes are in `x-codes` and are named examples of the answer (`E5361`; the success is first).
 */
export function importDocument(asRead: VendorDocument): Imported {
  // Each guess once: a field may be in several schemas.
  const guesses = new Map<string, { line: number; text: string }>();
  const guess: Guess = ({ line }, text) => guesses.set(`${line} ${text}`, { line, text });
  const page = { ...asRead, path: openApiPath(asRead.path, guess) };
  const { path, title, description, method } = page;
  const schemas = createSchemas(page, guess);
  const request = importRequest(page, schemas);
  const answers = importAnswers(page, schemas);
  const name = title?.text || description?.text || path.text;
  const words = path.text.split('/').filter((word) => /^[\w.-]+$/.test(word));
  const tag = words.find((word) => !/^(v\d+|api)$/i.test(word)) ?? 'api';
  const operation = {
    operationId: operationId(words, method.text),
    tags: [tag],
    summary: firstLine(description?.text || name),
    description: description?.text || name,
    security: asksForToken(page, guess) ? [{ accessToken: [] }] : [],
    ...request,
    ...answers,
  };
  guess(path, `version 1.0.0, the server 127.0.0.1:8080 and the tag ${tag} are invented`);
  const document: AnyOpenApi = {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: name, version: '1.0.0', description: "Made from the vendor's page by bindgate." },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'A server on this machine; replace it with your own.' }],
    tags: [{ name: tag, description: `Operations below ${tag}.` }],
    paths: { [path.text]: { [method.text.toLowerCase()]: operation } },
    components: {
      ...(operation.security.length > 0 && { securitySchemes: { accessToken: bearer } }),
      schemas: schemas.components(),
    },
  };
  const valid = withValidExamples(document, page, guess);
  return { document: valid, guesses: [...guesses.values()].sort((a, b) => a.line - b.line) };
}

/** OpenAPI allows no pattern in a path variable (`{id:.+}`) and no query in a path. */
function openApiPath({ text, line }: PlacedText, guess: Guess): PlacedText {
  const path = (text.split('?')[0] ?? text).replace(/\{([^{}:]+):[^{}]*\}/g, '{$1}');
  if (path !== text) guess({ line }, `the path is ${path}: OpenAPI does not allow the rest of ${text}`);
  return { text: path, line };
}

const bearer = { type: 'http', scheme: 'bearer', description: "The user's access token." };

/** Whether the operation needs a token. It may be a parameter, but on most pages only the codes mention it. */
function asksForToken({ parameters, statuses, path }: VendorDocument, guess: Guess): boolean {
  if (parameters.some(isToken)) return true;
  const asked = statuses.some(({ meaning }) => /\btoken\b/i.test(meaning));
  const why = 'a code mentions a token; assumed that a bearer token is required';
  guess(path, asked ? why : 'the page does not mention a token; assumed that none is required');
  return asked;
}

/** The operationId: the last word of the path, or the method if the path has no word. */
function operationId(words: readonly string[], method: string): string {
  const last =
    words.at(-1)?.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '') ?? '';
  return last === '' ? `${method.toLowerCase()}Operation` : last;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
