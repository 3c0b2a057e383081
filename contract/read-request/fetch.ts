import type * as Acorn from 'acorn';
import type { AnyNode, Expression, Program, SpreadElement } from 'acorn';
import { isRecord } from '../../spec/is-record.ts';
import { loadLater } from '../../spec/load-later.ts';
import { type RequestParts, readHeaders } from './found-request.ts';

const acorn = loadLater<typeof Acorn>('acorn');

/** A call that "Copy as fetch" and "Copy as fetch (Node.js)" write. */
export const fetchCall: RegExp = /\bfetch\s*\(/;

/** The requests of the `fetch` calls in JavaScript, or what is wrong with it. It is parsed, never run: only literals have a value. */
export function readFetch(text: string): readonly RequestParts[] | string {
  const program = parseCode(text);
  if (typeof program === 'string') return program;
  const constants = new Map<string, unknown>();
  const requests: RequestParts[] = [];
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator') {
      const { id, init } = node;
      if (id.type === 'Identifier' && init) constants.set(id.name, literal(init, constants));
    }
    if (node.type !== 'CallExpression') return;
    const { callee, arguments: given } = node;
    const named = callee.type === 'MemberExpression' ? callee.property : callee;
    if (named.type === 'Identifier' && named.name === 'fetch') requests.push(readCall(given, constants));
  });
  return requests;
}

function parseCode(text: string): Program | string {
  const options = { ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true } as const;
  try {
    return acorn().parse(text, { ...options, allowAwaitOutsideFunction: true });
  } catch (error) {
    const { pos = 0, loc } = error as { pos?: number; loc?: { line: number; column: number } };
    const cut = pos >= text.trimEnd().length ? ': it ends too early; copy the whole call' : '';
    const place = loc === undefined ? '' : ` (line ${loc.line} column ${loc.column + 1})`;
    return `is not valid JavaScript${place}${cut || '; copy it again with "Copy as fetch"'}`;
  }
}

function readCall(
  [target, options]: readonly (Expression | SpreadElement)[],
  constants: ReadonlyMap<string, unknown>,
): RequestParts {
  const url = target === undefined ? undefined : literal(target, constants);
  const given = options === undefined ? undefined : literal(options, constants);
  const { method = 'GET', headers, body } = isRecord(given) ? given : {};
  return {
    method: String(method).toUpperCase(),
    url: typeof url === 'string' ? url : undefined,
    headers: readHeaders(headers) ?? [],
    body: typeof body === 'string' ? body : undefined,
    problem: typeof body === 'string' ? undefined : bodyProblem(given, body),
  };
}

function bodyProblem(given: unknown, body: unknown): string {
  if (isRecord(given) && 'body' in given && body !== null) {
    return 'computes its body, and nothing is run here; write the body as a text, or copy the request as cURL';
  }
  return 'sends no body; it needs "body"';
}

/** The value of a literal, of `JSON.stringify(…)`, or of a constant; undefined for what would have to be run. */
function literal(node: Expression | SpreadElement, constants: ReadonlyMap<string, unknown>): unknown {
  const value = (part: Expression | SpreadElement): unknown => literal(part, constants);
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'Identifier':
      return constants.get(node.name);
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? node.quasis[0]?.value.cooked : undefined;
    case 'ArrayExpression':
      return node.elements.map((element) => (element === null ? null : value(element)));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.flatMap((property) => {
          if (property.type !== 'Property') return [];
          const { key } = property;
          const named = key.type === 'Identifier' && !property.computed ? key.name : value(key as Expression);
          return [[String(named), value(property.value)]];
        }),
      );
    case 'BinaryExpression': {
      const sides = node.left.type === 'PrivateIdentifier' ? [] : [value(node.left), value(node.right)];
      return node.operator === '+' && sides.every((side) => typeof side === 'string') ? sides.join('') : undefined;
    }
    case 'NewExpression':
      // `new Headers({…})`, `new URL("…")`
      return node.arguments[0] === undefined ? undefined : value(node.arguments[0]);
    case 'CallExpression': {
      const [first] = node.arguments;
      const { callee } = node;
      const stringify =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        callee.property.name === 'stringify';
      return stringify && first !== undefined ? JSON.stringify(value(first)) : undefined;
    }
    default:
      return undefined;
  }
}

/** Visits every node of a program, in the order of the text. Not recursive: code may be nested deeper than the stack. */
function walk(program: Program, visit: (node: AnyNode) => void): void {
  const waiting: AnyNode[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    const children = Object.values(node).flat().filter(isNode);
    waiting.push(...children.reverse());
  }
}

function isNode(value: unknown): value is AnyNode {
  return isRecord(value) && typeof value['type'] === 'string' && typeof value['start'] === 'number';
}
