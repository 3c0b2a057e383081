import { isRecord } from '../../is-record.ts';
import type { AnyOpenApi } from '../../openapi.ts';
import type { DocumentedCode } from '../../operation.ts';
import type { Declaration, DeclaredCheck, FieldFacts } from './declaration.generated.ts';

export type {
  AcceptingState,
  Declaration,
  DeclaredCheck,
  FieldFacts,
} from './declaration.generated.ts';

/** The step into the first item of a list. */
export const itemStep = '[]';

/** One request field, with what the page and the owner say about it. */
export type DeclaredField = {
  /** Its path as text: `device.pk`, `list[].pk`; a body that is a list starts with `[]`. */
  readonly name: string;
  /** The same path as steps: names, and {@link itemStep}. */
  readonly steps: readonly string[];
  readonly place: 'query' | 'path' | 'header' | 'cookie' | 'body' | 'form';
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
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

/** A value that every operation of the family knows. */
export type Role = NonNullable<FieldFacts['is']>;

/** The field that has a value which every operation of the family knows; an outer one before one in a list. */
export function fieldThatIs(is: Role, { fields }: Pick<Declared, 'fields'>): DeclaredField | undefined {
  return fields.find(({ facts }) => facts.is === is);
}

/** The value at the steps of a field in a body; undefined if it has none. */
export function valueAt({ steps }: Pick<DeclaredField, 'steps'>, body: unknown): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (step === itemStep) return Array.isArray(value) ? (value[0] as unknown) : undefined;
    return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, body);
}

/** The id of a check: what it checks, such as `absent:pk` or `state:home mode on`. */
export function checkKey({ token, absent, malformed, longer, state }: DeclaredCheck): string {
  if (token !== undefined) return `token:${token}`;
  if (absent !== undefined) return `absent:${absent}`;
  if (malformed !== undefined) return `malformed:${malformed}`;
  return longer === undefined ? `state:${state}` : `longer:${longer}`;
}
