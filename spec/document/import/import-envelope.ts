import { isRecord } from '../../is-record.ts';
import type { CodeMeaning, JsonSchema, MediaType, NamedExample } from '../../openapi.ts';
import type { DocumentedResponse, DocumentField, Place } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { codeNames, messageNames, type Success } from './find-success.ts';
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
  place: Place,
): MediaType {
  const { guess, add } = schemas;
  const isUnknown = answer === undefined || answer.fields.length === 0;
  if (isUnknown && failures.length > 0)
    guess(place, 'the answer has no table; assumed the fields code, msg, data and extMsg');
  const assumed = failures.length > 0 ? familyFields(place) : [];
  const fields = isUnknown ? assumed : answer.fields;
  const ofSuccess = importSuccess(fields, shownBody(answer, schemas), success, schemas, place);
  const hasCode = codeOf(fields) !== undefined;
  if (!hasCode && failures.length > 0)
    guess(place, 'the answer has no field for the code; assumed that a refusal has code and msg');
  const examples: Record<string, NamedExample> = { [`E${success.code}`]: ofSuccess.example };
  const [first] = failures;
  if (first === undefined) return { schema: ofSuccess.schema, examples };
  const refusalFields = hasCode ? fields : assumed.slice(0, 2);
  const refusal = add(
    'FailureEnvelope',
    refusalSchema(refusalFields, success.text ?? success.code, first.code, schemas),
  );
  for (const { code, meaning } of failures)
    examples[`E${code}`] = { summary: meaning, value: refusalExample(refusalFields, code, meaning) };
  const description = 'The answer, for every outcome.';
  return { schema: add('Envelope', { description, anyOf: [ofSuccess.schema, refusal] }), examples };
}

function codeOf(fields: readonly DocumentField[]): DocumentField | undefined {
  return fields.find(({ name }) => codeNames.test(name));
}

/** The page's example; a body that is not JSON is text. */
function shownBody(answer: DocumentedResponse | undefined, { guess }: Schemas): unknown {
  if (answer === undefined) return undefined;
  const body = shownExample(answer.example, bodyField(answer.fields), guess);
  return body ?? (answer.fields.length === 0 ? answer.example?.text : undefined);
}

function importSuccess(
  fields: readonly DocumentField[],
  shown: unknown,
  { code, meaning, text }: Success,
  schemas: Schemas,
  place: Place,
): { readonly schema: JsonSchema; readonly example: NamedExample } {
  const { guess, add } = schemas;
  const own = text ?? code;
  if (fields.length === 0) {
    guess(place, 'the answer has no table; any body is allowed');
    const description = 'The body; the page does not describe it.';
    const schema = add('Response', { description, 'x-source': 'inferred' });
    return { schema, example: { summary: meaning, value: withCode(shown, own, schemas, place) ?? {} } };
  }
  const codeField = codeOf(fields);
  const marked = fields.filter((field) => field === codeField || isData(field)).map(({ name }) => name);
  if (marked.length > 0)
    guess(
      place,
      `the fields of the answer have no required mark; assumed that a success must have ${marked.join(' and ')}`,
    );
  const examples = isRecord(shown) ? shown : {};
  const properties = fields.map((field): readonly [string, JsonSchema] => [
    field.name,
    field === codeField
      ? { ...codeSchema(field, own), const: literal(field, own) }
      : schemas.ofField(field, examples[field.name]),
  ]);
  const schema = add('SuccessEnvelope', {
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
function withCode(shown: unknown, code: string | number, { guess }: Schemas, place: Place): unknown {
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
  { ofField }: Schemas,
): JsonSchema {
  const codeField = codeOf(fields);
  const toSchema = (field: DocumentField): JsonSchema => {
    if (field === codeField) return { ...codeSchema(field, code), not: { const: literal(field, success) } };
    if (messageNames.test(field.name)) return ofField(field);
    const description = field.description || field.name;
    const scalar = swaggerType(field.type);
    const type = scalar.kind === 'scalar' && field.fields.length === 0 ? [scalar.type, 'null'] : 'null';
    return { description, 'x-source': 'inferred', type, examples: [null] };
  };
  return {
    description: 'The request is refused.',
    type: 'object',
    required: codeField === undefined ? [] : [codeField.name],
    properties: Object.fromEntries(fields.map((field) => [field.name, toSchema(field)])),
  };
}

function refusalExample(fields: readonly DocumentField[], code: number, meaning: string): unknown {
  const toValue = (field: DocumentField): unknown => {
    if (codeNames.test(field.name)) return literal(field, code);
    return messageNames.test(field.name) ? meaning : null;
  };
  return Object.fromEntries(fields.map((field) => [field.name, toValue(field)]));
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
