import type { Fact, Operation, Place, Subject } from '../model.ts';
import { codesOf } from './codes.ts';
import { bodiesOf, mediaOf, mediaSubject } from './media.ts';
import { noteOf } from './note.ts';
import { subjectsOf } from './schema.ts';
import { securityOf } from './security.ts';
import { child, entries, items, type Node, type Source } from './source.ts';

/** More subjects than any description of one operation has; schemas that fan out are stopped there. */
const most = 20_000;

const ownNotes = ['summary', 'operationId', 'tags', 'externalDocs'] as const;

/** One operation of an OpenAPI document as subjects and facts. */
export function operationOf(source: Source, path: string, item: Node, method: string): Operation {
  const operation = child(item, method);
  const at = source.place(operation);
  const budget = { left: most };
  const bodies = mediaOf(source, operation);
  const {
    at: codesAt,
    codes,
    isCode,
  } = codesOf(
    source,
    operation,
    bodies.filter(({ direction }) => direction === 'response').map(({ node }) => node),
  );
  const parameters = [...items(child(item, 'parameters')), ...items(child(operation, 'parameters'))].flatMap((node) =>
    parameterOf(source, node, budget),
  );
  return {
    method: method.toUpperCase(),
    path,
    at,
    codesAt,
    subjects: [
      { kind: 'operation', name: '', direction: 'request', at, facts: ownFacts(source, path, item, operation) },
      ...securityOf(source, operation),
      ...parameters,
      ...bodies.map((media) => mediaSubject(source, media, isCode)),
      ...bodiesOf(source, bodies, budget, child(operation, 'requestBody')),
      ...statusesOf(source, operation),
      ...headersOf(source, operation, budget),
      ...codes,
    ],
  };
}

function ownFacts(source: Source, path: string, item: Node, operation: Node): readonly Fact[] {
  const description = child(operation, 'description');
  const deprecated = child(operation, 'deprecated');
  const notes = [
    ...ownNotes,
    ...entries(operation)
      .map(([key]) => key)
      .filter((key) => key.startsWith('x-') && key !== 'x-codes'),
  ];
  return [
    { facet: 'path', value: path, at: source.place(item) },
    { facet: 'method', value: String(operation.path.at(-1)).toUpperCase(), at: source.place(operation) },
    ...(typeof description.value === 'string'
      ? [{ facet: 'description' as const, value: description.value, at: source.place(description) }]
      : []),
    ...(deprecated.value === true ? [{ facet: 'deprecated' as const, value: true, at: source.place(deprecated) }] : []),
    ...notes.flatMap((key) => noteOf(source, child(operation, key), key)),
  ];
}

function parameterOf(source: Source, node: Node, budget: { left: number }): readonly Subject[] {
  const parameter = source.resolve(node);
  const [name, place] = [child(parameter, 'name'), child(parameter, 'in')].map(({ value }) => String(value));
  const mark = child(parameter, 'required');
  const at = source.place(parameter);
  const spot = {
    direction: 'request' as const,
    place: place ?? '',
    name: name ?? '',
    form: '',
    above: [],
    at,
    budget,
    required: {
      facet: 'required' as const,
      value: mark.value === true ? 'required' : 'optional',
      at: source.place(mark),
    },
  };
  const schema = child(parameter, 'schema');
  const [itself, ...inner] = subjectsOf(source, schema.value === undefined ? { ...schema, value: {} } : schema, spot);
  return itself === undefined
    ? []
    : [{ ...itself, facts: withOwnDescription(source, parameter, itself.facts) }, ...inner];
}

/** A parameter's own description goes before the one of its schema. */
function withOwnDescription(source: Source, holder: Node, facts: readonly Fact[]): readonly Fact[] {
  const description = child(holder, 'description');
  if (typeof description.value !== 'string') return facts;
  const own: Fact = { facet: 'description', value: description.value, at: source.place(description) };
  return [own, ...facts.filter(({ facet }) => facet !== 'description')];
}

function statusesOf(source: Source, operation: Node): readonly Subject[] {
  return entries(child(operation, 'responses')).map(([status, node]) => ({
    kind: 'status',
    name: status,
    direction: 'response',
    at: source.place(node),
    facts: withOwnDescription(source, source.resolve(node), []),
  }));
}

function headersOf(source: Source, operation: Node, budget: { left: number }): readonly Subject[] {
  return entries(child(operation, 'responses')).flatMap(([status, response]) =>
    entries(child(source.resolve(response), 'headers')).flatMap(([name, node]) => {
      const header = source.resolve(node);
      const at: Place = source.place(header);
      const mark = child(header, 'required');
      const [itself] = subjectsOf(source, child(header, 'schema'), {
        direction: 'response',
        place: `header of ${status}`,
        name: name.toLowerCase(),
        form: '',
        above: [],
        at,
        budget,
        required: { facet: 'required', value: mark.value === true ? 'required' : 'optional', at: source.place(mark) },
      });
      return itself === undefined ? [] : [{ ...itself, facts: withOwnDescription(source, header, itself.facts) }];
    }),
  );
}
