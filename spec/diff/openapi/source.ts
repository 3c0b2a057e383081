import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import { pointerStep } from '../../json-pointer.ts';
import { canonical } from '../canonical.ts';
import { type Facet, type Fact, type FactValue, type Place, said } from '../model.ts';

/** A JSON value with its path in the file. */
export type Node = { readonly value: unknown; readonly path: Path };
type Path = readonly (string | number)[];

/** A parsed YAML or JSON file. */
export type Source = {
  readonly file: string;
  readonly root: Node;
  readonly place: (node: Node) => Place;
  /** The place of a JSON pointer such as `#/paths`, or of its nearest parent if it has no target. */
  readonly placeAt: (pointer: string) => Place;
  /**
   * A list with one fact about a node; empty if the node has no value. Without the parameter `value`, the fact has the
   * node's value: a string unchanged, anything else as JSON.
   */
  readonly fact: (facet: Facet, node: Node, ...value: [FactValue?]) => readonly Fact[];
  /** Follows `$ref`s inside the file to the final target. */
  readonly resolve: (node: Node) => Node;
};

/** Reads YAML or JSON. @throws DocumentError with the line if it cannot be read. */
export function openSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    const message = error.message.split('\n')[0] ?? '';
    if (/call stack/i.test(message)) refuse(file, undefined, 'it is nested too deeply to read; make it flatter');
    refuse(file, line, `${message}; fix the YAML or JSON there`);
  }
  const value = plain(file, () => document.toJS());
  const place = ({ path }: Node): Place => ({
    line: lines.linePos(findOffset(document.contents, path)).line,
    pointer: `#${path.map(pointerStep).join('')}`,
  });
  const root: Node = { value, path: [] };
  const placeAt = (pointer: string): Place => place({ value: undefined, path: pointerSteps(pointer) });
  const resolve = (node: Node): Node => follow({ file, root, place }, node, []);
  const fact = (facet: Facet, node: Node, ...own: [FactValue?]): readonly Fact[] => {
    const found = typeof node.value === 'string' ? node.value : canonical(node.value);
    const [value = node.value === undefined || own.length > 0 ? undefined : found] = own;
    return said(facet, value, place(node));
  };
  return { file, root, place, placeAt, fact, resolve };
}

/** The node at a path below a node; its value is undefined if it does not exist. Inherited properties are ignored. */
export function child(node: Node, ...steps: Path): Node {
  return steps.reduce<Node>(({ value, path }, step) => {
    const held = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return { value: held ? (value as Record<string | number, unknown>)[step] : undefined, path: [...path, step] };
  }, node);
}

/** The entries of an object as nodes, in the order of the file; empty if it is not an object. */
export function entries(node: Node): readonly (readonly [string, Node])[] {
  return isRecord(node.value) ? Object.keys(node.value).map((key) => [key, child(node, key)] as const) : [];
}

/** The items of a list as nodes; empty if it is not a list. */
export function items(node: Node): readonly Node[] {
  return Array.isArray(node.value) ? node.value.map((_, index) => child(node, index)) : [];
}

/** Converts to plain values; `yaml` throws for aliases that grow exponentially. */
function plain(file: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return refuse(
      file,
      undefined,
      `${error instanceof Error ? error.message : String(error)}; write it without aliases`,
    );
  }
}

function follow(source: Pick<Source, 'file' | 'root' | 'place'>, node: Node, seen: readonly string[]): Node {
  const reference = isRecord(node.value) ? node.value['$ref'] : undefined;
  if (reference === undefined) return node;
  const refuseReference = (why: string): never =>
    refuse(source.file, source.place(node).line, `$ref ${String(canonical(reference))} ${why}`);
  if (typeof reference !== 'string' || !reference.startsWith('#')) {
    return refuseReference('refers to another file, which is not supported; bundle the document into one file first');
  }
  if (seen.includes(reference)) refuseReference('refers to itself; give it a schema');
  const target = child(source.root, ...pointerSteps(reference));
  if (target.value === undefined) refuseReference('has no target; fix the reference');
  return follow(source, target, [...seen, reference]);
}

function pointerSteps(pointer: string): readonly string[] {
  return pointer.slice(1).split('/').slice(1).map(unescaped);
}

function unescaped(step: string): string {
  const decoded = /%[0-9a-f]{2}/i.test(step) ? safelyDecoded(step) : step;
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

function safelyDecoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** The offset of a path's key or item, or of its nearest parent that exists. */
function findOffset(contents: ParsedNode | null, path: Path): number {
  let at: unknown = contents;
  let offset = contents?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(at)) {
      const pair = at.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (pair === undefined) return offset;
      offset = readRange(pair.key)?.[0] ?? offset;
      at = pair.value;
    } else if (isSeq(at)) {
      const item = at.items[Number(step)];
      offset = readRange(item)?.[0] ?? offset;
      at = item;
    } else {
      return offset;
    }
  }
  return offset;
}

function readRange(node: unknown): readonly number[] | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? node.range
    : undefined;
}
