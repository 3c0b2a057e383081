import type { Headers } from '../../../spec/http.ts';
import { headerPairs } from '../../../spec/http.ts';
import { isRecord } from '../../../spec/is-record.ts';
import type { Operation } from '../../../spec/operation.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { createFront, type ListenPlace, listen, type StartedMock } from './listen.ts';
import type { PrismAnswer } from './prism.ts';
import { createPrism } from './prism.ts';

/** What the front decides for a request: an example, or undefined if Prism decides. */
export type Decision = { readonly example: string } | undefined;

/** The decisions of an operation's mock before Prism. */
export type MockRules = {
  readonly operation: Pick<Operation, 'path'>;
  /** The file of its OpenAPI document. */
  readonly openApiPath: string;
  readonly decide: (headers: Headers, fields: Readonly<Record<string, unknown>>) => Decision;
};

type Answer = { readonly httpStatus: number; readonly body: unknown };

/**
 * Starts the mock: Prism's examples behind an HTTP front that answers with the document's codes.
 * If a body is invalid and the document has no code for it, it gets the code 5000 of a sibling page.
 */
export async function startMock(
  { operation: { path }, openApiPath, decide }: MockRules,
  place: ListenPlace = {},
): Promise<StartedMock> {
  const prism = await createPrism(openApiPath);
  const app = createFront();
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    return reply.code(status).send(refusal('the request cannot be read'));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(refusal(`the mock answers only POST ${path}`)));
  app.post(path, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
    const answer = await respond(prism, decide, { headers: headerPairs(request.raw.rawHeaders), bytes: body });
    return reply.code(answer.httpStatus).send(answer.body);
  });
  return listen(app, place);
}

async function respond(
  prism: Awaited<ReturnType<typeof createPrism>>,
  decide: MockRules['decide'],
  { headers, bytes }: { readonly headers: Headers; readonly bytes: Uint8Array },
): Promise<Answer> {
  const parsed = parseJson(bytes);
  const value = 'value' in parsed ? parsed.value : undefined;
  const decision = decide(headers, isRecord(value) ? value : {});
  if (decision !== undefined) return fromPrism(await prism.example(decision.example), decision.example);
  if (!isRecord(value)) return { httpStatus: 400, body: refusal('the body is not a JSON object') };
  return fromPrism(await prism.answer(value));
}

function fromPrism(answer: PrismAnswer, example = ''): Answer {
  if (answer.kind === 'example') return { httpStatus: answer.httpStatus, body: answer.body };
  if (answer.kind === 'invalid') return { httpStatus: 200, body: refusal([...new Set(answer.problems)].join('; ')) };
  return {
    httpStatus: 404,
    body: refusal(`the contract has no example ${example.slice(0, 40)}; its examples are E200, E5032, …`),
  };
}

function refusal(msg: string): object {
  return { code: 5000, msg, data: null, extMsg: null };
}
