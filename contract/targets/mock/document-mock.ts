import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import type { FastifyRequest } from 'fastify';
import { definedOnly } from '../../../spec/defined-only.ts';
import { headerPairs, type ServedRequest } from '../../../spec/http.ts';
import { type Listening, type ListenPlace, listen } from '../../../spec/listen.ts';
import type { AnyOpenApi } from '../../../spec/openapi.ts';
import { allOperations, responseBodies } from '../../../spec/schema-walk.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { createFront } from './front.ts';
import { preference, preferredExample } from './preference.ts';
import { prismConfig, quietPrism } from './prism.ts';

type PrismRequest = Parameters<ReturnType<typeof quietPrism>['request']>[0];

/**
 * Starts Prism behind an HTTP front. A valid request gets the success, an invalid one gets Prism's problem report.
 * `Prefer: example=E1` or `Prefer: code=1` selects a code of the page, and `Prefer: code=404` an HTTP status, for any request.
 * `examples` are the names of the page's examples, with the default first.
 * @param decide chooses the example for a request without a preference; Prism decides if it returns undefined.
 */
export async function startDocumentMock(
  document: AnyOpenApi,
  place: ListenPlace = {},
  decide: (request: ServedRequest) => string | undefined = () => undefined,
): Promise<Listening & { readonly examples: readonly string[] }> {
  // Prism resolves references in place.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const prism = quietPrism();
  // The examples of the first response: the success and the codes with the same HTTP status.
  const examples = allOperations(document).flatMap((operation) =>
    Object.keys(responseBodies(operation)[0]?.body.examples ?? {}),
  );
  const answer = async (request: FastifyRequest) => {
    const headers = headerPairs(request.raw.rawHeaders);
    // A code is a business code if the page has its example; if not, it is an HTTP status.
    const preferred = preferredExample(headers);
    const wanted = preferred !== undefined && examples.includes(preferred) ? preferred : preference(headers);
    const isAsked = wanted !== undefined || preference(headers, 'code') !== undefined;
    const exampleKey = isAsked ? wanted : decide(servedRequest(request));
    const status = exampleKey === undefined ? preference(headers, 'code') : undefined;
    const mock = definedOnly({ dynamic: false, exampleKey, code: status === undefined ? undefined : Number(status) });
    const config = { ...prismConfig, validateRequest: exampleKey === undefined && status === undefined, mock };
    const result = await prism.request(prismRequest(request), operations, config)();
    if (result._tag === 'Right') {
      const { statusCode, headers: sent = {}, body } = result.right.output;
      return { status: statusCode, headers: sent, body };
    }
    return refusal(result.left, examples);
  };
  const app = createFront((status) => ({ type: 'about:blank', title: 'the request cannot be read', status }), 400);
  app.all('*', async (request, reply) => {
    const { status, headers, body } = await answer(request);
    // An example of a page may be a bare text, number or boolean.
    return reply
      .code(status)
      .headers({ 'content-type': 'application/json; charset=utf-8', ...headers })
      .send(body === undefined ? '' : JSON.stringify(body));
  });
  return { ...(await listen(app, place)), examples };
}

function servedRequest({ method, url, raw, body }: FastifyRequest): ServedRequest {
  const bytes = Buffer.isBuffer(body) ? body : new Uint8Array();
  return { method, path: url, headers: headerPairs(raw.rawHeaders), body: bytes };
}

function prismRequest({ method, url, headers, body }: FastifyRequest): PrismRequest {
  const { pathname, searchParams } = new URL(url, 'http://mock');
  const query = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length > 1 ? values : (values[0] ?? '')] as const;
  });
  const single = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')] as const);
  return {
    method: method.toLowerCase() as PrismRequest['method'],
    url: { path: decodeURI(pathname), query: Object.fromEntries(query) },
    headers: Object.fromEntries(single),
    ...(Buffer.isBuffer(body) && body.length > 0 ? { body: parseBody(body, headers['content-type']) } : {}),
  };
}

/** Prism needs JSON as a value and a form as text. A body that is not JSON stays a text, which no schema accepts. */
function parseBody(body: Buffer, contentType = ''): unknown {
  const read = /json/i.test(contentType) ? parseJson(body) : {};
  return 'value' in read ? read.value : body.toString();
}

function refusal(error: Error, examples: readonly string[]) {
  const { status = 500, additional } = error as Error & { status?: number; additional?: { validation?: object[] } };
  const unknownExample = status === 404 && /NO_RESPONSE|NOT_FOUND/i.test(error.name);
  const title = unknownExample
    ? `the page has no such code or example; its examples are ${examples.slice(0, 40).join(', ')}`
    : error.message;
  const validation = additional?.validation ?? [];
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  return {
    status,
    headers,
    body: { type: 'about:blank', title, status, ...(validation.length === 0 ? {} : { validation }) },
  };
}
