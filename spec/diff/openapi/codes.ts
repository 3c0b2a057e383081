import { canonical } from '../canonical.ts';
import type { Place, Subject } from '../model.ts';
import { child, entries, isObject, items, type Node, type Source } from './source.ts';

/** Where codes are listed: `x-codes` of the operation, or examples named `E5361` where there is none. */
export function codesOf(
  source: Source,
  operation: Node,
  bodies: readonly Node[],
): { readonly at: Place; readonly codes: readonly Subject[] } {
  const listed = child(operation, 'x-codes');
  const examples = bodies.map((body) => child(body, 'examples'));
  const named = examples.flatMap((node) => entries(node)).filter(([name]) => isCodeExample(name));
  const at = listed.value === undefined ? (examples.find((node) => entries(node).length > 0) ?? operation) : listed;
  return {
    at: source.place(at),
    codes:
      listed.value === undefined
        ? named.map(([name, node]) => fromExample(source, name, source.resolve(node)))
        : items(listed).map((item) => fromList(source, item, named)),
  };
}

/** Whether an example of a body stands for a code. */
export function isCodeExample(name: string): boolean {
  return /^E\d+$/.test(name);
}

function fromList(source: Source, item: Node, named: readonly (readonly [string, Node])[]): Subject {
  const code = text(child(item, 'code').value);
  const example = named.find(([name]) => name === `E${code}`)?.[1];
  return codeSubject(source, code, { item, meaning: child(item, 'meaning'), example });
}

/** The summary is the meaning; without one, the message of the body. */
function fromExample(source: Source, name: string, example: Node): Subject {
  const summary = child(example, 'summary');
  const meaning = summary.value === undefined ? child(example, 'value', 'msg') : summary;
  const sent = child(example, 'value', 'code').value;
  return codeSubject(source, sent === undefined ? name.slice(1) : text(sent), { item: example, meaning, example });
}

type Parts = { readonly item: Node; readonly meaning: Node; readonly example: Node | undefined };

function codeSubject(source: Source, code: string, { item, meaning, example }: Parts): Subject {
  const body = example === undefined ? undefined : bodyOf(source.resolve(example));
  return {
    kind: 'code',
    name: code,
    direction: 'none',
    at: source.place(item),
    facts: [
      { facet: 'meaning', value: text(meaning.value), at: source.place(meaning) },
      ...(body === undefined
        ? []
        : [{ facet: 'note/example' as const, value: canonical(body), at: source.place(example ?? item) }]),
    ],
  };
}

/** The example's body without its code and message, which are the code's own. */
function bodyOf(example: Node): unknown {
  const { value } = child(example, 'value');
  if (!isObject(value)) return value;
  const { code: _code, msg: _msg, ...others } = value;
  return others;
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? canonical(value) : String(value);
}
