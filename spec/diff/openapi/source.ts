import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import { pointerStep } from '../../json-pointer.ts';
import { canonical } from '../canonical.ts';
import { type Facet, type Fact, type FactValue, type Place, said } from '../model.ts';

type Path = readonly (string | number)[];

type Source = { readonly file: string; readonly value: unknown; readonly lineOf: (path: Path) => number };

/** A JSON value with its path in its file. */
export type Node = { readonly value: unknown; readonly path: Path; readonly source: Source };

/** Reads YAML or JSON; the node has the complete value. @throws DocumentError with the line if it cannot be read. */
export function openSource(file: string, text: string): Node {
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
  const lineOf = (path: Path): number => lines.linePos(findOffset(document.contents, path)).line;
  return { value, path: [], source: { file, value, lineOf } };
}

/** The complete file of a node. */
export function rootOf({ source }: Node): Node {
  return { value: source.value, path: [], source };
}

/** The place of a node, or of its nearest parent if it does not exist. */
export function placeOf({ path, source }: Node): Place {
  return { line: source.lineOf(path), pointer: `#${path.map(pointerStep).join('')}` };
}

/** Refuses the document because of a node. @throws DocumentError with its line. */
export function refuseNode(node: Node, why: string): never {
  return refuse(node.source.file, placeOf(node).line, why);
}

/**
 * A list with one fact about a node; empty if the node has no value. Without the parameter `value`, the fact has the
 * node's value: a string unchanged, anything else as JSON.
 */
export function factOf(facet: Facet, node: Node, ...own: [FactValue?]): readonly Fact[] {
  const found = typeof node.value === 'string' ? node.value : canonical(node.value);
  const [value = node.value === undefined || own.length > 0 ? undefined : found] = own;
  return said(facet, value, placeOf(node));
}

/** The node at a path below a node; its value is undefined if it does not exist. Inherited properties are ignored. */
export function child(node: Node, ...steps: Path): Node {
  return steps.reduce<Node>(({ value, path, source }, step) => {
    const held = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return {
      value: held ? (value as Record<string | number, unknown>)[step] : undefined,
      path: [...path, step],
      source,
    };
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

/** Follows `$ref`s inside the file to the final target. */
export function resolve(node: Node): Node {
  return follow(node, []);
}

function follow(node: Node, seen: readonly string[]): Node {
  const reference = isRecord(node.value) ? node.value['$ref'] : undefined;
  if (reference === undefined) return node;
  const refuseReference = (why: string): never => refuseNode(node, `$ref ${String(canonical(reference))} ${why}`);
  if (typeof reference !== 'string' || !reference.startsWith('#')) {
    return refuseReference('refers to another file, which is not supported; bundle the document into one file first');
  }
  if (seen.includes(reference)) refuseReference('refers to itself; give it a schema');
  const target = nodeAt(reference, node);
  if (target.value === undefined) refuseReference('has no target; fix the reference');
  return follow(target, [...seen, reference]);
}

/** The node of a JSON pointer such as `#/paths` in the file of another node. */
export function nodeAt(pointer: string, node: Node): Node {
  return child(rootOf(node), ...pointer.slice(1).split('/').slice(1).map(unescaped));
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
