import type { Direction, Fact, Operation, Subject } from '../model.ts';
import { readCodes } from './codes.ts';
import { outermost, schemaSubjects } from './schema.ts';
import { securitySubjects } from './security.ts';
import { child, entries, factOf, items, type Node, placeOf, resolve } from './source.ts';

/** More subjects than any real operation has; it stops schemas that grow exponentially. */
const maxSubjects = 20_000;

const ownNotes = ['summary', 'operationId', 'tags', 'externalDocs'] as const;

/** One media type of a request body, or of the response body for a status. */
type Media = { readonly direction: Direction; readonly status: string; readonly type: string; readonly node: Node };

/** Reads one operation of an OpenAPI document as subjects and facts. */
export function readOperation(path: string, item: Node, method: string): Operation {
  const operation = child(item, method);
  const at = placeOf(operation);
  const budget = { left: maxSubjects };
  const requestBody = resolve(child(operation, 'requestBody'));
  const responses = entries(child(operation, 'responses')).map(([status, node]) => [status, resolve(node)] as const);
  const mediaIn = (direction: Direction, status: string, holder: Node): readonly Media[] =>
    entries(child(holder, 'content')).map(([type, node]) => ({ direction, status, type, node }));
  const answers = responses.flatMap(([status, response]) => mediaIn('response', status, response));
  const bodies = [...mediaIn('request', '', requestBody), ...answers];
  const listed = readCodes(
    operation,
    answers.map(({ node }) => node),
  );
  /** A parameter or a header. */
  const value = (holder: Node, direction: Direction, place: string, name: string): readonly Subject[] => {
    const own = [...descriptionFacts(holder), requiredFact(holder)];
    const at = placeOf(holder);
    return schemaSubjects(child(holder, 'schema'), { ...outermost, direction, place, name, at, own, budget });
  };
  const parameters = [...items(child(item, 'parameters')), ...items(child(operation, 'parameters'))].map(resolve);
  return {
    method: method.toUpperCase(),
    path,
    at,
    codesAt: listed.at,
    subjects: [
      { kind: 'operation', name: '', direction: 'request', at, facts: ownFacts(path, item, operation) },
      ...securitySubjects(operation),
      ...parameters.flatMap((node) =>
        value(node, 'request', String(child(node, 'in').value), String(child(node, 'name').value)),
      ),
      ...bodies.map((media) => mediaSubject(media, listed.isCode)),
      ...bodySubjects(bodies, budget, requiredFact(requestBody)),
      ...entries(child(operation, 'responses')).map(
        ([status, node]): Subject => ({
          kind: 'status',
          name: status,
          direction: 'response',
          at: placeOf(node),
          facts: descriptionFacts(resolve(node)),
        }),
      ),
      ...responses.flatMap(([status, response]) =>
        entries(child(response, 'headers')).flatMap(([name, node]) =>
          value(resolve(node), 'response', `header of ${status}`, name.toLowerCase()).slice(0, 1),
        ),
      ),
      ...listed.codes,
    ],
  };
}

function ownFacts(path: string, item: Node, operation: Node): readonly Fact[] {
  const deprecated = child(operation, 'deprecated');
  const extensions = entries(operation).filter(([key]) => key.startsWith('x-') && key !== 'x-codes');
  return [
    { facet: 'path', value: path, at: placeOf(item) },
    { facet: 'method', value: String(operation.path.at(-1)).toUpperCase(), at: placeOf(operation) },
    ...descriptionFacts(operation),
    ...factOf('deprecated', deprecated, deprecated.value === true ? true : undefined),
    ...[...ownNotes, ...extensions.map(([key]) => key)].flatMap((key) => factOf(`note/${key}`, child(operation, key))),
  ];
}

function descriptionFacts(holder: Node): readonly Fact[] {
  const description = child(holder, 'description');
  return typeof description.value === 'string' ? factOf('description', description) : [];
}

function requiredFact(holder: Node): Fact {
  const mark = child(holder, 'required');
  return { facet: 'required', value: mark.value === true ? 'required' : 'optional', at: placeOf(mark) };
}

/** A media type as a subject, with the examples that belong to no code. */
function mediaSubject({ direction, status, type, node }: Media, isCode: (example: string) => boolean): Subject {
  const examples = entries(child(node, 'examples')).filter(([name]) => !(direction === 'response' && isCode(name)));
  return {
    kind: 'media',
    name: type,
    ...(status !== '' && { place: status }),
    direction,
    at: placeOf(node),
    facts: [
      ...examples.flatMap(([name, example]) => factOf(`note/example ${name}`, example)),
      ...factOf('note/example', child(node, 'example')),
    ],
  };
}

/** The fields of the bodies; a schema that several media types share is read once. */
function bodySubjects(bodies: readonly Media[], budget: { left: number }, requestMark: Fact): readonly Subject[] {
  const seen = new Set<string>();
  return bodies.flatMap(({ direction, status, type, node }) => {
    const schema = child(node, 'schema');
    if (schema.value === undefined) return [];
    const place = direction === 'request' ? 'body' : `body of ${status}`;
    const key = `${place} ${placeOf(resolve(schema)).pointer}`;
    if (seen.has(key)) return [];
    const first = ![...seen].some((known) => known.startsWith(`${place} `));
    seen.add(key);
    return schemaSubjects(schema, {
      ...outermost,
      direction,
      place: first ? place : `${place} as ${type}`,
      at: placeOf(schema),
      own: direction === 'request' ? [requestMark] : [],
      budget,
    });
  });
}
