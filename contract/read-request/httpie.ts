import { parseArgs } from 'node:util';
import type { RequestParts } from './found-request.ts';
import { shellCommands } from './shell-words.ts';

/**
 * The requests of HTTPie commands, or why they cannot be read.
 * Source: HTTPie's documentation, "Request items" and "Raw request body".
 */
export function readHttpie(text: string): readonly RequestParts[] | string {
  const commands = shellCommands(text);
  if (typeof commands === 'string') return commands;
  return commands.filter(([program = '']) => /^(?:https?|xhs?)$/.test(program)).map(readCommand);
}

/** `name:=json`, `name==query`, `name=text`, `name:value`: the first separator decides. */
const item = /^([^:=@]+)(:=@|=@|:=|==|=|:|@)(.*)$/s;

function readCommand([, ...words]: readonly string[]): RequestParts {
  const options = { raw: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: words, options, strict: false, allowPositionals: true });
  const method = /^[A-Z]+$/.test(positionals[0] ?? '') ? positionals.shift() : undefined;
  const [url, ...items] = positionals;
  const headers: [string, string][] = [];
  const body: Record<string, unknown> = {};
  let problem: string | undefined;
  for (const [, key = '', separator, value = ''] of items.map((word) => item.exec(word) ?? [])) {
    if (separator === ':') headers.push([key, value]);
    else if (separator === '=') body[key] = value;
    else if (separator === ':=') body[key] = readJson(value);
    else if (separator?.endsWith('@')) problem = 'reads a value from a file; write the value itself';
  }
  const raw = typeof values.raw === 'string' ? values.raw : undefined;
  const sent = raw ?? (Object.keys(body).length > 0 ? body : undefined);
  problem ??= sent === undefined ? 'sends no body; write its fields as name=value, or use --raw' : undefined;
  return { method: method ?? 'POST', url, headers, body: sent, problem };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
