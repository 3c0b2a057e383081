import { canonical } from '../canonical.ts';
import type { Fact } from '../model.ts';
import type { Node, Source } from './source.ts';

/** What binds nobody, as a fact; none where it is not there. */
export function noteOf(source: Source, node: Node, key: string): readonly Fact[] {
  const { value } = node;
  if (value === undefined) return [];
  return [
    { facet: `note/${key}`, value: typeof value === 'string' ? value : canonical(value), at: source.place(node) },
  ];
}
