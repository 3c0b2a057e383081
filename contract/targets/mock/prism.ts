import { readFileSync } from 'node:fs';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { definedOnly } from '../../../spec/defined-only.ts';
import { findOperation, parseOpenApi } from '../../../spec/openapi.ts';
import { prismConfig, quietPrism } from './quiet-prism.ts';

/** What Prism answers: an example of the contract, or why the request is not valid by schema. */
export type PrismAnswer =
  | { readonly kind: 'example'; readonly httpStatus: number; readonly body: unknown }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'unknown-example' };

/** Prism over the contract, in this process. */
export type Prism = {
  /** The answer to a body: Prism's own choice of example, once the body has passed the schema. */
  readonly answer: (body: unknown) => Promise<PrismAnswer>;
  /** A named example, whatever the request was. */
  readonly example: (name: string) => Promise<PrismAnswer>;
};

/** Loads the contract into Prism: the file of its specification, with an example request called `plain`. */
export async function createPrism(openApiPath: string): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(openApiPath);
  const document = parseOpenApi(readFileSync(openApiPath, 'utf8'));
  const [path = ''] = Object.keys(document.paths);
  const prism = quietPrism();
  const valid = findOperation(document).requestBody.content['application/json'].examples?.['plain']?.value;

  const ask = async (body: unknown, exampleKey?: string): Promise<PrismAnswer> => {
    const request = {
      method: 'post',
      url: { path },
      headers: { 'content-type': 'application/json' },
      body,
    } as const;
    const mock = definedOnly({ dynamic: false, exampleKey });
    const result = await prism.request(request, operations, { ...prismConfig, mock })();
    if (result._tag === 'Right') {
      return { kind: 'example', httpStatus: result.right.output.statusCode, body: result.right.output.body };
    }
    const { status, additional } = result.left as {
      status?: number;
      additional?: { validation?: { message: string }[] };
    };
    if (status === 404) return { kind: 'unknown-example' };
    return { kind: 'invalid', problems: (additional?.validation ?? []).map(({ message }) => message) };
  };
  return { answer: (body) => ask(body), example: (name) => ask(valid, name) };
}
