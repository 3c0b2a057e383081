import { isRecord } from '../../is-record.ts';
import { canonical } from '../canonical.ts';
import type { Place, Subject } from '../model.ts';
import { child, entries, factOf, items, type Node, placeOf, refuseNode, resolve } from './source.ts';

/** The codes of an operation, the place of their list, and which examples belong to a code. */
export type Codes = {
  readonly at: Place;
  readonly codes: readonly Subject[];
  readonly isCode: (example: string) => boolean;
};

/**
 * The codes of an operation: its `x-codes`, or if missing, the examples of its answers with names such as `E5361`.
 * @throws DocumentError if `x-codes` is not a list of codes, or has a code twice.
 */
export function readCodes(operation: Node, bodies: readonly Node[]): Codes {
  const examples = bodies.map((body) => child(body, 'examples'));
  const named = examples.flatMap((node) => entries(node)).filter(([name]) => /^E\d+$/.test(name));
  const listed = child(operation, 'x-codes');
  if (listed.value === undefined) {
    const at = examples.find((node) => entries(node).length > 0) ?? operation;
    const codes = named.map(([name, node]) => fromExample(name, resolve(node)));
    return { at: placeOf(at), codes, isCode: (example) => named.some(([name]) => name === example) };
  }
  const codes = checked(listed).map((item) => fromList(item, named));
  const names = new Set(codes.map(({ name }) => `E${name}`));
  return { at: placeOf(listed), codes, isCode: (example) => names.has(example) };
}

function checked(listed: Node): readonly Node[] {
  const next = 'write x-codes: [{ code: 4004, meaning: … }]';
  if (!Array.isArray(listed.value)) refuseNode(listed, `x-codes is not a list; ${next}`);
  const lines = new Map<string, number>();
  for (const item of items(listed)) {
    const code = child(item, 'code').value;
    if (typeof code !== 'number' && typeof code !== 'string')
      refuseNode(item, `an entry of x-codes has no code; ${next}`);
    const known = lines.get(String(code));
    if (known !== undefined) refuseNode(item, `code ${String(code)} is listed twice, first on line ${known}; ${next}`);
    lines.set(String(code), placeOf(item).line);
  }
  return items(listed);
}

function fromList(item: Node, named: readonly (readonly [string, Node])[]): Subject {
  const code = text(child(item, 'code').value);
  const example = named.find(([name]) => name === `E${code}`)?.[1];
  const subject = codeSubject(code, { item, meaning: child(item, 'meaning'), example });
  const others = entries(item).filter(([key]) => key !== 'code' && key !== 'meaning');
  return {
    ...subject,
    facts: [...subject.facts, ...others.flatMap(([key, node]) => factOf(`note/${key}`, node))],
  };
}

/** The meaning is the summary, or the message of the body if there is no summary. */
function fromExample(name: string, example: Node): Subject {
  const summary = child(example, 'summary');
  const meaning = summary.value === undefined ? child(example, 'value', 'msg') : summary;
  const sent = child(example, 'value', 'code').value;
  return codeSubject(sent === undefined ? name.slice(1) : text(sent), { item: example, meaning, example });
}

function codeSubject(
  code: string,
  { item, meaning, example }: { readonly item: Node; readonly meaning: Node; readonly example: Node | undefined },
): Subject {
  const rest = example === undefined ? undefined : restOfExample(resolve(example).value, code, text(meaning.value));
  return {
    kind: 'code',
    name: code,
    direction: 'none',
    at: placeOf(item),
    facts: [
      ...factOf('meaning', meaning, text(meaning.value)),
      ...factOf('note/example', example ?? item, rest === undefined ? undefined : canonical(rest)),
    ],
  };
}

/** An example without the code's number and meaning (summary and message). */
function restOfExample(example: unknown, code: string, meaning: string): unknown {
  if (!isRecord(example)) return example;
  const { summary, value, ...others } = example;
  const { code: sent, msg, ...body } = isRecord(value) ? value : { code: undefined, msg: undefined };
  return {
    ...others,
    ...(summary !== meaning && { summary }),
    ...(text(sent) !== code && { code: sent }),
    ...(msg !== meaning && { msg }),
    ...(isRecord(value) ? { body } : { value }),
  };
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? canonical(value) : String(value);
}
