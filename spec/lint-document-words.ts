import { wordsOf } from './document/check/contract-fields.ts';
import { optionsOf } from './document/options.ts';
import { type SwaggerType, swaggerType } from './document/swagger-type.ts';
import { compileSchema, createAjv } from './json-schema.ts';
import type { Finding } from './lint-rules.ts';
import type { AnyOpenApi, JsonSchema } from './openapi.ts';
import { allSchemas } from './schema-walk.ts';

/**
 * A schema that carries the page's words (`x-document`) is of the type they name, and accepts every value they list: what
 * a page is compared with is then what is validated.
 */
export function documentWords(document: AnyOpenApi): readonly Finding[] {
  const ajv = createAjv(document);
  return allSchemas(document).flatMap(({ pointer, schema }) => {
    const words = wordsOf(schema);
    if (words === undefined) return [];
    const location = `#${pointer}`;
    const type = swaggerType(words.type);
    if (!isOfType(schema, type))
      return [{ location, message: `is not of the type its x-document names: ${words.type}` }];
    const refused = optionsOf(words.description).filter(({ value }) => {
      const validate = compileSchema(ajv, pointer);
      return !validate(type.kind === 'scalar' && type.type === 'string' ? value : (JSON.parse(value) as unknown));
    });
    return refused.map(({ value }) => ({ location, message: `refuses ${value}, which its x-document lists` }));
  });
}

/** Null and a Java Byte's number may be accepted beside the page's type. */
function isOfType({ type, format, properties, anyOf, oneOf }: JsonSchema, documented: SwaggerType): boolean {
  if (documented.kind !== 'scalar')
    return (properties ?? anyOf ?? oneOf) !== undefined || type === 'object' || type === 'array';
  const types = [type].flat().filter((name) => name !== 'null');
  const isByte = documented.format === 'byte';
  const others = types.filter((name) => name !== documented.type && !(isByte && name === 'integer'));
  return types.includes(documented.type) && others.length === 0 && (isByte || format === documented.format);
}
