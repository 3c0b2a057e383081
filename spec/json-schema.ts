import { Ajv2020, type CodeOptions, type ValidateFunction } from 'ajv/dist/2020.js';
import type { AnyOpenApi } from './openapi.ts';

/** The project's own schema keywords; validators ignore them. */
export const schemaRemarks = ['x-source', 'x-dialect', 'x-document', 'x-options'] as const;

const holderId = 'bindgate:openapi';

/**
 * An Ajv for JSON Schema 2020-12 that knows a document's schemas.
 * It is strict: an unknown keyword throws, and so does one that cannot apply to its type.
 */
export function createAjv(
  { components, paths }: Pick<AnyOpenApi, 'components' | 'paths'>,
  code: CodeOptions = {},
): Ajv2020 {
  // `format` is only a remark in JSON Schema 2020-12: int32 and similar formats must not make Ajv throw.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: false, code });
  // To Ajv, the holder is a schema without rules. References such as `#/components/…` resolve in it unchanged.
  ajv.addVocabulary([...schemaRemarks, 'components', 'paths']);
  ajv.addSchema({ components, paths }, holderId, undefined, false);
  return ajv;
}

/** The reference to the schema at a JSON pointer of the document, for an Ajv made by {@link createAjv}. */
export function schemaReference(pointer: string): string {
  return `${holderId}#${pointer}`;
}

/** Compiles the schema at a JSON pointer of the document. @throws Error from Ajv if it does not compile. */
export function compileSchema(ajv: Ajv2020, pointer: string): ValidateFunction {
  return ajv.compile({ $ref: schemaReference(pointer) });
}
