import { compileSchema, createAjv } from '../../json-schema.ts';
import type { AnyOpenApi, JsonSchema, MediaType } from '../../openapi.ts';
import { allBodies } from '../../schema-walk.ts';
import type { VendorDocument } from '../model.ts';
import type { Guess } from './scalars.ts';

/**
 * A copy of a document with valid examples: an example on the page may contradict the page's tables. An invalid example
 * of a code is replaced by an invented one, any other is removed.
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
        `the page's example contradicts its table (${instancePath || 'it'} ${message}); ${isCode ? 'replaced by an invented one' : 'removed'}`,
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

/** A valid value for a schema of an imported document. A recursive class ends with an empty object or null. */
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
