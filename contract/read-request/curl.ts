import { parseArgs } from 'node:util';
import { inert } from '../inert.ts';
import type { RequestParts } from './found-request.ts';
import { cmdCommands, shellCommands } from './shell-words.ts';

const dataOptions = ['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json'];
const formOptions = ['-F', '--form', '--form-string', '--data-urlencode', '-T', '--upload-file'];
/** Options that take a value; every other one is a switch. Source: `curl --help all`. */
const withValue = Object.fromEntries([
  ...[...'AbcCdDeEFhHKmoPQrtTuUwxXyYz'].map((short) => [short, { type: 'string', short }] as const),
  ...[...dataOptions, ...formOptions, '--header', '--oauth2-bearer', '--request', '--url']
    .filter((name) => name.startsWith('--'))
    .map((name) => [name.slice(2), { type: 'string' }] as const),
]);

/** More letters than curl has switches: no option, and `parseArgs` would make a token of each letter. */
const tooManySwitches = /^-[a-zA-Z]{100}/;

/** The requests that the curl commands of a text send, or why they cannot be read. */
export function readCurl(text: string): readonly RequestParts[] | string {
  const forCmd = /\^["^{]|\^\r?\n|\^\s*$/.test(text);
  const commands = forCmd ? cmdCommands(text) : shellCommands(text);
  if (typeof commands === 'string') return commands;
  return commands.flatMap(afterCurl).flatMap(splitAtNext).map(readCommand);
}

/** The words after `curl`, without what may be before it: variables that are set for it, a prompt. */
function afterCurl(words: readonly string[]): string[][] {
  const at = words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/.test(word));
  const before = words.slice(0, Math.max(at, 0));
  return at >= 0 && before.every((word) => /[=$%>]|^(?:sudo|time|env)$/.test(word)) ? [words.slice(at + 1)] : [];
}

/** `--next` starts another request, with options of its own. */
function splitAtNext(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === '--next' || word === '-:') parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function readCommand(words: readonly string[]): RequestParts {
  const args = words.filter((word) => !tooManySwitches.test(word));
  const { tokens } = parseArgs({ args, options: withValue, strict: false, tokens: true });
  const options = tokens.flatMap((token): readonly Option[] =>
    token.kind === 'option' && token.name in withValue ? [[token.rawName, token.value ?? '']] : [],
  );
  const [firstWord] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const last = (...names: readonly string[]): string | undefined =>
    options.findLast(([option]) => names.includes(option))?.[1];
  const data = options.filter(([option]) => dataOptions.includes(option));
  return {
    method: last('-X', '--request') ?? (data.length === 0 ? 'GET' : 'POST'),
    url: last('--url') ?? firstWord,
    headers: options.flatMap(headerIn),
    // curl joins several -d with &, as in a form.
    body: data.length === 0 ? undefined : data.map(([, value]) => value).join('&'),
    problem: dataProblem(data, options),
  };
}

type Option = readonly [name: string, value: string];

function dataProblem(data: readonly Option[], options: readonly Option[]): string | undefined {
  const [form] = options.find(([option]) => formOptions.includes(option)) ?? [];
  if (form !== undefined) return `sends a form or a file (${form}), but the operation takes JSON; use --data-raw`;
  if (data.length === 0) return 'sends no body; it needs -d, --data-raw or --json';
  const [, file] = data.find(([option, value]) => option !== '--data-raw' && value.startsWith('@')) ?? [];
  if (file === undefined) return undefined;
  if (file === '@-') return 'reads its body from standard input (@-); put the body in place of @-';
  return `reads its body from a file (${inert(file, 60)}); give that file instead`;
}

function headerIn([option, value]: Option): readonly (readonly [string, string])[] {
  if (option === '--oauth2-bearer') return [['authorization', `Bearer ${value}`]];
  const at = value.indexOf(':');
  if (!['-H', '--header'].includes(option) || at < 1) return [];
  return [[value.slice(0, at).trim(), value.slice(at + 1).trim()]];
}
