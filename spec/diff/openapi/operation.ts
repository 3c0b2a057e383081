import type { Direction, Fact, Operation, Subject } from '../model.ts';
import { readCodes } from './codes.ts';
import { outermost, schemaSubjects } from './schema.ts';
import { securitySubjects } from './security.ts';
import { child, entries, items, type Node, type Source } from './source.ts';

/** More subjects than any real operation has; it stops schemas that grow exponentially. */
const maxSubjects = 20_000;

const ownNotes = ['summary', 'operationId', 'tags', 'externalDocs'] as const;

/** One media type of a request body, or of the response body for a status. */
type Media = { readonly direction: Direction; readonly status: string; readonly type: string; readonly node: Node };

/** Reads one operation of an OpenAPI document as subjects and facts. */
export function readOperation(source: Source, path: string, item: Node, method: string): Operation {
  const operation = child(item, method);
  const at = source.place(operation);
  const budget = { left: maxSubjects };
  const requestBody = source.resolve(child(operation, 'requestBody'));
  const responses = entries(child(operation, 'responses')).map(
    ([status, node]) => [status, source.resolve(node)] as const,
  );
  const mediaIn = (direction: Direction, status: string, holder: Node): readonly Media[] =>
    entries(child(holder, 'content')).map(([type, node]) => ({ direction, status, type, node }));
  const answers = responses.flatMap(([status, response]) => mediaIn('response', status, response));
  const bodies = [...mediaIn('request', '', requestBody), ...answers];
  const listed = readCodes(
    source,
    operation,
    answers.map(({ node }) => node),
  );
  /** A parameter or a header. */
  const value = (holder: Node, direction: Direction, place: string, name: string): readonly Subject[] => {
    const own = [...descriptionFacts(source, holder), requiredFact(source, holder)];
    const at = source.place(holder);
    return schemaSubjects(source, child(holder, 'schema'), { ...outermost, direction, place, name, at, own, budget });
  };
  const parameters = [...items(child(item, 'parameters')), ...items(child(operation, 'parameters'))].map(
    source.resolve,
  );
  return {
    method: method.toUpperCase(),
    path,
    at,
    codesAt: listed.at,
    subjects: [
      { kind: 'operation', name: '', direction: 'request', at, facts: ownFacts(source, path, item, operation) },
      ...securitySubjects(source, operation),
      ...parameters.flatMap((node) =>
        value(node, 'request', String(child(node, 'in').value), String(child(node, 'name').value)),
      ),
      ...bodies.map((media) => mediaSubject(source, media, listed.isCode)),
      ...bodySubjects(source, bodies, budget, requiredFact(source, requestBody)),
      ...entries(child(operation, 'responses')).map(
        ([status, node]): Subject => ({
          kind: 'status',
          name: status,
          direction: 'response',
          at: source.place(node),
          facts: descriptionFacts(source, source.resolve(node)),
        }),
      ),
      ...responses.flatMap(([status, response]) =>
        entries(child(response, 'headers')).flatMap(([name, node]) =>
          value(source.resolve(node), 'response', `header of ${status}`, name.toLowerCase()).slice(0, 1),
        ),
      ),
      ...listed.codes,
    ],
  };
}

function ownFacts(source: Source, path: string, item: Node, operation: Node): readonly Fact[] {
  const { place, fact } = source;
  const deprecated = child(operation, 'deprecated');
  const extensions = entries(operation).filter(([key]) => key.startsWith('x-') && key !== 'x-codes');
  return [
    { facet: 'path', value: path, at: place(item) },
    { facet: 'method', value: String(operation.path.at(-1)).toUpperCase(), at: place(operation) },
    ...descriptionFacts(source, operation),
    ...fact('deprecated', deprecated, deprecated.value === true ? true : undefined),
    ...[...ownNotes, ...extensions.map(([key]) => key)].flatMap((key) => fact(`note/${key}`, child(operation, key))),
  ];
}

function descriptionFacts({ fact }: Source, holder: Node): readonly Fact[] {
  const description = child(holder, 'description');
  return typeof description.value === 'string' ? fact('description', description) : [];
}

/** Whether a parameter, a header or a body is required. */
function requiredFact({ place }: Source, holder: Node): Fact {
  const mark = child(holder, 'required');
  return { facet: 'required', value: mark.value === true ? 'required' : 'optional', at: place(mark) };
}

/** A media type as a subject, with the examples that belong to no code. */
function mediaSubject(
  { place, fact }: Source,
  { direction, status, type, node }: Media,
  isCode: (example: string) => boolean,
): Subject {
  const examples = entries(child(node, 'examples')).filter(([name]) => !(direction === 'response' && isCode(name)));
  return {
    kind: 'media',
    name: type,
    ...(status !== '' && { place: status }),
    direction,
    at: place(node),
    facts: [
      ...examples.flatMap(([name, example]) => fact(`note/example ${name}`, example)),
      ...fact('note/example', child(node, 'example')),
    ],
  };
}

/** The fields of the bodies; a schema that several media types share is read once. */
function bodySubjects(
  source: Source,
  bodies: readonly Media[],
  budget: { left: number },
  requestMark: Fact,
): readonly Subject[] {
  const seen = new Set<string>();
  return bodies.flatMap(({ direction, status, type, node }) => {
    const schema = child(node, 'schema');
    if (schema.value === undefined) return [];
    const place = direction === 'request' ? 'body' : `body of ${status}`;
    const key = `${place} ${source.place(source.resolve(schema)).pointer}`;
    if (seen.has(key)) return [];
    const first = ![...seen].some((known) => known.startsWith(`${place} `));
    seen.add(key);
    return schemaSubjects(source, schema, {
      ...outermost,
      direction,
      place: first ? place : `${place} as ${type}`,
      at: source.place(schema),
      own: direction === 'request' ? [requestMark] : [],
      budget,
    });
  });
}
