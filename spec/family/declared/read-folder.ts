import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse, YAMLParseError } from 'yaml';
import { DocumentError, refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import type { AnyOpenApi, AnyOperation } from '../../openapi.ts';
import type { DocumentedCode } from '../../operation.ts';
import { toProblems } from '../../problem.ts';
import { allOperations, type PlacedOperation } from '../../schema-walk.ts';
import schema from './declaration.schema.json' with { type: 'json' };
import { bodyTypes, readFields } from './fields.ts';
import { checkKey, type Declaration, type Declared, fieldNamed, leaves } from './model.ts';
import { declarationFile, openApiFile } from './operation-folder.ts';

/** Reads the operation in a folder. @throws DocumentError if a file cannot be used. */
export function readFolder(folder: string): Declared {
  const files = [openApiFile, declarationFile].map((name) => readYaml(join(folder, name)));
  return toDeclared(folder, files[0] as AnyOpenApi, files[1]);
}

/** An operation from its two files. @throws DocumentError if they cannot be used. */
export function toDeclared(folder: string, document: AnyOpenApi, known: unknown): Declared {
  const declaration = checkDeclaration(known, join(folder, declarationFile));
  const place = join(folder, openApiFile);
  const { path, method, operation } = onlyOperation(document, place);
  const codes = operation['x-codes'];
  if (codes === undefined || codes.length === 0) refuse(place, undefined, 'the operation has no x-codes');
  const declared: Declared = {
    folder,
    id: String(operation['operationId'] ?? basename(folder)),
    title: document['info'] === undefined ? '' : String((document['info'] as { title?: unknown }).title ?? ''),
    method: method.toUpperCase(),
    path,
    body: bodyKind(operation, place),
    document,
    codes: codes.map(({ code, meaning }) => ({ code, meaning, basis: basisOf(code, declaration) })),
    fields: readFields(operation, document, declaration.fields ?? {}),
    declaration,
  };
  const problem = wrongName(declared);
  return problem === undefined ? declared : refuse(join(folder, declarationFile), undefined, problem);
}

/** A code is inferred if it is guessed what brings it. */
function basisOf(code: number, { checks }: Declaration): DocumentedCode['basis'] {
  const own = checks.filter((check) => check.code === code);
  return own.length > 0 && own.every(({ guess }) => guess === true) ? 'inferred' : 'document';
}

function onlyOperation(document: AnyOpenApi, place: string): PlacedOperation {
  const all = isRecord(document) && isRecord(document.paths) ? allOperations(document) : [];
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  return refuse(place, undefined, `has ${all.length} operations; a folder has the OpenAPI document of one`);
}

function bodyKind({ requestBody }: AnyOperation, place: string): Declared['body'] {
  const [type] = Object.keys(requestBody?.content ?? {});
  if (type === undefined) return 'none';
  const why = `the request body is ${type}; bindgate sends JSON and URL-encoded forms, not files`;
  return bodyTypes[type] ?? refuse(place, undefined, why);
}

function checkDeclaration(value: unknown, place: string): Declaration {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  if (validate(value)) return value as Declaration;
  const errors = validate.errors ?? [];
  const unknown = errors.find(({ keyword }) => keyword === 'additionalProperties');
  if (unknown !== undefined) {
    const where = unknown.instancePath === '' ? '' : ` in ${unknown.instancePath}`;
    refuse(place, undefined, `unknown key "${String(unknown.params['additionalProperty'])}"${where}`);
  }
  const wrongCheck = errors.find(({ keyword, instancePath }) => keyword === 'oneOf' && instancePath !== '');
  if (wrongCheck !== undefined) {
    const kinds = 'token, absent, malformed, longer (with limit), state';
    refuse(place, undefined, `${wrongCheck.instancePath} must have exactly one of ${kinds}`);
  }
  const [first] = toProblems(errors);
  return refuse(place, undefined, `${first?.path || 'the file'} ${first?.message ?? 'is not valid'}`);
}

/** A name that the OpenAPI document does not have, a code twice, or a required field without a value. */
function wrongName(declared: Declared): string | undefined {
  return wrongField(declared) ?? wrongCheck(declared) ?? fieldWithoutValue(declared);
}

function wrongField(declared: Declared): string | undefined {
  const { fields = {}, checks, accepts = [] } = declared.declaration;
  const named = [
    ...Object.keys(fields).map((name) => ['fields', name] as const),
    ...checks.flatMap(({ code, absent, malformed, longer, with: added = [] }) =>
      [absent, malformed, longer, ...added].map((name) => [`checks: ${code}`, name] as const),
    ),
    ...accepts.flatMap(({ state, with: added = [] }) => added.map((name) => [`accepts: ${state}`, name] as const)),
  ];
  const wrong = named.find(([, name]) => name !== undefined && fieldNamed(name, declared) === undefined);
  if (wrong === undefined) return undefined;
  const known = declared.fields.map(({ name }) => name).join(', ') || 'none';
  return `${wrong[0]}: the request has no field "${wrong[1]}"; its fields are ${known}`;
}

function wrongCheck({ declaration, codes }: Declared): string | undefined {
  const { checks, effect } = declaration;
  const unknown = checks.find((check) => !codes.some(({ code }) => code === check.code));
  if (unknown !== undefined) {
    const known = codes.map(({ code }) => code).join(', ');
    return `checks: ${unknown.code} is not one of the codes in openapi.yaml (${known})`;
  }
  const keys = checks.map(checkKey);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) return `checks: two checks are about ${twice.replace(':', ' ')}; keep one`;
  const repeats = checks.filter(({ repeat }) => repeat === true).length;
  if (effect !== undefined && repeats !== 1)
    return `effect: ${effect} needs one check with "repeat: true", the code for a second request; there are ${repeats}`;
  return undefined;
}

function fieldWithoutValue(declared: Declared): string | undefined {
  const without = leaves(declared).find(({ always, listed, facts: { is, from, value, values } }) => {
    const hasValue = [is, from, value, values].some((one) => one !== undefined) || listed.length > 0;
    return always && !hasValue;
  });
  if (without === undefined) return undefined;
  return `fields: "${without.name}" is required and has no value; give it is, from, value or values`;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'it cannot be read';
    throw new DocumentError(file, undefined, why ?? '', { cause: error });
  }
}
