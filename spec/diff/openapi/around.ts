import { canonical } from '../canonical.ts';
import type { Fact, Subject } from '../model.ts';
import { child, entries, items, type Node, type Source } from './source.ts';

/** Parts of a document that are read elsewhere, or that only what refers to them gives a meaning. */
const elsewhere = new Set(['paths', 'components', 'security', 'servers', 'info']);

/** What a document says around its operations: its addresses, title, version and the rest, as subjects. */
export function aroundOf(source: Source): readonly Subject[] {
  const info = child(source.root, 'info');
  const facts = [...entries(info), ...entries(source.root).filter(([key]) => !elsewhere.has(key))].map(([key, node]) =>
    fact(source, key, node),
  );
  return [...serversOf(source), { kind: 'about', name: '', direction: 'none', at: source.place(info), facts }];
}

function serversOf(source: Source): readonly Subject[] {
  return items(child(source.root, 'servers')).map((node) => ({
    kind: 'server',
    name: String(child(node, 'url').value),
    direction: 'none',
    at: source.place(node),
    facts: entries(node)
      .filter(([key]) => key !== 'url')
      .map(([key, inner]) => ({ ...fact(source, key, inner), facet: `note/${key}` as const })),
  }));
}

function fact(source: Source, key: string, node: Node): Fact {
  const { value } = node;
  return {
    facet: key === 'description' ? key : `note/${key}`,
    value: typeof value === 'string' ? value : canonical(value),
    at: source.place(node),
  };
}
