import { isRecord } from '../../is-record.ts';
import type { CodeMeaning, JsonSchema, MediaType, NamedExample } from '../../openapi.ts';
import type { DocumentedResponse, DocumentField, Place } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { codeNames, messageNames, type Success } from './find-success.ts';
import type { Guess } from './guess.ts';
import { bodyField, sampleValue, shownExample } from './scalars.ts';
import type { Schemas } from './schemas.ts';

/** The envelope of the vendor's API family, for a page that lists codes but no body. */
function familyFields({ line }: Place): readonly DocumentField[] {
  const fields = [
    ['code', 'integer(int32)', 'Response status code'],
    ['msg', 'string', 'Response message'],
    ['data', 'object', 'Response data'],
    ['extMsg', 'string', 'Extended message'],
  ] as const;
  return fields.map(([name, type, description]) => ({
    name,
    type,
    description,
    line,
    schema: '',
    options: [],
    fields: [],
  }));
}

/**
 * The body of the answer with a business code: the success first, then a refusal for each other code. Each code is a
 * named example.
 * @param place the position of the answer on the page, or where it should be.
 */
export function importEnvelope(
  answer: DocumentedResponse | undefined,
  [success, ...failures]: readonly [Success, ...CodeMeaning[]],
  schemas: Schemas,
  guess: Guess,
  place: Place,
): MediaType {
  const documented = answer?.fields ?? [];
  if (documented.length === 0 && failures.length > 0)
    guess(place, 'the answer has no table; assumed the fields code, msg, data and extMsg');
  const fields = documented.length === 0 && failures.length > 0 ? familyFields(place) : documented;
  const example = shownBody(answer, guess);
  const ofSuccess = importSuccess(fields, example, success, schemas, guess, place);
  const names = {
    code: fields.find(({ name }) => codeNames.test(name)),
    message: fields.find(({ name }) => messageNames.test(name)),
  };
  if (names.code === undefined && failures.length > 0)
    guess(place, 'the answer has no field for the code; assumed that a refusal has code and msg');
  const refusalFields = names.code === undefined ? familyFields(place).slice(0, 2) : fields;
  if (failures.length === 0) return { schema: ofSuccess.schema, examples: { [`E${success.code}`]: ofSuccess.example } };
  const refusal = schemas.add(
    'FailureEnvelope',
    refusalSchema(refusalFields, success.text ?? success.code, failures[0]?.code ?? 0, schemas),
  );
  const examples: Record<string, NamedExample> = { [`E${success.code}`]: ofSuccess.example };
  for (const { code, meaning } of failures)
    examples[`E${code}`] = { summary: meaning, value: refusalExample(refusalFields, code, meaning) };
  const description = 'The answer, for every outcome.';
  return { schema: schemas.add('Envelope', { description, anyOf: [ofSuccess.schema, refusal] }), examples };
}

/** The page's example; a body that is not JSON is text. */
function shownBody(answer: DocumentedResponse | undefined, guess: Guess): unknown {
  if (answer === undefined) return undefined;
  const body = shownExample(answer.example, bodyField(answer.fields), guess);
  return body ?? (answer.fields.length === 0 ? answer.example?.text : undefined);
}

function importSuccess(
  fields: readonly DocumentField[],
  shown: unknown,
  { code, meaning, text }: Success,
  schemas: Schemas,
  guess: Guess,
  place: Place,
): { readonly schema: JsonSchema; readonly example: NamedExample } {
  if (fields.length === 0) {
    guess(place, 'the answer has no table; any body is allowed');
    const schema = schemas.add('Response', {
      description: 'The body; the page does not describe it.',
      'x-source': 'inferred',
    });
    return { schema, example: { summary: meaning, value: withCode(shown, text ?? code, guess, place) ?? {} } };
  }
  const own = text ?? code;
  const codeField = fields.find(({ name }) => codeNames.test(name));
  const marked = fields.filter((field) => field === codeField || isData(field)).map(({ name }) => name);
  if (marked.length > 0)
    guess(
      place,
      `the fields of the answer have no required mark; assumed that a success must have ${marked.join(' and ')}`,
    );
  const examples = isRecord(shown) ? shown : {};
  const properties = fields.map((field): readonly [string, JsonSchema] => {
    const schema = field === codeField ? codeSchema(field, own) : schemas.ofField(field, examples[field.name]);
    return [field.name, field === codeField ? { ...schema, const: literal(field, own) } : schema];
  });
  const schema = schemas.add('SuccessEnvelope', {
    description: 'The request succeeded.',
    type: 'object',
    ...(marked.length > 0 && { required: marked }),
    properties: Object.fromEntries(properties),
  });
  const made = isRecord(shown) ? shown : Object.fromEntries(fields.map((field) => [field.name, sampleValue(field)]));
  const value = codeField === undefined ? made : { ...made, [codeField.name]: literal(codeField, own) };
  if (codeField !== undefined && isRecord(shown) && shown[codeField.name] !== literal(codeField, own)) {
    const was = JSON.stringify(shown[codeField.name]);
    guess(codeField, `E${code}: uses the page's example, with ${codeField.name} ${code} instead of ${was}`);
  }
  return { schema, example: { summary: meaning, value } };
}

/** An example without a table, with the success code in place of another one. */
function withCode(shown: unknown, code: string | number, guess: Guess, place: Place): unknown {
  if (!isRecord(shown)) return shown;
  const name = Object.keys(shown).find((key) => codeNames.test(key));
  const was = name === undefined ? undefined : shown[name];
  if (name === undefined || String(was) === String(code)) return shown;
  guess(place, `E${code}: uses the page's example, with ${name} ${code} instead of ${JSON.stringify(was)}`);
  return { ...shown, [name]: typeof was === 'string' ? String(code) : code };
}

/** The schema of a refusal. The page has only its code and meaning, so every other field may be null. */
function refusalSchema(
  fields: readonly DocumentField[],
  success: string | number,
  code: number,
  schemas: Schemas,
): JsonSchema {
  const codeField = fields.find(({ name }) => codeNames.test(name));
  const properties = fields.map((field): readonly [string, JsonSchema] => {
    if (field === codeField)
      return [field.name, { ...codeSchema(field, code), not: { const: literal(field, success) } }];
    if (messageNames.test(field.name)) return [field.name, schemas.ofField(field)];
    const description = field.description || field.name;
    const scalar = swaggerType(field.type);
    const types = scalar.kind === 'scalar' && field.fields.length === 0 ? [scalar.type, 'null'] : 'null';
    return [field.name, { description, 'x-source': 'inferred', type: types, examples: [null] }];
  });
  return {
    description: 'The request is refused.',
    type: 'object',
    required: codeField === undefined ? [] : [codeField.name],
    properties: Object.fromEntries(properties),
  };
}

function refusalExample(fields: readonly DocumentField[], code: number, meaning: string): unknown {
  const values = fields.map((field) => {
    if (codeNames.test(field.name)) return [field.name, literal(field, code)] as const;
    return [field.name, messageNames.test(field.name) ? meaning : null] as const;
  });
  return Object.fromEntries(values);
}

function codeSchema(field: DocumentField, code: string | number): JsonSchema {
  const { description, name } = field;
  const value = literal(field, code);
  return {
    description: description || name,
    'x-source': 'document',
    type: typeof value === 'string' ? 'string' : 'integer',
    examples: [value],
  };
}

/** A code in the page's type: on a few exported pages, it is a string. */
function literal({ type }: DocumentField, code: string | number): string | number {
  const read = swaggerType(type);
  return read.kind === 'scalar' && read.type === 'string' ? String(code) : code;
}

function isData({ name }: DocumentField): boolean {
  return name === 'data' || name === 'result';
}
