import { isRecord } from '../../spec/is-record.ts';
import type { Operation } from '../../spec/operation.ts';

/** A list of lists of maps is deep enough for every file with fixtures. */
const deepest = 4;

/** The fixtures in a value: a fixture itself, or a list or a map of them, as in `fixtures` of a configuration. */
export function findFixtures(
  value: unknown,
  operation: Pick<Operation, 'fixture'>,
  depth: number = deepest,
): readonly Readonly<Record<string, unknown>>[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => findFixtures(item, operation, depth - 1));
  if (!isRecord(value)) return [];
  if (Object.keys(operation.fixture).some((name) => Object.hasOwn(value, name))) return [value];
  return Object.values(value).flatMap((item) => findFixtures(item, operation, depth - 1));
}
