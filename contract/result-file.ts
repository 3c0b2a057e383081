import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readText } from '../spec/read-text.ts';
import { inert } from './inert.ts';
import { UserError } from './user-error.ts';

/** The JSON Schema of a result file; the file's `schema` is its `$id`. */
export type ResultSchema = { readonly $id: string };

/** The size limit: about twenty times the largest file that a run writes. */
const maxBytes = 64 * 1024 * 1024;

/** A compiled schema is kept, because compiling takes longer than reading a file. */
const validators = new WeakMap<ResultSchema, ValidateFunction>();

/** Reads a result file and checks it against its schema. @throws UserError (exit code 2) as `readTextFile` and `parseResult` do. */
export function readResultFile<Value>(file: string, schema: ResultSchema, next: string): Value {
  return parseResult(readTextFile(file, next), schema, file, next);
}

/** Reads a text file. @throws UserError (exit code 2) if it cannot be read, is a device, is too large or is not UTF-8. */
export function readTextFile(file: string, next: string): string {
  const text = readText(file, maxBytes);
  if (typeof text === 'string') return text;
  const where = text.line === undefined ? file : `${file}:${text.line}`;
  throw new UserError(`${where}: ${text.problem}; ${next}`, 2);
}

/**
 * Parses a result and checks it against its schema.
 * @param where its file, or a line of it, for messages.
 * @throws UserError (exit code 2) that says what is wrong: the JSON, the kind of file or a value.
 */
export function parseResult<Value>(text: string, schema: ResultSchema, where: string, next: string): Value {
  const value = parseJson(text, where, next);
  const kind = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (kind !== schema.$id) {
    const got = typeof kind === 'string' ? `one of ${inert(kind, 60)}` : 'JSON without a bindgate "schema"';
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
    if (text.trim() === '') throw new UserError(`${where}: the file is empty; ${next}`, 2, { cause: error });
    if (!/^\s*[[{]/.test(text)) throw new UserError(`${where}: this is not JSON; ${next}`, 2, { cause: error });
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const lines = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    // A caller that gives one line of a file has its number in `where`.
    const place = /:\d+$/.test(where) ? where : `${where}:${lines.length}`;
    const column = (lines.at(-1) ?? '').length + 1;
    throw new UserError(`${place}: the JSON is cut off or damaged at column ${column}; ${next}`, 2, { cause: error });
  }
}
