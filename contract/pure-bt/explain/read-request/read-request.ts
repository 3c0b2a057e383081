import { isRecord } from '../../../../spec/is-record.ts';
import { UserError } from '../../../user-error.ts';
import { readCurl } from './curl.ts';
import { readHar } from './har.ts';
import type { ReadRequest } from './request-parts.ts';
import { parseBody, readHeaders, requireObject } from './request-parts.ts';

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
  // Source: HAR 1.2, `log.entries`.
  const log = isRecord(value) ? value['log'] : undefined;
  if (isRecord(log) && Array.isArray(log['entries'])) return readHar(log['entries'], name);
  return [readJson(value, name, 'JSON')];
}

/** A request's body, or `{ headers, body }` as `bindgate payload` prints it; the body may be text. */
function readJson(value: unknown, name: string, source: string): ReadRequest {
  const given = requireObject(value, name);
  // A body has a signature of its own; only a request has a body in it.
  const wrapped = Object.hasOwn(given, 'body') && !Object.hasOwn(given, 'signature');
  if (!wrapped) return { source, headers: undefined, body: given };
  const { body, headers } = given as { body: unknown; headers?: unknown };
  return {
    source,
    headers: readHeaders(headers),
    body: typeof body === 'string' ? parseBody(body, name) : requireObject(body, `the body in ${name}`),
  };
}

/** JSON text of a file, with the place of the first error. */
function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, place] = /\(line (\d+ column \d+)\)/.exec(String(error)) ?? [];
    const where = place === undefined ? '' : ` (line ${place})`;
    throw new UserError(`${name} starts like JSON but is not valid JSON${where}; check it with a JSON validator`, 2, {
      cause: error,
    });
  }
}

/** Text of UTF-8 or, as PowerShell's `>` writes it, of UTF-16 with a byte order mark. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
