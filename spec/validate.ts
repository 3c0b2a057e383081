import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Dialect } from './dialect.ts';
import { loadOpenApi } from './openapi.ts';

/** One way in which a value breaks its schema. */
export type Problem = {
  /** JSON pointer into the value; empty for the value itself. */
  readonly path: string;
  readonly message: string;
};

/** The names of the contract's schemas that are compiled on demand. */
export type SchemaName = 'PlainBindingRequest' | 'EncryptedBindingRequest' | 'SuccessEnvelope' | 'FailureEnvelope';

const documentId = 'bindgate:openapi';
let ajv: Ajv2020 | undefined;

/** The compiled validator of a schema of openapi.yaml. */
export function validatorOf(name: string): ValidateFunction {
  ajv ??= contractAjv(loadOpenApi());
  const validate = ajv.getSchema(`${documentId}#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`spec/openapi.yaml has no schema ${name}`);
  return validate;
}

/** Ajv for JSON Schema 2020-12, as OpenAPI 3.1 uses it, with a document's schemas to refer to. */
export function contractAjv(document: object): Ajv2020 {
  const compiler = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictSchema: true });
  compiler.addVocabulary(['x-source', 'example']);
  compiler.addFormat('int32', { type: 'number', validate: (value: number) => Math.abs(value) < 2 ** 31 });
  compiler.addVocabulary(['openapi', 'jsonSchemaDialect', 'info', 'servers', 'tags', 'security', 'paths', 'components']);
  compiler.addSchema({ $id: documentId, ...document });
  return compiler;
}

/** How a request body breaks the contract; its form is the one it has a bindingCode for. */
export function requestProblems(body: unknown): readonly Problem[] {
  const encrypted = typeof body === 'object' && body !== null && 'encryptedBindingCode' in body && body.encryptedBindingCode !== null;
  return problems(encrypted ? 'EncryptedBindingRequest' : 'PlainBindingRequest', body);
}

/**
 * How an answer's body breaks the contract. The envelope is the one its `code` asks for, so that messages are to the point;
 * `successCode` is the dialect's.
 */
export function responseProblems(body: unknown, successCode: Dialect['successCode'] = 200): readonly Problem[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ path: '', message: 'must be a JSON object' }];
  }
  const code: unknown = 'code' in body ? body.code : undefined;
  const success = successCode === 'any' ? code === 200 || code === 0 : code === successCode;
  if (success) return problems('SuccessEnvelope', { ...body, code: 200 });
  // Under successCode 0, a 200 is a refusal like any other.
  return problems('FailureEnvelope', code === 200 ? { ...body, code: 0 } : body);
}

function problems(name: SchemaName, value: unknown): readonly Problem[] {
  const validate = validatorOf(name);
  return validate(value) ? [] : (validate.errors ?? []).map(problem);
}

function problem({ instancePath, keyword, params, message, schema }: ErrorObject): Problem {
  const says: Readonly<Record<string, () => string>> = {
    required: () => `lacks "${String(params['missingProperty'])}"`,
    type: () => `must be ${[params['type'] as string | string[]].flat().join(' or ')}`,
    enum: () => `must be one of ${JSON.stringify(schema)}`,
  };
  return { path: instancePath, message: says[keyword]?.() ?? message ?? `breaks ${keyword}` };
}
