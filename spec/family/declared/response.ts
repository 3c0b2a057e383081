import type { ValidateFunction } from 'ajv/dist/2020.js';
import { isSuccessCode } from '../../dialect.ts';
import { isRecord } from '../../is-record.ts';
import { compileSchema, createAjv } from '../../json-schema.ts';
import type { AnyOpenApi, JsonSchema } from '../../openapi.ts';
import type { Operation } from '../../operation.ts';
import { type Problem, toProblems } from '../../problem.ts';
import type { Declared } from './model.ts';

/** The names of the schemas of an imported document. */
const [success, failure] = ['SuccessEnvelope', 'FailureEnvelope'] as const;

/**
 * Checks the body of an answer with the schemas of the OpenAPI document. A page does not say which fields an answer must
 * have: while `answer` has a guess, every field except the code may be absent or null, and only types are checked.
 */
export function responseCheck({ document, declaration }: Declared): Operation['responseProblems'] {
  const schemas = declaration.answer?.guess === true ? lenient(document) : document;
  const validators = new Map<string, ValidateFunction>();
  const check = (name: string, body: unknown): readonly Problem[] => {
    if (!isRecord(body)) return [{ path: '', message: 'must be object' }];
    if (!Number.isInteger(body['code']))
      return [{ path: '/code', message: body['code'] === undefined ? 'is missing' : 'must be integer' }];
    if (schemas.components.schemas[name] === undefined) return [];
    let validate = validators.get(name);
    if (validate === undefined) {
      validate = compileSchema(createAjv(schemas), `/components/schemas/${name}`);
      validators.set(name, validate);
    }
    return validate(body) ? [] : toProblems(validate.errors ?? []);
  };
  return (body, successCode) => {
    const code = isRecord(body) ? body['code'] : undefined;
    // In the schemas, 200 means success: with another success code, the two codes are swapped.
    if (typeof code === 'number' && isSuccessCode(code, { successCode }))
      return check(success, { ...(body as object), code: 200 });
    return check(failure, code === 200 ? { ...(body as object), code: 0 } : body);
  };
}

/** The document with schemas in which every field may be absent or null, and refusals may carry data. */
function lenient(document: AnyOpenApi): AnyOpenApi {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [name, loosen(schema, name)]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

function loosen(schema: JsonSchema, name = ''): JsonSchema {
  const { required: _, properties, type, $ref, ...others } = schema;
  if ($ref !== undefined) return { anyOf: [{ $ref }, { type: 'null' }] };
  const items = schema['items'];
  const entries = Object.entries(properties ?? {}).map(([key, property]): readonly [string, JsonSchema] => {
    if (key === 'code' && /Envelope/.test(name)) return [key, property];
    // The page says nothing of the data of a refusal.
    if (name === failure && key !== 'msg') return [key, {}];
    return [key, loosen(property)];
  });
  return {
    ...others,
    ...(type !== undefined && { type: [...new Set([type, 'null'].flat())] }),
    ...(Array.isArray(others['enum']) && { enum: [...(others['enum'] as unknown[]), null] }),
    ...(properties !== undefined && { properties: Object.fromEntries(entries) }),
    ...(isRecord(items) && { items: loosen(items) }),
  };
}
