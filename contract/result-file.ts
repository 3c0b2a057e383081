import { readFileSync, statSync } from 'node:fs';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { errorCode } from '../spec/error-code.ts';
import { inert } from './inert.ts';
import { UserError } from './user-error.ts';

/** The JSON Schema of a result file; the file's `schema` is its `$id`. */
export type ResultSchema = { readonly $id: string };

/** Some twenty times the largest that a run writes. */
const mostBytes = 64 * 1024 * 1024;

/** Compiling takes longer than reading a file. */
const validators = new WeakMap<ResultSchema, ValidateFunction>();

/**
 * A result file, held against its schema.
 * @param next what to do about a file that is wrong, for messages.
 * @throws UserError (exit code 2) as `readTextFile` and `parseResult` do.
 */
export function readResultFile<Value>(file: string, schema: ResultSchema, next: string): Value {
  return parseResult(readTextFile(file, next), schema, file, next);
}

/** The text of a file. @throws UserError (exit code 2) where it cannot be read, may never end, or is no text in UTF-8. */
export function readTextFile(file: string, next: string): string {
  try {
    const stats = statSync(file);
    const { size } = stats;
    if (stats.isCharacterDevice()) throw new UserError(`${file}: it is a device, and no file; ${next}`, 2);
    if (size > mostBytes) throw new UserError(`${file}: ${size} bytes are too many for a result file; ${next}`, 2);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof TypeError) throw new UserError(`${file}:1: this is no text in UTF-8; ${next}`, 2);
    throw new UserError(`${file}: it cannot be read (${errorCode(error)}); ${next}`, 2, { cause: error });
  }
}

/**
 * A result from its text, held against its schema.
 * @param where its file, or the line of one, for messages.
 * @throws UserError (exit code 2) that says whether the JSON, the kind of file or one of its values is wrong.
 */
export function parseResult<Value>(text: string, schema: ResultSchema, where: string, next: string): Value {
  const value = parseJson(text, where, next);
  const kind = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (kind !== schema.$id) {
    const got = typeof kind === 'string' ? `one of ${inert(kind, 60)}` : 'JSON without a "schema" of bindgate';
    throw new UserError(`${where}: expected a file of ${schema.$id}, got ${got}; ${next}`, 2);
  }
  const validate =
    validators.get(schema) ?? new Ajv2020({ allowUnionTypes: true, strictTuples: false }).compile(schema);
  validators.set(schema, validate);
  if (validate(value)) return value as Value;
  const { instancePath = '', message = 'is not valid' } = validate.errors?.[0] ?? {};
  const what = `${inert(instancePath.slice(1), 200) || 'it'} ${message}`;
  throw new UserError(`${where}: not a valid file of ${schema.$id}: ${what}; ${next}`, 2);
}

function parseJson(text: string, where: string, next: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const lines = text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
    const place = lines === 1 ? where : `${where}:${lines}`;
    throw new UserError(`${place}: the JSON is cut off or damaged here; ${next}`, 2, { cause: error });
  }
}
