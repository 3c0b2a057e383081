import { UserError } from '../../../user-error.ts';
import { readCurl } from './curl.ts';
import { isHar, readHar } from './har.ts';
import { isObject, parseJson, readJson } from './json.ts';

/** One request as it was found in a file. */
export type ReadRequest = {
  /** Where it stood: `body`, `curl command`, `HAR entry 3`. */
  readonly source: string;
  /** Undefined where the source holds a body alone, so that nothing can be said about the token. */
  readonly headers: readonly (readonly [name: string, value: string])[] | undefined;
  readonly body: Readonly<Record<string, unknown>>;
};

/**
 * The requests of a file: JSON (a body, or what `bindgate payload` prints), a curl command or a HAR file.
 * @param name what the file is called in messages.
 * @throws UserError (exit code 2) that says what the file is instead.
 */
export function readRequests(bytes: Uint8Array, name: string): readonly ReadRequest[] {
  const text = decode(bytes).trim();
  if (text === '') throw new UserError(`${name} is empty; give a request as JSON, curl command or HAR`, 2);
  if (/^[[{]/.test(text)) return readParsed(parseJson(text, name), name);
  if (/^(\$\s+)?curl(\.exe)?\s/.test(text)) return [readCurl(text, name)];
  throw new UserError(
    `${name} is neither JSON nor a curl command nor HAR; it must start with { or with "curl", as the browser's "Copy as cURL" gives it`,
    2,
  );
}

function readParsed(value: unknown, name: string): readonly ReadRequest[] {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new UserError(`${name} holds an empty list; give one request, or several`, 2);
    return value.map((item, index) => readJson(item, `${name}, item ${index + 1},`, `item ${index + 1}`));
  }
  if (isObject(value) && isHar(value)) return readHar(value, name);
  return [readJson(value, name, 'JSON')];
}

/** Text of UTF-8 or, as PowerShell's `>` writes it, of UTF-16 with a byte order mark. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
