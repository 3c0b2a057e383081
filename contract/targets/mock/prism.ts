import { readFileSync } from 'node:fs';
import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from '@stoplight/prism-http';
import { definedOnly } from '../../../spec/defined-only.ts';
import { findOperation, parseOpenApi } from '../../../spec/openapi.ts';

/** The configuration of Prism: it validates requests, but not tokens. */
export const prismConfig: IHttpConfig = {
  isProxy: false,
  // The front checks the token: Prism would answer 401, but the contract has only HTTP status 200.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  mock: { dynamic: false },
  upstreamProxy: undefined,
};

/** A log that writes nothing. Prism's decision is in its answer. */
const silent = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent', 'success'].map((level) => [level, () => undefined]),
);

/** Creates Prism in this process, without a log. */
export function quietPrism(): ReturnType<typeof createInstance> {
  const logger: unknown = { ...silent, child: () => logger };
  return createInstance(prismConfig, { logger } as unknown as Parameters<typeof createInstance>[1]);
}

/** An example of an answer, as Prism sends it. */
export type Example = { readonly httpStatus: number; readonly body: unknown };

/**
 * Loads an OpenAPI document, which must have an example request with the name `plain`, into Prism. The result gives Prism's
 * answer to a valid request, or a named example; undefined if no example has the name.
 */
export async function loadExamples(openApiPath: string): Promise<(name?: string) => Promise<Example | undefined>> {
  const operations = await getHttpOperationsFromSpec(openApiPath);
  const document = parseOpenApi(readFileSync(openApiPath, 'utf8'));
  const [path = ''] = Object.keys(document.paths);
  const body = findOperation(document).requestBody?.content['application/json']?.examples?.['plain']?.value;
  const request = { method: 'post', url: { path }, headers: { 'content-type': 'application/json' }, body } as const;
  const prism = quietPrism();
  // Only the names of the contract are kept: a client may send any number of others.
  const known = new Map<string | undefined, Example>();
  return async (exampleKey) => {
    const before = known.get(exampleKey);
    if (before !== undefined) return before;
    const mock = definedOnly({ dynamic: false, exampleKey });
    const result = await prism.request(request, operations, { ...prismConfig, mock })();
    if (result._tag === 'Left') {
      if (Reflect.get(result.left, 'status') === 404) return undefined;
      throw result.left;
    }
    const example = { httpStatus: result.right.output.statusCode, body: result.right.output.body };
    known.set(exampleKey, example);
    return example;
  };
}
