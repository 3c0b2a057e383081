import type { ValidateFunction } from 'ajv/dist/2020.js';
import { isDialectKey } from './dialect.ts';
import { pointerStep } from './json-pointer.ts';
import { compileSchema, createAjv, schemaRemarks } from './json-schema.ts';
import type { AnyOpenApi, CodeMeaning, MediaType } from './openapi.ts';
import { allBodies, allOperations, allSchemas, type PlacedSchema, responseBodies } from './schema-walk.ts';

/** One thing wrong with the specification. `location` is a JSON pointer into it, as `#/components/…`. */
export type LintProblem = {
  readonly rule: string;
  readonly location: string;
  readonly message: string;
  readonly severity: 'error' | 'warn';
};

type Finding = Pick<LintProblem, 'location' | 'message'>;
type Rule = (document: AnyOpenApi, codes: readonly CodeMeaning[] | undefined) => readonly Finding[];

/** The project's own rules, by name. */
const rules: Readonly<Record<string, Rule>> = {
  'codes-listed': codesListed,
  'codes-as-examples': codesAsExamples,
  'keywords-shared': keywordsShared,
  'schemas-compile': schemasCompile,
  'examples-valid': examplesValid,
  'sources-named': sourcesNamed,
};

/** Keywords that Prism, openapi-typescript and Ajv understand alike. */
const sharedKeywords: ReadonlySet<string> = new Set([
  ...['$ref', 'title', 'description', 'default', 'examples', ...schemaRemarks],
  ...['type', 'enum', 'const', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'],
  ...['required', 'properties', 'additionalProperties', 'items', 'oneOf', 'anyOf', 'allOf', 'not'],
]);

/** Where the bounds of a field may come from: the values of `x-source`. */
const sources: readonly unknown[] = ['document', 'sibling', 'inferred'];

/**
 * What is wrong with a specification by the project's own rules.
 * @param codes what `x-codes` must list; where nothing is given, it is taken as it stands.
 */
export function ownProblems(document: AnyOpenApi, codes?: readonly CodeMeaning[]): readonly LintProblem[] {
  return Object.entries(rules).flatMap(([rule, check]) =>
    check(document, codes).map((finding) => ({ rule, ...finding, severity: 'error' as const })),
  );
}

/** Each operation lists its business codes once each, and they are the catalogue's, in its order, with its meanings. */
function codesListed(document: AnyOpenApi, codes: readonly CodeMeaning[] | undefined): readonly Finding[] {
  return allOperations(document).flatMap(({ pointer, operation }) => {
    const location = `#${pointer}/x-codes`;
    const listed = operation['x-codes'];
    if (listed === undefined)
      return [{ location: `#${pointer}`, message: 'has no x-codes: the business codes and their meanings' }];
    const twice = listed.filter(({ code }, index) => listed.findIndex((other) => other.code === code) !== index);
    const wanted = codes ?? listed;
    return [
      ...twice.map(({ code }) => ({ location, message: `lists code ${code} twice` })),
      ...wanted.flatMap(({ code, meaning }, index) => {
        const found = listed[index];
        return found?.code === code && found.meaning === meaning
          ? []
          : [{ location: `${location}/${index}`, message: `must be the catalogue's code ${code}: ${meaning}` }];
      }),
      ...listed
        .slice(wanted.length)
        .map(({ code }) => ({ location, message: `lists code ${code}, which the catalogue has not` })),
    ];
  });
}

/** The codes and the response's named examples are the same, with the same meanings; success comes first. */
function codesAsExamples(document: AnyOpenApi, codes: readonly CodeMeaning[] | undefined): readonly Finding[] {
  return allOperations(document).flatMap((placed) => {
    const [response] = responseBodies(placed);
    const wanted = codes ?? placed.operation['x-codes'] ?? [];
    return exampleFindings(`#${response?.pointer ?? placed.pointer}/examples`, response?.body.examples ?? {}, wanted);
  });
}

function exampleFindings(
  location: string,
  examples: NonNullable<MediaType['examples']>,
  codes: readonly CodeMeaning[],
): readonly Finding[] {
  const names = codes.map(({ code }) => `E${code}`);
  const missing = codes.filter(({ code }) => examples[`E${code}`] === undefined);
  const first = Object.keys(examples)[0];
  return [
    ...missing.map(({ code, meaning }) => ({
      location,
      message: `has no example E${code} for code ${code} (${meaning})`,
    })),
    ...Object.entries(examples).flatMap(([name, { summary, value }]) => {
      const at = location + pointerStep(name);
      const documented = codes[names.indexOf(name)];
      if (documented === undefined) return [{ location: at, message: `${name} is the name of no documented code` }];
      const { code, meaning } = documented;
      return [
        ...(summary === meaning
          ? []
          : [{ location: `${at}/summary`, message: `must be the code's meaning: ${meaning}` }]),
        ...(hasCode(value, code) ? [] : [{ location: `${at}/value`, message: `must have the code ${code}` }]),
      ];
    }),
    ...(first === undefined || first === names[0]
      ? []
      : [{ location, message: `must begin with ${names[0]}: a mock answers with the first example` }]),
  ];
}

/** Only keywords that all tools share: a schema that one of them cannot read makes it accept everything, silently. */
function keywordsShared(document: AnyOpenApi): readonly Finding[] {
  return allSchemas(document).flatMap(({ pointer, schema }) =>
    Object.keys(schema)
      .filter((keyword) => !sharedKeywords.has(keyword))
      .map((keyword) => ({
        location: `#${pointer}${pointerStep(keyword)}`,
        message: `${keyword} is not a keyword that Prism, openapi-typescript and Ajv share`,
      })),
  );
}

/** A schema that does not compile makes Prism accept everything. What refers to it fails too, so that is left out. */
function schemasCompile(document: AnyOpenApi): readonly Finding[] {
  const failed = compiled(document).filter(({ result }) => typeof result === 'string');
  const culprits = failed.filter(({ schema }) => !JSON.stringify(schema).includes('"$ref"'));
  return (culprits.length > 0 ? culprits : failed).map(({ pointer, result }) => ({
    location: `#${pointer}`,
    message: `does not compile: ${String(result)}`,
  }));
}

/** Every example, of a field or of a body, is valid by its schema. */
function examplesValid(document: AnyOpenApi): readonly Finding[] {
  const byPointer = new Map(compiled(document).map(({ pointer, result }) => [pointer, result]));
  const ofFields = allSchemas(document).flatMap(({ pointer, schema }) =>
    (schema.examples ?? []).map((value, index) => ({ schema: pointer, at: `${pointer}/examples/${index}`, value })),
  );
  const ofBodies = allBodies(document).flatMap(({ pointer, body }) =>
    Object.entries(body.examples ?? {}).map(([name, { value }]) => ({
      schema: `${pointer}/schema`,
      at: `${pointer}/examples${pointerStep(name)}/value`,
      value,
    })),
  );
  return [...ofFields, ...ofBodies].flatMap(({ schema, at, value }) => {
    const validate = byPointer.get(schema);
    // What does not compile is another rule's finding.
    if (typeof validate !== 'function' || validate(value)) return [];
    const { instancePath, message } = validate.errors?.[0] ?? { instancePath: '', message: 'is not valid' };
    return [{ location: `#${at}${instancePath}`, message: `breaks its schema: ${message}` }];
  });
}

/** Every field has its meaning and says where its bounds come from; every dialect setting it names exists. */
function sourcesNamed(document: AnyOpenApi): readonly Finding[] {
  return allSchemas(document).flatMap((placed) => {
    const { pointer, schema } = placed;
    const location = `#${pointer}`;
    const dialect = [schema['x-dialect'] ?? []].flat();
    const unknown = dialect.filter((key) => typeof key !== 'string' || !isDialectKey(key));
    return [
      ...unknown.map((key) => ({ location, message: `x-dialect names no dialect setting: ${String(key)}` })),
      ...(isField(placed) && !isParameter(placed) && schema.description === undefined
        ? [{ location, message: 'has no description' }]
        : []),
      ...(isField(placed) && !sources.includes(schema['x-source'])
        ? [{ location, message: `x-source must be one of ${sources.join(', ')}` }]
        : []),
    ];
  });
}

/** A schema that holds one value, rather than an object, a choice, a reference or an exclusion. */
function isField({ pointer, schema }: PlacedSchema): boolean {
  const holdsMore = schema.$ref ?? schema.properties ?? schema.anyOf ?? schema.oneOf;
  return holdsMore === undefined && !pointer.endsWith('/not');
}

/** Its description stands beside it. */
function isParameter({ pointer }: PlacedSchema): boolean {
  return /\/(?:parameters|headers)\/[^/]+\/schema$/.test(pointer);
}

type Compiled = PlacedSchema & { readonly result: ValidateFunction | string };

/** Every schema compiled, or what Ajv said. */
function compiled(document: AnyOpenApi): readonly Compiled[] {
  const ajv = createAjv(document);
  return allSchemas(document).map((placed) => {
    try {
      return { ...placed, result: compileSchema(ajv, placed.pointer) };
    } catch (error) {
      return { ...placed, result: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** A body without a code can be a success alone, and a code may be a text: an imported page says so. */
function hasCode(value: unknown, code: number): boolean {
  if (typeof value !== 'object' || value === null || !('code' in value)) return code >= 200 && code < 300;
  return value.code === code || value.code === String(code);
}
