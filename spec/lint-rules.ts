import type { ValidateFunction } from 'ajv/dist/2020.js';
import { readListedOptions } from './document/options.ts';
import { type SwaggerType, swaggerType } from './document/swagger-type.ts';
import { isRecord } from './is-record.ts';
import { pointerStep } from './json-pointer.ts';
import { compileSchema, createAjv, schemaRemarks } from './json-schema.ts';
import type { AnyOpenApi, JsonSchema } from './openapi.ts';
import { allBodies, allSchemas, type PlacedSchema } from './schema-walk.ts';

/** One problem of the specification. `location` is a JSON pointer into it, such as `#/components/…`. */
export type LintProblem = {
  readonly rule: string;
  readonly location: string;
  readonly message: string;
  readonly severity: 'error' | 'warn';
};

type Finding = Pick<LintProblem, 'location' | 'message'>;

type Rule = (document: AnyOpenApi, isSetting: (name: string) => boolean) => readonly Finding[];

const rules: Readonly<Record<string, Rule>> = {
  'codes-as-examples': codesAsExamples,
  'keywords-shared': keywordsShared,
  'schemas-compile': schemasCompile,
  'examples-valid': examplesValid,
  'sources-named': sourcesNamed,
  'document-words': documentWords,
};

/** Keywords that Prism, openapi-typescript and Ajv understand in the same way. */
const sharedKeywords: ReadonlySet<string> = new Set([
  ...['$ref', 'title', 'description', 'default', 'examples', ...schemaRemarks],
  ...['type', 'enum', 'const', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'],
  ...['required', 'properties', 'additionalProperties', 'items', 'oneOf', 'anyOf', 'allOf', 'not'],
]);

/** The values of `x-source`: where the limits of a field come from. */
const sources: readonly unknown[] = ['document', 'sibling', 'inferred'];

/**
 * The problems of a specification under the project's own rules.
 * @param isSetting whether a dialect setting with this name exists.
 */
export function ownProblems(document: AnyOpenApi, isSetting: (name: string) => boolean): readonly LintProblem[] {
  return Object.entries(rules).flatMap(([rule, check]) =>
    check(document, isSetting).map((finding) => ({ rule, ...finding, severity: 'error' as const })),
  );
}

/** An example named after a code, such as `E5361`, has that code, as a number or text. A body without a code, or with a word as its code, is a success. */
function codesAsExamples(document: AnyOpenApi): readonly Finding[] {
  return allBodies(document).flatMap(({ pointer, body }) =>
    Object.entries(body.examples ?? {}).flatMap(([name, { value }]) => {
      const [, code] = /^E(\d+)$/.exec(name) ?? [];
      const own = isRecord(value) ? value['code'] : undefined;
      const isWord = typeof own === 'string' && !/^\d+$/.test(own);
      const fits = own === undefined || isWord ? /^2\d\d$/.test(code ?? '') : String(own) === code;
      if (code === undefined || fits) return [];
      return [{ location: `#${pointer}/examples/${name}/value`, message: `must have the code ${code}` }];
    }),
  );
}

/** Schemas use only keywords that all tools support: a tool silently accepts everything if it cannot read a schema. */
function keywordsShared(document: AnyOpenApi): readonly Finding[] {
  return allSchemas(document).flatMap(({ pointer, schema }) =>
    Object.keys(schema)
      .filter((keyword) => !sharedKeywords.has(keyword))
      .map((keyword) => ({
        location: `#${pointer}${pointerStep(keyword)}`,
        message: `${keyword} is not a keyword that Prism, openapi-typescript and Ajv all support`,
      })),
  );
}

/** Every schema compiles; with one that does not, Prism accepts everything. Schemas that refer to it are not reported. */
function schemasCompile(document: AnyOpenApi): readonly Finding[] {
  const failed = compiled(document).filter(({ result }) => typeof result === 'string');
  const causes = failed.filter(({ schema }) => !JSON.stringify(schema).includes('"$ref"'));
  return (causes.length > 0 ? causes : failed).map(({ pointer, result }) => ({
    location: `#${pointer}`,
    message: `does not compile: ${String(result)}`,
  }));
}

/** Every example of a field or a body is valid under its schema. */
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
    // Another rule reports schemas that do not compile.
    if (typeof validate !== 'function' || validate(value)) return [];
    const { instancePath, message } = validate.errors?.[0] ?? { instancePath: '', message: 'is not valid' };
    return [{ location: `#${at}${instancePath}`, message: `does not match its schema: ${message}` }];
  });
}

/** Every field has a description and a source of its limits; every dialect setting that it names exists. */
function sourcesNamed(document: AnyOpenApi, isSetting: (name: string) => boolean): readonly Finding[] {
  return allSchemas(document).flatMap((placed) => {
    const { pointer, schema } = placed;
    const location = `#${pointer}`;
    const dialect = [schema['x-dialect'] ?? []].flat();
    const unknown = dialect.filter((key) => typeof key !== 'string' || !isSetting(key));
    return [
      ...unknown.map((key) => ({ location, message: `x-dialect has an unknown dialect setting: ${String(key)}` })),
      ...(isField(placed) && !isParameter(placed) && schema.description === undefined
        ? [{ location, message: 'has no description' }]
        : []),
      ...(isField(placed) && !sources.includes(schema['x-source'])
        ? [{ location, message: `x-source must be one of ${sources.join(', ')}` }]
        : []),
    ];
  });
}

/** Whether a schema describes one value, and not an object, a choice, a reference or an exclusion. */
function isField({ pointer, schema }: PlacedSchema): boolean {
  const holdsMore = schema.$ref ?? schema.properties ?? schema.anyOf ?? schema.oneOf;
  return holdsMore === undefined && !pointer.endsWith('/not');
}

/** Whether a schema belongs to a parameter, which has its own description. */
function isParameter({ pointer }: PlacedSchema): boolean {
  return /\/(?:parameters|headers)\/[^/]+\/schema$/.test(pointer);
}

/** Every schema, compiled or with Ajv's error message. */
function compiled(document: AnyOpenApi): readonly (PlacedSchema & { readonly result: ValidateFunction | string })[] {
  const ajv = createAjv(document);
  return allSchemas(document).map((placed) => {
    try {
      return { ...placed, result: compileSchema(ajv, placed.pointer) };
    } catch (error) {
      return { ...placed, result: error instanceof Error ? error.message : String(error) };
    }
  });
}

/**
 * A schema with the page's words (`x-document`) has the type that they name, and accepts every value that they list. So
 * page comparison and validation agree.
 */
function documentWords(document: AnyOpenApi): readonly Finding[] {
  const ajv = createAjv(document);
  return allSchemas(document).flatMap(({ pointer, schema }) => {
    const words = schema['x-document'] as { readonly type: string; readonly description: string } | undefined;
    if (words === undefined) return [];
    const location = `#${pointer}`;
    const type = swaggerType(words.type);
    if (!isOfType(schema, type))
      return [{ location, message: `does not have the type in its x-document: ${words.type}` }];
    const refused = readListedOptions(words.description).filter(({ value }) => {
      const validate = compileSchema(ajv, pointer);
      return !validate(type.kind === 'scalar' && type.type === 'string' ? value : (JSON.parse(value) as unknown));
    });
    return refused.map(({ value }) => ({ location, message: `refuses ${value}, which is in its x-document` }));
  });
}

/** Whether a schema has the page's type; null, and a number for a Java Byte, are also allowed. */
function isOfType({ type, format, properties, anyOf, oneOf }: JsonSchema, documented: SwaggerType): boolean {
  if (documented.kind !== 'scalar')
    return (properties ?? anyOf ?? oneOf) !== undefined || type === 'object' || type === 'array';
  const types = [type].flat().filter((name) => name !== 'null');
  const isByte = documented.format === 'byte';
  const others = types.filter((name) => name !== documented.type && !(isByte && name === 'integer'));
  return types.includes(documented.type) && others.length === 0 && (isByte || format === documented.format);
}
