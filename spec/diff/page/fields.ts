import type { DocumentField } from '../../document/model.ts';
import { swaggerType } from '../../document/swagger-type.ts';
import type { Direction, Fact, Place, Subject } from '../model.ts';

/** Where rows of a page travel. */
export type Rows = { readonly direction: Direction; readonly place: string };

/** A row of a table and the rows below it as subjects; `prefix` is the field that they belong to. */
export function fieldSubjects(field: DocumentField, rows: Rows, prefix: string): readonly Subject[] {
  return named(field, rows, prefix === '' ? field.name : `${prefix}.${field.name}`);
}

/** A row under a name of its own choice: the row that stands for a whole body has none. */
export function named(field: DocumentField, rows: Rows, name: string, more: readonly Fact[] = []): readonly Subject[] {
  const at: Place = { line: field.line };
  const { itself, inner, item } = typeFacts(field, at);
  const facts: readonly Fact[] = [
    ...(field.required === undefined
      ? []
      : [{ facet: 'required' as const, value: field.required ? 'required' : 'optional', at }]),
    ...itself,
    ...descriptionFact(field.description, field.line),
    ...more,
  ];
  return [
    { kind: 'field', name, ...rows, at, facts },
    ...(inner === undefined ? [] : [{ kind: 'field' as const, name: `${name}[]`, ...rows, at, facts: inner }]),
    ...field.fields.flatMap((child) => fieldSubjects(child, rows, item ? `${name}[]` : name)),
  ];
}

/** A description as a fact; a line break of the page is one of the text. */
export function descriptionFact(text: string, line: number): readonly Fact[] {
  return text === '' ? [] : [{ facet: 'description', value: text.replaceAll('\n', '<br/>'), at: { line } }];
}

type TypeFacts = {
  readonly itself: readonly Fact[];
  /** What an array holds; absent for what is none. */
  readonly inner?: readonly Fact[];
  /** Whether the rows below are fields of an array's items. */
  readonly item: boolean;
};

function typeFacts(field: DocumentField, at: Place): TypeFacts {
  const type = swaggerType(field.type);
  const hasRows = field.fields.length > 0;
  if (type.kind !== 'array')
    return { itself: [...ofType(field.type, hasRows, at), ...classFact(field.type, field.schema, at)], item: false };
  const holds = type.of === '' ? field.schema : type.of;
  return {
    itself: [{ facet: 'type', value: ['array'], at }],
    inner: [...ofType(holds, hasRows, at), ...classFact(holds, field.schema, at)],
    item: true,
  };
}

function ofType(text: string, hasRows: boolean, at: Place): readonly Fact[] {
  const type = swaggerType(text);
  switch (type.kind) {
    case 'scalar':
      return [
        { facet: 'type', value: [type.type], at },
        ...(type.format === undefined ? [] : [{ facet: 'format' as const, value: type.format, at }]),
      ];
    case 'array':
      return [{ facet: 'type', value: ['array'], at }];
    case 'none':
      return hasRows ? [{ facet: 'type', value: ['object'], at }] : [];
    default:
      return [{ facet: 'type', value: ['object'], at }];
  }
}

/** The name of a class binds nobody: its rows say what it holds. Most pages have it in two columns. */
function classFact(type: string, schema: string, at: Place): readonly Fact[] {
  const isClass = swaggerType(type).kind === 'class';
  const names = [...(isClass ? [type] : []), ...(schema === '' || schema === type ? [] : [schema])];
  return names.length === 0 ? [] : [{ facet: 'note/class', value: names.join(', '), at }];
}
