import { compileSchema, createAjv } from '../../json-schema.ts';
import type { AnyOpenApi, JsonSchema, MediaType } from '../../openapi.ts';
import { allBodies } from '../../schema-walk.ts';
import type { VendorDocument } from '../model.ts';
import type { Guess } from './guess.ts';

/**
 * A copy of a document with examples that its schemas accept: a page's own may contradict its tables. A success gets a
 * made-up one in its place, any other is left out.
 */
export function withValidExamples<Document extends AnyOpenApi>(
  made: Document,
  page: VendorDocument,
  guess: Guess,
): Document {
  const document = structuredClone(made);
  const ajv = createAjv(document);
  for (const { pointer, body } of allBodies(document)) {
    const validate = compileSchema(ajv, `${pointer}/schema`);
    const kept = Object.entries(body.examples ?? {}).flatMap(([name, example]) => {
      if (validate(example.value)) return [[name, example] as const];
      const { instancePath = '', message = '' } = validate.errors?.[0] ?? {};
      const isCode = /^E\d+$/.test(name);
      const shown = isCode ? page.responses[0]?.example : page.requestExample;
      guess(
        shown ?? page.path,
        `the page's example contradicts its table (${instancePath || 'it'} ${message}); ${isCode ? 'one is made up' : 'it is left out'}`,
      );
      const value = sampleOfSchema(body.schema, document.components.schemas);
      return isCode ? [[name, { ...example, value }] as const] : [];
    });
    const changing: { examples?: MediaType['examples'] } = body;
    if (kept.length > 0) changing.examples = Object.fromEntries(kept);
    else delete changing.examples;
  }
  return document;
}

/** A value that a schema of an imported document accepts. A class that holds itself ends in an empty object or null. */
function sampleOfSchema(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>, depth = 0): unknown {
  if (schema.$ref !== undefined) {
    const component = components[schema.$ref.slice('#/components/schemas/'.length)];
    return component === undefined || depth > 12 ? {} : sampleOfSchema(component, components, depth + 1);
  }
  const [branch] = schema.anyOf ?? [];
  if (branch !== undefined) return sampleOfSchema(branch, components, depth);
  if ('const' in schema) return schema['const'];
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.type === 'array') return [];
  const properties = Object.entries(schema.properties ?? {});
  const wanted = depth > 6 ? properties.filter(([name]) => schema.required?.includes(name)) : properties;
  return Object.fromEntries(wanted.map(([name, inner]) => [name, sampleOfSchema(inner, components, depth + 1)]));
}
