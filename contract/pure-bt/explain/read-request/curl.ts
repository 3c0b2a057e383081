import { UserError } from '../../../user-error.ts';
import type { ReadRequest } from './request-parts.ts';
import { parseBody } from './request-parts.ts';
import { shellWords } from './shell-words.ts';

/** Switches, then the first option that takes a value. Source: `curl --help all`. */
const shortOption =
  /^(?<option>-)[^AbcCdDeEFhHKmoPQrtTuUwxXyYz-]*(?<letter>[AbcCdDeEFhHKmoPQrtTuUwxXyYz])(?<value>.+)?$/s;
const longOption = /^(?<option>--[^=]+)(?:=(?<value>.*))?$/s;
const dataOptions = ['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json'];
const longWithValue = [...dataOptions, '--header', '--oauth2-bearer'];

/** The request that a curl command sends: its headers and its data. */
export function readCurl(text: string, name: string): ReadRequest {
  // Chrome's "Copy as cURL (cmd)" quotes with ^", which a POSIX shell does not understand.
  if (/\^"|\^\r?\n/.test(text)) {
    throw new UserError(`${name} is a curl command for cmd.exe; use "Copy as cURL (bash)"`, 2);
  }
  const words = shellWords(text);
  if (typeof words === 'string') throw new UserError(`the curl command in ${name} cannot be read: ${words}`, 2);
  const options = readOptions(words.slice(1));
  const data = options.filter(([option]) => dataOptions.includes(option)).map(([, value]) => value);
  if (data.length === 0) {
    throw new UserError(`the curl command in ${name} sends no body; it needs -d, --data-raw or --json`, 2);
  }
  const file = data.find((value) => value.startsWith('@'));
  if (file !== undefined && !options.some(([option]) => option === '--data-raw')) {
    throw new UserError(`the curl command in ${name} reads its body from a file (${file}); give that file instead`, 2);
  }
  // curl joins several -d with &, as in a form.
  return { source: 'curl command', headers: options.flatMap(headerIn), body: parseBody(data.join('&'), name) };
}

function headerIn([option, value]: readonly [string, string]): readonly (readonly [string, string])[] {
  if (option === '--oauth2-bearer') return [['authorization', `Bearer ${value}`]];
  const at = value.indexOf(':');
  if (!['-H', '--header'].includes(option) || at < 1) return [];
  return [[value.slice(0, at).trim(), value.slice(at + 1).trim()]];
}

/** Options with their values: `-d X`, `-dX`, `-sSd X`, `--data X` and `--data=X`. Switches and the URL are left out. */
function readOptions(words: readonly string[]): readonly (readonly [name: string, value: string])[] {
  const options: [name: string, value: string][] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const { option = '', letter = '', value } = (longOption.exec(word) ?? shortOption.exec(word))?.groups ?? {};
    const name = option + letter;
    if (name === '' || (letter === '' && !longWithValue.includes(name))) continue;
    // An option without a value takes the next word.
    if (value === undefined) at += 1;
    options.push([name, value ?? words[at] ?? '']);
  }
  return options;
}
