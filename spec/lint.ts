import { createConfig, lintFromString } from '@redocly/openapi-core';
import { parse, stringify } from 'yaml';
import { documentedCodes } from './catalogue.ts';
import type { OpenApiDocument } from './openapi.ts';
import { loadOpenApi, openApiPath, operationOf } from './openapi.ts';
import { contractAjv } from './validate.ts';

/** One thing wrong with the contract's text. */
export type LintProblem = { readonly rule: string; readonly where: string; readonly message: string };

/** Keywords that Prism, openapi-typescript and Ajv read differently, or not at all. */
const forbiddenKeywords = ['discriminator', 'nullable', 'unevaluatedProperties', 'unevaluatedItems', 'dependentRequired'];

/** Everything wrong with openapi.yaml: the linter's findings and our own rules'. */
export async function lintSpec(document: OpenApiDocument = loadOpenApi()): Promise<readonly LintProblem[]> {
  const compiled = schemaProblems(document);
  // An example can only be held against schemas that compile.
  const examples = compiled.length === 0 ? exampleProblems(document) : [];
  return [...(await generalProblems(document)), ...catalogueProblems(document), ...keywordProblems(document), ...compiled, ...examples];
}

/** Redocly's recommended rules, all as errors; it looks nothing up on the network. */
async function generalProblems(document: OpenApiDocument): Promise<readonly LintProblem[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    telemetry: 'off',
    rules: {
      // The alternatives exclude each other by a constant and by null, which this rule cannot see; Ajv checks it below.
      'no-illogical-composition-keywords': 'off',
      'operation-4xx-response': 'error',
      'no-invalid-media-type-examples': 'error',
      'tag-description': 'error',
      'operation-singular-tag': 'error',
      'no-unused-components': 'error',
    },
  });
  const found = await lintFromString({ source: stringify(document), absoluteRef: openApiPath, config });
  return found.map(({ ruleId, message, location }) => ({
    rule: ruleId,
    where: location[0]?.pointer ?? '#/',
    message,
  }));
}

/** The 24 documented codes and the named examples are the same list, meanings included. */
function catalogueProblems(document: OpenApiDocument): readonly LintProblem[] {
  const { examples } = operationOf(document).responses['200'].content['application/json'];
  const problem = (name: string, message: string): LintProblem => ({
    rule: 'catalogue-as-examples',
    where: `responses/200/examples/${name}`,
    message,
  });
  const known = new Set(documentedCodes.map(({ code }) => `E${code}`));
  const strangers = Object.keys(examples).filter((name) => !known.has(name));
  const wrong = documentedCodes.flatMap(({ code, meaning }) => {
    const example = examples[`E${code}`];
    if (example === undefined) return [problem(`E${code}`, `the documented code ${code} has no example`)];
    const value = example.value as { code?: unknown };
    return [
      ...(example.summary === meaning ? [] : [problem(`E${code}`, `the summary is not the document's: "${meaning}"`)]),
      ...(value.code === code ? [] : [problem(`E${code}`, `the example's code is not ${code}`)]),
    ];
  });
  const first = Object.keys(examples)[0];
  return [
    ...wrong,
    ...strangers.map((name) => problem(name, 'no documented code has this name')),
    ...(first === 'E200' ? [] : [problem(String(first), 'E200 must come first: a mock answers the first example')]),
  ];
}

/** A schema that does not compile makes Prism accept everything, without a word. */
function schemaProblems(document: OpenApiDocument): readonly LintProblem[] {
  return Object.keys(document.components.schemas).flatMap((name) => {
    try {
      contractAjv(document).compile({ $ref: `bindgate:openapi#/components/schemas/${name}` });
      return [];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return [{ rule: 'schema-compiles', where: `components/schemas/${name}`, message }];
    }
  });
}

function exampleProblems(document: OpenApiDocument): readonly LintProblem[] {
  const ajv = contractAjv(document);
  const { requestBody, responses } = operationOf(document);
  const against = [
    ['requestBody', 'BindingRequest', requestBody.content['application/json'].examples],
    ['responses/200', 'Envelope', responses['200'].content['application/json'].examples],
  ] as const;
  return against.flatMap(([where, name, examples]) => {
    const validate = ajv.getSchema(`bindgate:openapi#/components/schemas/${name}`);
    return Object.entries(examples)
      .filter(([, { value }]) => validate?.(value) !== true)
      .map(([key]) => ({ rule: 'example-is-valid', where: `${where}/examples/${key}`, message: `is no valid ${name}` }));
  });
}

function keywordProblems(document: OpenApiDocument): readonly LintProblem[] {
  const found: LintProblem[] = [];
  const visit = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (forbiddenKeywords.includes(key) && !where.endsWith('/properties')) {
        found.push({ rule: 'shared-keywords', where: `${where}/${key}`, message: `${key} is not read alike by every tool` });
      }
      visit(child, `${where}/${key}`);
    }
  };
  visit(document.components.schemas, 'components/schemas');
  return found;
}

/** A copy of the contract to change in tests. */
export function copyOf(document: OpenApiDocument): OpenApiDocument {
  return parse(stringify(document)) as OpenApiDocument;
}
