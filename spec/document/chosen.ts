import { DocumentError, refuse } from '../document-error.ts';
import { firstItems } from '../first-items.ts';

/** The operation that a user wants from a document with several. */
export type Chosen = { readonly path: string; readonly method?: string };

/** How an operation is called, and its line in the document. */
export type Call = { readonly method: string; readonly path: string; readonly line: number };

/** Longer lists of operations end with their number. */
const mostNamed = 20;

/**
 * Reads the value of `--operation`, if it is given: a path, or a method and a path.
 * @throws DocumentError (exit code 2) for any other text.
 */
export function parseChosen(text: string | undefined): Chosen | undefined {
  if (text === undefined) return undefined;
  const [, method, path = ''] = /^\s*(?:([a-z]+)(?:\s+|$))?(.*?)\s*$/i.exec(text) ?? [];
  if (!path.startsWith('/')) {
    const why = path === '' ? 'has no path' : 'has no path that begins with /';
    const next = 'write a path such as /v2/lamps, or a method and a path such as "PUT /v2/lamps"';
    throw new DocumentError('--operation', undefined, `"${text}" ${why}; ${next}`);
  }
  return method === undefined ? { path } : { path, method: method.toUpperCase() };
}

/** Whether an operation is the chosen one, or one of those on the chosen path. */
export function isChosen(call: Omit<Call, 'line'>, { path, method }: Chosen): boolean {
  return call.path === path && (method === undefined || call.method === method);
}

/**
 * The one operation that is meant: the chosen one, or the only one if none is chosen.
 * @throws DocumentError if there are several or none; the message lists the choices.
 */
export function chooseOne<Item>(
  all: readonly Item[],
  toCall: (item: Item) => Call,
  chosen: Chosen | undefined,
  file: string,
): Item {
  const found = chosen === undefined ? all : all.filter((item) => isChosen(toCall(item), chosen));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const calls = found.map(toCall);
  const line = (calls[1] ?? all.map(toCall)[0])?.line ?? 1;
  if (chosen === undefined) {
    const why = `the page has several operations: ${listCalls(calls)}`;
    return refuse(file, line, `${why}; choose one with --operation, or put one into a separate file`);
  }
  if (first === undefined) {
    const name =
      chosen.method === undefined ? `path ${chosen.path}` : `method and path ${chosen.method} ${chosen.path}`;
    return refuse(file, line, `no operation has the ${name}; there are ${listCalls(all.map(toCall))}`);
  }
  const methods = new Set(calls.map(({ method }) => method));
  if (methods.size < calls.length) {
    return refuse(file, line, `an operation is on the page twice: ${listCalls(calls)}; remove one of them`);
  }
  const example = `--operation '${toCall(first).method} ${chosen.path}'`;
  return refuse(
    file,
    line,
    `several operations have the path ${chosen.path}: ${listCalls(calls)}; choose one, such as ${example}`,
  );
}

/** Operations with their lines, for a message. */
export function listCalls(calls: readonly Call[]): string {
  const named = calls.map(({ method, path, line }) => `${method} ${path} (line ${line})`);
  return firstItems(named, mostNamed);
}
