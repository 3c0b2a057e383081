import { firstItems } from '../../spec/first-items.ts';
import { inert } from '../inert.ts';
import type { RequestParts } from './found-request.ts';

/** `{{name}}`, Insomnia's `{{ _.name }}`, and its tags `{% … %}`. */
const variable = /\{\{\s*(?:_\.)?([^{}]*?)\s*\}\}|\{%\s*([\s\S]*?)\s*%\}/g;
/** A variable's value may name other variables: so many levels, and no more characters than any body has. */
const deepest = 5;
const longest = 4_000_000;

/** The variables that a `.http` file sets with `@name = value`. */
export function readAssignments(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^\s*@([\w.-]+)\s*=[ \t]*(.*?)[ \t\r]*$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** A text with its variables filled in; those without a value stay. */
function fill(text: string, values: ReadonlyMap<string, string>): string {
  let filled = text;
  for (let depth = 0; depth < deepest; depth += 1) {
    const next = filled.replace(variable, (whole, name?: string) => values.get(name ?? '') ?? whole);
    if (next === filled || next.length > longest) break;
    filled = next;
  }
  return filled;
}

/** A request with its variables filled in. A body with an unknown variable cannot be explained: the problem names it. */
export function fillRequest<Request extends RequestParts>(
  request: Request,
  values: ReadonlyMap<string, string>,
): Request {
  const { url, headers, body } = request;
  const filled = typeof body === 'string' ? fill(body, values) : body;
  const unknown = typeof filled === 'string' ? unknownNames(filled) : [];
  return {
    ...request,
    url: url === undefined ? undefined : fill(url, values),
    headers: headers?.map(([name, value]) => [fill(name, values), fill(value, values)]),
    body: filled,
    problem:
      unknown.length === 0
        ? request.problem
        : `has variables without a value in its body: ${inert(firstItems(unknown, 5), 140)}; send it and copy what was sent (as cURL or HAR)`,
  };
}

function unknownNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(variable)].map(([, name, tag = '']) => name ?? tag))];
}
