import type { AnyOperation, JsonSchema, MediaType, OpenApiParameter } from '../../openapi.ts';
import type { DocumentField, VendorDocument } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { bodyField, type Guess, shownExample } from './scalars.ts';
import { objectSchema, type Schemas } from './schemas.ts';

type Place = 'query' | 'path' | 'header' | 'cookie' | 'body' | 'form' | 'token';

/** Imports the parameters and the body of the operation. */
export function importRequest(
  page: VendorDocument,
  schemas: Schemas,
): Pick<AnyOperation, 'parameters' | 'requestBody'> {
  const { guess } = schemas;
  const placed = page.parameters
    .filter(({ name }) => name !== '')
    .map((field) => ({ field, place: choosePlace(field, page, guess) }));
  const at = (place: Place): readonly DocumentField[] =>
    placed.filter((row) => row.place === place).map(({ field }) => field);
  const listed = (['path', 'query', 'header', 'cookie'] as const).flatMap((place) =>
    at(place).flatMap((field) => toParameters(field, place, schemas)),
  );
  // OpenAPI allows a name only once in each place.
  const parameters = listed.filter(({ name, in: place }, index) => {
    const isFirst = listed.findIndex((other) => other.name === name && other.in === place) === index;
    if (!isFirst) guess(page.path, `${name}: is in the ${place} twice; used the first`);
    return isFirst;
  });
  const all = [...parameters, ...unlistedPathParameters(parameters, page, guess)];
  const requestBody = toRequestBody(at('body'), at('form'), page, schemas);
  return { ...(all.length > 0 && { parameters: all }), ...(requestBody !== undefined && { requestBody }) };
}

function choosePlace(field: DocumentField, { method, path, requestType }: VendorDocument, guess: Guess): Place {
  if (isToken(field)) return 'token';
  const { name, in: written } = field;
  const said = (written ?? '').toLowerCase().replace(/[-_ ]/g, '');
  const templated = path.text.includes(`{${name}}`);
  if (said === 'path' && !templated) {
    guess(field, `${name}: the page says path, but the path has no {${name}}; assumed a query parameter`);
    return 'query';
  }
  if (said === 'query' || said === 'path' || said === 'header' || said === 'cookie' || said === 'body') return said;
  if (said === 'form' || said === 'formdata' || said === 'part' || said === 'requestpart') return 'form';
  const guessed = templated ? 'path' : usualPlace(method.text, requestType?.text ?? '');
  const what = said === '' ? 'the page does not say where it is sent' : `the page says that it is sent in "${written}"`;
  guess(field, `${name}: ${what}; assumed ${guessed}`);
  return guessed;
}

function usualPlace(method: string, requestType: string): Place {
  if (['GET', 'DELETE', 'HEAD'].includes(method)) return 'query';
  return /json/i.test(requestType) ? 'body' : 'form';
}

/** Whether a row is the token's header, which is a security scheme in OpenAPI. */
export function isToken({ name, in: place }: DocumentField): boolean {
  return /^header$/i.test(place ?? '') && /^authorization$/i.test(name);
}

/** Each field of an object in the query is sent as a parameter, as in Spring. */
function toParameters(field: DocumentField, place: string, schemas: Schemas): readonly OpenApiParameter[] {
  const isObject = field.fields.length > 0 && swaggerType(field.type).kind !== 'array';
  if (isObject && place === 'query') {
    schemas.guess(field, `${field.name}: is an object in the query; assumed that each of its fields is a parameter`);
    return field.fields.flatMap((inner) => toParameters(inner, place, schemas));
  }
  const { description, ...schema } = schemas.ofField(field);
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

function unlistedPathParameters(
  parameters: readonly OpenApiParameter[],
  { path }: VendorDocument,
  guess: Guess,
): readonly OpenApiParameter[] {
  const names = new Set([...path.text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name));
  for (const parameter of parameters) if (parameter.in === 'path') names.delete(parameter.name);
  return [...names].map((name) => {
    guess(path, `${name}: is in the path, but in no row of the table; assumed a string`);
    const schema = { 'x-source': 'inferred', type: 'string', examples: [''] };
    return { name, in: 'path', required: true, description: name, schema };
  });
}

const [multipart, urlEncoded] = ['multipart/form-data', 'application/x-www-form-urlencoded'] as const;

function toRequestBody(
  body: readonly DocumentField[],
  form: readonly DocumentField[],
  { requestExample, requestType, path }: VendorDocument,
  schemas: Schemas,
): AnyOperation['requestBody'] {
  const { guess } = schemas;
  const [only] = body;
  const fields = [...body, ...form];
  const said = requestType?.text ?? '';
  if (fields.length === 0) return undefined;
  if (only !== undefined && form.length > 0) guess(only, 'there are a body and form fields; assumed one form');
  if (only !== undefined && fields.length === 1) {
    if (!/json|^$/i.test(said)) guess(requestType ?? only, `the body is ${said}; assumed to be JSON`);
    const schema = schemas.ofField(only, requestExample?.value);
    const example = shownExample(requestExample, only, guess);
    return { required: only.required !== false, content: { 'application/json': mediaType(schema, example) } };
  }
  if (form.length === 0)
    guess(only ?? path, 'several rows are in the body; assumed that they are fields of one object');
  const isFile = ({ type, schema }: DocumentField): boolean => {
    const read = swaggerType(type === 'array' ? schema : type);
    return read.kind === 'scalar' && read.format === 'binary';
  };
  // A form without a file may have either type, so the page's type is used.
  const listed = said.split(/[,;\s]+/);
  const isMultipart = fields.some(isFile) || (listed.includes(multipart) && !listed.includes(urlEncoded));
  const ofForm = isMultipart ? multipart : urlEncoded;
  const schema = schemas.add('Request', {
    description: 'The body of the request.',
    ...objectSchema(fields, (field) => schemas.ofField(field)),
  });
  const content = mediaType(schema, shownExample(requestExample, bodyField(fields), guess));
  return {
    required: fields.some((field) => field.required === true),
    content: { [form.length === 0 ? 'application/json' : ofForm]: content },
  };
}

function mediaType(schema: JsonSchema, example: unknown): MediaType {
  if (example === undefined) return { schema };
  return { schema, examples: { page: { summary: "The page's example", value: example } } };
}
