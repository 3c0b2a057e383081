import type { JsonSchema, MediaType } from '../../openapi.ts';
import type { DocumentField, VendorDocument } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import type { Guess } from './guess.ts';
import type { ImportedOperation, OpenApiParameter } from './openapi.ts';
import type { Schemas } from './schemas.ts';
import { bodyOf, shownExample } from './shown-example.ts';

type Place = OpenApiParameter['in'] | 'body' | 'form' | 'token';
type Request = Pick<ImportedOperation, 'parameters' | 'requestBody'>;

/** The parameters and the body of the operation. `guesses` is added to. */
export function importRequest(document: VendorDocument, schemas: Schemas, guesses: Guess[]): Request {
  const placed = document.parameters
    .filter(({ name }) => name !== '')
    .map((field) => ({ field, place: placeOf(field, document, guesses) }));
  const at = (place: Place): readonly DocumentField[] =>
    placed.filter((row) => row.place === place).map(({ field }) => field);
  const parameters = distinct(
    (['path', 'query', 'header', 'cookie'] as const).flatMap((place) =>
      at(place).flatMap((field) => parametersOf(field, place, document, schemas, guesses)),
    ),
    guesses,
    document,
  );
  const all = [...parameters, ...unlistedPathParameters(parameters, document, guesses)];
  const requestBody = requestBodyOf(at('body'), at('form'), document, schemas, guesses);
  return { ...(all.length === 0 ? {} : { parameters: all }), ...(requestBody === undefined ? {} : { requestBody }) };
}

function placeOf(field: DocumentField, { method, path, requestType }: VendorDocument, guesses: Guess[]): Place {
  if (isToken(field)) return 'token';
  const said = (field.in ?? '').toLowerCase().replace(/[-_ ]/g, '');
  const templated = path.text.includes(`{${field.name}}`);
  if (said === 'path' && !templated) {
    guesses.push({
      line: field.line,
      text: `${field.name}: said to be in the path, which has no {${field.name}}; taken for a query parameter`,
    });
    return 'query';
  }
  if (said === 'query' || said === 'path' || said === 'header' || said === 'cookie' || said === 'body') return said;
  if (said === 'form' || said === 'formdata' || said === 'part' || said === 'requestpart') return 'form';
  const guessed = templated ? 'path' : usualPlace(method.text, requestType?.text ?? '');
  guesses.push({
    line: field.line,
    text: `${field.name}: where it is sent is ${said === '' ? 'not said' : `said as "${field.in}"`}; taken for ${guessed}`,
  });
  return guessed;
}

function usualPlace(method: string, requestType: string): Place {
  if (['GET', 'DELETE', 'HEAD'].includes(method)) return 'query';
  return /json/i.test(requestType) ? 'body' : 'form';
}

/** Whether a row is the token's header, which OpenAPI wants as a security scheme. */
export function isToken({ name, in: place }: DocumentField): boolean {
  return /^header$/i.test(place ?? '') && /^authorization$/i.test(name);
}

/** An object in the query is sent as its fields, each a parameter: Spring reads it so. */
function parametersOf(
  field: DocumentField,
  place: OpenApiParameter['in'],
  document: VendorDocument,
  schemas: Schemas,
  guesses: Guess[],
): readonly OpenApiParameter[] {
  const isObject = field.fields.length > 0 && swaggerType(field.type).kind !== 'array';
  if (isObject && place === 'query') {
    guesses.push({
      line: field.line,
      text: `${field.name}: an object in the query; each of its fields is taken for a parameter`,
    });
    return field.fields.flatMap((inner) => parametersOf(inner, place, document, schemas, guesses));
  }
  const { description, ...schema } = schemas.ofField(field, undefined);
  return [
    {
      name: field.name,
      in: place,
      required: place === 'path' || field.required === true,
      description: description ?? field.name,
      schema: schema.$ref === undefined ? schema : { $ref: schema.$ref },
    },
  ];
}

/** The same name in the same place can be there once. */
function distinct(
  parameters: readonly OpenApiParameter[],
  guesses: Guess[],
  document: VendorDocument,
): readonly OpenApiParameter[] {
  return parameters.filter((parameter, index) => {
    const first = parameters.findIndex((other) => other.name === parameter.name && other.in === parameter.in);
    if (first !== index)
      guesses.push({
        line: document.path.line,
        text: `${parameter.name}: in the ${parameter.in} twice; the first is taken`,
      });
    return first === index;
  });
}

function unlistedPathParameters(
  parameters: readonly OpenApiParameter[],
  { path }: VendorDocument,
  guesses: Guess[],
): readonly OpenApiParameter[] {
  const names = [...new Set([...path.text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name))];
  return names
    .filter((name) => !parameters.some((parameter) => parameter.in === 'path' && parameter.name === name))
    .map((name) => {
      guesses.push({ line: path.line, text: `${name}: in the path, but in no row of the table; taken for a string` });
      return {
        name,
        in: 'path',
        required: true,
        description: name,
        schema: { 'x-source': 'inferred', type: 'string', examples: [''] },
      };
    });
}

function requestBodyOf(
  body: readonly DocumentField[],
  form: readonly DocumentField[],
  document: VendorDocument,
  schemas: Schemas,
  guesses: Guess[],
): ImportedOperation['requestBody'] {
  const { requestExample, requestType } = document;
  const [only] = body;
  if (only === undefined && form.length === 0) return undefined;
  if (only !== undefined && form.length > 0) {
    guesses.push({ line: only.line, text: 'both a body and form fields; taken for one form' });
  }
  if (only !== undefined && body.length === 1 && form.length === 0) {
    const media = 'application/json';
    if (!/json|^$/i.test(requestType?.text ?? '')) {
      guesses.push({ line: requestType?.line ?? only.line, text: `the body is ${requestType?.text}; taken for JSON` });
    }
    const content = mediaType(
      schemas.ofField(only, requestExample?.value),
      shownExample(requestExample, only, guesses),
    );
    return { required: only.required !== false, content: { [media]: content } };
  }
  const fields = [...body, ...form];
  if (form.length === 0)
    guesses.push({ line: only?.line ?? 1, text: 'several rows are in the body; taken for the fields of one object' });
  const hasFile = fields.some((field) => {
    const type = swaggerType(field.type === 'array' ? field.schema : field.type);
    return type.kind === 'scalar' && type.format === 'binary';
  });
  const wanted = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const media = form.length === 0 ? 'application/json' : mediaTypeOf(requestType?.text ?? '', wanted);
  const required = fields.filter((field) => field.required === true).map(({ name }) => name);
  const schema = schemas.add('Request', {
    description: 'What is sent in the body.',
    type: 'object',
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
    properties: Object.fromEntries(fields.map((field) => [field.name, schemas.ofField(field, undefined)])),
  });
  return {
    required: required.length > 0,
    content: {
      [hasFile && form.length > 0 ? 'multipart/form-data' : media]: mediaType(
        schema,
        shownExample(requestExample, bodyOf(fields), guesses),
      ),
    },
  };
}

function mediaType(schema: JsonSchema, example: unknown): MediaType {
  if (example === undefined) return { schema };
  return { schema, examples: { page: { summary: "The page's example", value: example } } };
}

/** The type that is wanted where the page lists it or lists no other; a form may be of either kind. */
function mediaTypeOf(said: string, wanted: string): string {
  const types = said.split(/[,;\s]+/);
  if (types.includes(wanted) || wanted === 'application/json') return wanted;
  return forms.find((form) => types.includes(form)) ?? wanted;
}

const forms = ['multipart/form-data', 'application/x-www-form-urlencoded'];
