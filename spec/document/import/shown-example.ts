import type { DocumentedExample, DocumentField } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { isOfFormat, placeholderOf } from './formats.ts';
import type { Guess } from './guess.ts';
import { isRecord } from './is-record.ts';

/** What an example shows: a field, or the fields of a whole body. */
export type Shown = Pick<DocumentField, 'type' | 'schema' | 'fields'>;

/** A body whose fields these are. */
export function bodyOf(fields: readonly DocumentField[]): Shown {
  return { type: 'object', schema: '', fields };
}

/**
 * The value of the page's example as its table allows it: a text that is not of its field's format, such as an empty date,
 * becomes a placeholder, and what no row explains is left out. `guesses` is added to.
 */
export function shownExample(example: DocumentedExample | undefined, shown: Shown, guesses: Guess[]): unknown {
  if (example?.value === undefined) return undefined;
  const unexplained = new Set<string>();
  const value = fitted(example.value, shown, unexplained);
  if (unexplained.size > 0) {
    const names = [...unexplained].join(', ');
    guesses.push({ line: example.line, text: `the example shows ${names}, which no row explains; left out of it` });
  }
  return value;
}

function fitted(value: unknown, { type, schema, fields }: Shown, unexplained: Set<string>): unknown {
  const read = swaggerType(type);
  const held = { type: 'of' in read && read.of !== '' ? read.of : schema, schema: '', fields };
  if (Array.isArray(value)) return value.map((item: unknown) => fitted(item, held, unexplained));
  if (isRecord(value)) {
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      if (read.kind === 'map') return [[name, fitted(inner, held, unexplained)] as const];
      const field = fields.find((known) => known.name === name);
      if (field !== undefined) return [[name, fitted(inner, field, unexplained)] as const];
      if (fields.length > 0) unexplained.add(name);
      return fields.length > 0 ? [] : [[name, inner] as const];
    });
    return Object.fromEntries(entries);
  }
  const isText = typeof value === 'string' && read.kind === 'scalar' && read.type === 'string';
  return isText && !isOfFormat(value, read.format) ? placeholderOf(read.format) : value;
}
