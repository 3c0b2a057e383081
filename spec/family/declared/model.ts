import type { AnyOpenApi } from '../../openapi.ts';
import type { DocumentedCode } from '../../operation.ts';
import type { Declaration, DeclaredCheck, FieldFacts } from './declaration.generated.ts';

export type {
  AcceptingState,
  Declaration,
  DeclaredCheck,
  FieldFacts,
} from './declaration.generated.ts';

/** Where a field is sent. */
export type FieldPlace = 'query' | 'path' | 'header' | 'cookie' | 'body' | 'form';

/** The type of a field. */
export type FieldType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';

/** The step into the first item of a list. */
export const itemStep = '[]';

/** One request field, with what the page and the owner say about it. */
export type DeclaredField = {
  /** Its path as text: `device.pk`, `list[].pk`; a body that is a list starts with `[]`. */
  readonly name: string;
  /** The same path as steps: names, and {@link itemStep}. */
  readonly steps: readonly string[];
  readonly place: FieldPlace;
  readonly type: FieldType;
  /** Whether the page requires it in the object that has it. */
  readonly required: boolean;
  /** Whether every request must have it: it and all objects around it are required. */
  readonly always: boolean;
  readonly description: string;
  /** The values that the page lists. */
  readonly listed: readonly (string | number | boolean)[];
  readonly facts: FieldFacts;
};

/** An operation that is data: its OpenAPI document and what is known in addition. */
export type Declared = {
  /** The folder, for messages. */
  readonly folder: string;
  readonly id: string;
  readonly title: string;
  /** In upper case. */
  readonly method: string;
  /** May have parameters in braces. */
  readonly path: string;
  readonly body: 'none' | 'json' | 'form';
  readonly document: AnyOpenApi;
  readonly codes: readonly DocumentedCode[];
  /** Outer fields before the fields in them. */
  readonly fields: readonly DeclaredField[];
  readonly declaration: Declaration;
};

/** The fields with a single value, as opposed to objects and lists of objects. */
export function leaves({ fields }: Pick<Declared, 'fields'>): readonly DeclaredField[] {
  return fields.filter(
    ({ name, type }) =>
      type !== 'object' &&
      !fields.some(
        (other) => other.name !== name && other.name.startsWith(`${name}${type === 'array' ? itemStep : '.'}`),
      ),
  );
}

/** The field with this name. */
export function fieldNamed(name: string, { fields }: Pick<Declared, 'fields'>): DeclaredField | undefined {
  return fields.find((field) => field.name === name);
}

/** The field that has a value which every operation of the family knows; an outer one before one in a list. */
export function fieldThatIs(
  is: NonNullable<FieldFacts['is']>,
  { fields }: Pick<Declared, 'fields'>,
): DeclaredField | undefined {
  return fields.find(({ facts }) => facts.is === is);
}

/** The id of a check: what it checks, such as `absent:pk` or `state:home mode on`. */
export function checkKey({ token, absent, malformed, longer, state }: DeclaredCheck): string {
  if (token !== undefined) return `token:${token}`;
  if (absent !== undefined) return `absent:${absent}`;
  if (malformed !== undefined) return `malformed:${malformed}`;
  return longer === undefined ? `state:${state}` : `longer:${longer}`;
}
