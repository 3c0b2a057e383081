import { type Headers, headerPairs } from '../../../spec/http.ts';
import { isRecord } from '../../../spec/is-record.ts';
import { type Listening, type ListenPlace, listen } from '../../../spec/listen.ts';
import type { Operation } from '../../../spec/operation.ts';
import type { Problem } from '../../../spec/problem.ts';
import { jsonValue } from '../../judge/parse-json.ts';
import { createFront } from './front.ts';
import { preferredExample, unknownPreference } from './preference.ts';
import { type Example, loadExamples } from './prism.ts';

/** The decisions of an operation's mock before Prism. */
export type MockRules = {
  readonly operation: Pick<Operation, 'path' | 'codes'>;
  /** The file of its OpenAPI document. */
  readonly openApiPath: string;
  /** The name of the example for a request; undefined if no rule applies. */
  readonly decide: (headers: Headers, fields: Readonly<Record<string, unknown>>) => string | undefined;
  /** The problems of a body under the specification. Prism lists those of every form that a body can have, twenty times slower. */
  readonly requestProblems: (body: unknown) => readonly Problem[];
};

/**
 * Starts the mock: Prism's examples behind an HTTP front that answers with the document's codes.
 * If a body is invalid and the document has no code for it, it gets the code 5000 of a sibling page.
 */
export async function startMock(rules: MockRules, place: ListenPlace = {}): Promise<Listening> {
  const { path } = rules.operation;
  const findExample = await loadExamples(rules.openApiPath);
  const app = createFront(() => refusal('the request cannot be read'), 500);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(refusal(`the mock answers only POST ${path}`)));
  app.post(path, async (request, reply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
    const { httpStatus, body } = await respond(findExample, rules, headerPairs(request.raw.rawHeaders), bytes);
    return reply.code(httpStatus).send(body);
  });
  return listen(app, place);
}

async function respond(
  findExample: Awaited<ReturnType<typeof loadExamples>>,
  { decide, requestProblems, operation }: MockRules,
  headers: Headers,
  bytes: Uint8Array,
): Promise<Example> {
  const value = jsonValue(bytes);
  // A preference comes before every rule: a client that prefers a code gets it for any request.
  const name = preferredExample(headers) ?? decide(headers, isRecord(value) ? value : {});
  if (name === undefined) {
    if (!isRecord(value)) return { httpStatus: 400, body: refusal('the body is not a JSON object') };
    const problems = requestProblems(value).map(({ path, message }) => `${path.slice(1)} ${message}`.trim());
    if (problems.length > 0) return { httpStatus: 200, body: refusal(problems.join('; ')) };
  }
  const codes = operation.codes.map(({ code }) => code);
  return (await findExample(name)) ?? { httpStatus: 404, body: refusal(unknownPreference(headers, codes)) };
}

function refusal(msg: string): object {
  return { code: 5000, msg, data: null, extMsg: null };
}
