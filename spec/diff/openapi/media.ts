import { canonical } from '../canonical.ts';
import type { Direction, Fact, Subject } from '../model.ts';
import { noteOf } from './note.ts';
import { subjectsOf } from './schema.ts';
import { child, entries, type Node, type Source } from './source.ts';

/** One media type of a body: of the request, or of the answer with a status. */
export type Media = {
  readonly direction: Direction;
  readonly status: string;
  readonly type: string;
  readonly node: Node;
};

/** The media types of an operation's request and of its answers. */
export function mediaOf(source: Source, operation: Node): readonly Media[] {
  return [...requestMedia(source, operation), ...responseMedia(source, operation)];
}

function requestMedia(source: Source, operation: Node): readonly Media[] {
  const content = child(source.resolve(child(operation, 'requestBody')), 'content');
  return entries(content).map(([type, node]) => ({ direction: 'request', status: '', type, node }));
}

function responseMedia(source: Source, operation: Node): readonly Media[] {
  return entries(child(operation, 'responses')).flatMap(([status, response]) =>
    entries(child(source.resolve(response), 'content')).map(([type, node]) => ({
      direction: 'response' as const,
      status,
      type,
      node,
    })),
  );
}

/** A media type as a subject, with the examples that stand for no code. */
export function mediaSubject(
  source: Source,
  { direction, status, type, node }: Media,
  isCode: (example: string) => boolean,
): Subject {
  const examples = entries(child(node, 'examples')).filter(([name]) => !(direction === 'response' && isCode(name)));
  const single = child(node, 'example');
  return {
    kind: 'media',
    name: type,
    ...(status !== '' && { place: status }),
    direction,
    at: source.place(node),
    facts: [
      ...examples.map(
        ([name, example]): Fact => ({
          facet: `note/example ${name}`,
          value: canonical(example.value),
          at: source.place(example),
        }),
      ),
      ...noteOf(source, single, 'example'),
    ],
  };
}

/** The bodies' fields: each schema once, whatever the number of media types that share it. */
export function bodiesOf(
  source: Source,
  bodies: readonly Media[],
  budget: { left: number },
  requestBody: Node,
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
    const required = direction === 'request' ? bodyRequired(source, requestBody) : undefined;
    return subjectsOf(source, schema, {
      direction,
      place: first ? place : `${place} as ${type}`,
      name: '',
      form: '',
      above: [],
      at: source.place(schema),
      budget,
      ...(required !== undefined && { required }),
    });
  });
}

function bodyRequired(source: Source, requestBody: Node): Fact {
  const body = source.resolve(requestBody);
  const mark = child(body, 'required');
  return { facet: 'required', value: mark.value === true ? 'required' : 'optional', at: source.place(mark) };
}
