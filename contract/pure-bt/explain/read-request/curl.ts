import { UserError } from '../../../user-error.ts';
import { parseBody } from './json.ts';
import type { ReadRequest } from './read-request.ts';
import { shellWords } from './shell-words.ts';

/** Switches, then the first option that takes a value; all other letters are switches. Source: `curl --help all`. */
const shortOptions = /^-[^AbcCdDeEFhHKmoPQrtTuUwxXyYz-]*([AbcCdDeEFhHKmoPQrtTuUwxXyYz])(.*)$/s;
const dataOptions = ['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json'];
const longWithValue = [...dataOptions, '--header', '--oauth2-bearer'];

/** The request that a curl command sends: its headers and its data. */
export function readCurl(text: string, name: string): ReadRequest {
  // Chrome's "Copy as cURL (cmd)" quotes with ^", which no POSIX shell reads.
  if (/\^"|\^\r?\n/.test(text)) {
    throw new UserError(`${name} is a curl command for cmd.exe; use "Copy as cURL (bash)"`, 2);
  }
  const words = shellWords(text);
  if ('problem' in words) throw new UserError(`the curl command in ${name} cannot be read: ${words.problem}`, 2);
  const options = readOptions(words.words);
  const data = options.filter(([option]) => dataOptions.includes(option)).map(([, value]) => value);
  if (data.length === 0) {
    throw new UserError(`the curl command in ${name} sends no body; it needs -d, --data-raw or --json`, 2);
  }
  const [file] = data.filter((value) => value.startsWith('@'));
  if (file !== undefined && !options.some(([option]) => option === '--data-raw')) {
    throw new UserError(`the curl command in ${name} reads its body from a file (${file}); give that file instead`, 2);
  }
  // curl joins several -d with &, for forms.
  return { source: 'curl command', headers: headersOf(options), body: parseBody(data.join('&'), name) };
}

type CurlOption = readonly [name: string, value: string];

function headersOf(options: readonly CurlOption[]): readonly (readonly [string, string])[] {
  return options.flatMap(([option, value]) => {
    if (option === '--oauth2-bearer') return [['authorization', `Bearer ${value}`] as const];
    if (option !== '-H' && option !== '--header') return [];
    const at = value.indexOf(':');
    return at < 1 ? [] : [[value.slice(0, at).trim(), value.slice(at + 1).trim()] as const];
  });
}

/** Options with their values: `-d X`, `-dX`, `-sSd X`, `--data X` and `--data=X`. Switches and the URL are left out. */
function readOptions(words: readonly string[]): readonly CurlOption[] {
  const options: CurlOption[] = [];
  let rest = words.slice(1);
  while (rest.length > 0) {
    const [word = '', next = ''] = rest;
    const { option, value } = word.startsWith('--') ? longOption(word) : shortOption(word);
    if (option !== undefined) options.push([option, value ?? next]);
    rest = rest.slice(option !== undefined && value === undefined ? 2 : 1);
  }
  return options;
}

/** An option that takes a value; without `value`, the next word is it. */
type OptionWord = { readonly option?: string; readonly value?: string };

function longOption(word: string): OptionWord {
  const [, option = '', value] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (!longWithValue.includes(option)) return {};
  return value === undefined ? { option } : { option, value };
}

function shortOption(word: string): OptionWord {
  const [, letter, value] = shortOptions.exec(word) ?? [];
  if (letter === undefined) return {};
  return value === undefined || value === '' ? { option: `-${letter}` } : { option: `-${letter}`, value };
}
