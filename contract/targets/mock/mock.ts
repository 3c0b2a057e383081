import type { Headers } from '../../../spec/http.ts';
import { headerPairs } from '../../../spec/http.ts';
import { isRecord } from '../../../spec/is-record.ts';
import type { Listening, ListenPlace } from '../../../spec/listen.ts';
import { listen } from '../../../spec/listen.ts';
import type { Operation } from '../../../spec/operation.ts';
import type { Problem } from '../../../spec/problem.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { createFront } from './front.ts';
import { preferredExample, unknownPreference } from './preference.ts';
import type { Prism } from './prism.ts';
import { createPrism } from './prism.ts';

/** What the front decides for a request: an example, or undefined if Prism decides. */
export type Decision = { readonly example: string } | undefined;

/** The decisions of an operation's mock before Prism. */
export type MockRules = {
  readonly operation: Pick<Operation, 'path' | 'codes'>;
  /** The file of its OpenAPI document. */
  readonly openApiPath: string;
  readonly decide: (headers: Headers, fields: Readonly<Record<string, unknown>>) => Decision;
  /** The problems of a body under the specification. Prism lists those of every form that a body can have. */
  readonly requestProblems: (body: unknown) => readonly Problem[];
};

type Answer = { readonly httpStatus: number; readonly body: unknown };

/**
 * Starts the mock: Prism's examples behind an HTTP front that answers with the document's codes.
 * If a body is invalid and the document has no code for it, it gets the code 5000 of a sibling page.
 */
export async function startMock(rules: MockRules, place: ListenPlace = {}): Promise<Listening> {
  const { path } = rules.operation;
  const prism = await createPrism(rules.openApiPath);
  const app = createFront();
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    return reply.code(status).send(refusal('the request cannot be read'));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(refusal(`the mock answers only POST ${path}`)));
  app.post(path, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
    const answer = await respond(prism, rules, { headers: headerPairs(request.raw.rawHeaders), bytes: body });
    return reply.code(answer.httpStatus).send(answer.body);
  });
  return listen(app, place);
}

async function respond(
  prism: Prism,
  { decide, requestProblems, operation }: MockRules,
  { headers, bytes }: { readonly headers: Headers; readonly bytes: Uint8Array },
): Promise<Answer> {
  const parsed = parseJson(bytes);
  const value = 'value' in parsed ? parsed.value : undefined;
  // A preference comes before every rule: a client that prefers a code gets it for any request.
  const preferred = preferredExample(headers);
  const example = preferred ?? decide(headers, isRecord(value) ? value : {})?.example;
  if (example === undefined && !isRecord(value)) {
    return { httpStatus: 400, body: refusal('the body is not a JSON object') };
  }
  const answer = await answerOf(prism, requestProblems, example, value);
  if (answer.kind === 'example') return { httpStatus: answer.httpStatus, body: answer.body };
  if (answer.kind === 'invalid') {
    const named = requestProblems(value).map(({ path, message }) => `${path.slice(1)} ${message}`.trim());
    return {
      httpStatus: 200,
      body: refusal(named.length > 0 ? named.join('; ') : [...new Set(answer.problems)].join('; ')),
    };
  }
  const codes = operation.codes.map(({ code }) => code);
  return { httpStatus: 404, body: refusal(unknownPreference(headers, codes)) };
}

/** Most requests are valid, and validators that were generated as code see that twenty times faster than Prism. */
function answerOf(
  prism: Prism,
  requestProblems: MockRules['requestProblems'],
  example: string | undefined,
  body: unknown,
): ReturnType<Prism['answer']> {
  if (example !== undefined) return prism.example(example);
  return requestProblems(body).length === 0 ? prism.answerToValid() : prism.answer(body);
}

function refusal(msg: string): object {
  return { code: 5000, msg, data: null, extMsg: null };
}
