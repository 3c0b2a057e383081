import { readFileSync } from 'node:fs';
import { getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { definedOnly } from '../../../spec/defined-only.ts';
import { findOperation, parseOpenApi } from '../../../spec/openapi.ts';
import { prismConfig, quietPrism } from './quiet-prism.ts';

/** Prism's answer: an example of the contract, or why the request breaks the schema. */
export type PrismAnswer =
  | { readonly kind: 'example'; readonly httpStatus: number; readonly body: unknown }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'unknown-example' };

/** Prism in this process, loaded with the contract. */
export type Prism = {
  /** The answer to a body: an example that Prism chooses, if the body matches the schema. */
  readonly answer: (body: unknown) => Promise<PrismAnswer>;
  /** The answer to any body that matches the schema. Prism is asked once: its examples do not depend on the body. */
  readonly answerToValid: () => Promise<PrismAnswer>;
  /** A named example, for any request. */
  readonly example: (name: string) => Promise<PrismAnswer>;
};

/** Loads an OpenAPI document into Prism. It must have an example request with the name `plain`. */
export async function createPrism(openApiPath: string): Promise<Prism> {
  const operations = await getHttpOperationsFromSpec(openApiPath);
  const document = parseOpenApi(readFileSync(openApiPath, 'utf8'));
  const [path = ''] = Object.keys(document.paths);
  const prism = quietPrism();
  const valid = findOperation(document).requestBody?.content['application/json']?.examples?.['plain']?.value;

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
  let toValid: Promise<PrismAnswer> | undefined;
  // Only the names of the contract are kept: a client may send any number of others.
  const examples = new Map<string, PrismAnswer>();
  return {
    answer: (body) => ask(body),
    answerToValid: () => {
      toValid ??= ask(valid);
      return toValid;
    },
    example: async (name) => {
      const known = examples.get(name);
      if (known !== undefined) return known;
      const answer = await ask(valid, name);
      if (answer.kind === 'example') examples.set(name, answer);
      return answer;
    },
  };
}
