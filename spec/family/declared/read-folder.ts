import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse, YAMLParseError } from 'yaml';
import { isRecord } from '../../is-record.ts';
import type { AnyOpenApi, AnyOperation } from '../../openapi.ts';
import type { DocumentedCode } from '../../operation.ts';
import { toProblems } from '../../problem.ts';
import schema from './declaration.schema.json' with { type: 'json' };
import { DeclarationError } from './declaration-error.ts';
import { bodyTypes, readFields } from './fields.ts';
import type { Declaration, Declared } from './model.ts';
import { declarationFile, openApiFile } from './operation-folder.ts';
import { refuseWrongNames } from './refuse-wrong-names.ts';

/** Reads the operation in a folder. @throws DeclarationError if a file cannot be used. */
export function readFolder(folder: string): Declared {
  const files = [openApiFile, declarationFile].map((name) => readYaml(join(folder, name)));
  return toDeclared(folder, files[0] as AnyOpenApi, files[1]);
}

/** An operation from its two files. @throws DeclarationError if they cannot be used. */
export function toDeclared(folder: string, document: AnyOpenApi, known: unknown): Declared {
  const declaration = checkDeclaration(known, join(folder, declarationFile));
  const place = join(folder, openApiFile);
  const { path, method, operation } = onlyOperation(document, place);
  const codes = operation['x-codes'];
  if (codes === undefined || codes.length === 0) throw new DeclarationError(`${place}: the operation has no x-codes`);
  const declared: Declared = {
    folder,
    id: String(operation['operationId'] ?? basename(folder)),
    title: document['info'] === undefined ? '' : String((document['info'] as { title?: unknown }).title ?? ''),
    method: method.toUpperCase(),
    path,
    body: bodyKind(operation, place),
    document,
    codes: codes.map(({ code, meaning }) => ({ code, meaning, basis: basisOf(code, declaration) })),
    fields: readFields(operation, { document, facts: declaration.fields ?? {} }),
    declaration,
  };
  refuseWrongNames(declared, (problem) => {
    throw new DeclarationError(`${join(folder, declarationFile)}: ${problem}`);
  });
  return declared;
}

/** A code is inferred if it is guessed what brings it. */
function basisOf(code: number, { checks }: Declaration): DocumentedCode['basis'] {
  const own = checks.filter((check) => check.code === code);
  return own.length > 0 && own.every(({ guess }) => guess === true) ? 'inferred' : 'document';
}

function onlyOperation(
  document: AnyOpenApi,
  place: string,
): { readonly path: string; readonly method: string; readonly operation: AnyOperation } {
  const all = Object.entries(isRecord(document) && isRecord(document.paths) ? document.paths : {}).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw new DeclarationError(`${place}: has ${all.length} operations; a folder has the OpenAPI document of one`);
}

function bodyKind({ requestBody }: AnyOperation, place: string): Declared['body'] {
  const [type] = Object.keys(requestBody?.content ?? {});
  if (type === undefined) return 'none';
  const kind = bodyTypes[type];
  if (kind !== undefined) return kind;
  throw new DeclarationError(
    `${place}: the request body is ${type}; bindgate sends JSON and URL-encoded forms, not files`,
  );
}

function checkDeclaration(value: unknown, place: string): Declaration {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  if (validate(value)) return value as Declaration;
  const errors = validate.errors ?? [];
  const unknown = errors.find(({ keyword }) => keyword === 'additionalProperties');
  if (unknown !== undefined) {
    const where = unknown.instancePath === '' ? '' : ` in ${unknown.instancePath}`;
    throw new DeclarationError(`${place}: unknown key "${String(unknown.params['additionalProperty'])}"${where}`);
  }
  const wrongCheck = errors.find(({ keyword, instancePath }) => keyword === 'oneOf' && instancePath !== '');
  if (wrongCheck !== undefined) {
    throw new DeclarationError(
      `${place}: ${wrongCheck.instancePath} must have exactly one of token, absent, malformed, longer (with limit), state`,
    );
  }
  const [first] = toProblems(errors);
  throw new DeclarationError(`${place}: ${first?.path || 'the file'} ${first?.message ?? 'is not valid'}`);
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'it cannot be read';
    throw new DeclarationError(`${file}: ${why}`, { cause: error });
  }
}
