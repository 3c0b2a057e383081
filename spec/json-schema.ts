import { Ajv2020, type CodeOptions, type ValidateFunction } from 'ajv/dist/2020.js';
import type { AnyOpenApi } from './openapi.ts';

/** Our own keywords in schemas: remarks that no validator acts on. */
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
  // `format` stays a remark, as JSON Schema 2020-12 has it: int32 and the like must not make Ajv throw.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: false, code });
  // Ajv takes the holder for a schema without rules, so that `#/components/…` references resolve in it as they stand.
  ajv.addVocabulary([...schemaRemarks, 'components', 'paths']);
  ajv.addSchema({ components, paths }, holderId, undefined, false);
  return ajv;
}

/** The reference by which such an Ajv finds the schema at a JSON pointer of the document. */
export function schemaReference(pointer: string): string {
  return `${holderId}#${pointer}`;
}

/** Compiles the schema at a JSON pointer of the document; throws what Ajv says where it cannot be compiled. */
export function compileSchema(ajv: Ajv2020, pointer: string): ValidateFunction {
  return ajv.compile({ $ref: schemaReference(pointer) });
}
