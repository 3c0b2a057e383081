import { isRecord } from '../../../../spec/is-record.ts';
import { UserError } from '../../../user-error.ts';
import { readCurl } from './curl.ts';
import { readHar } from './har.ts';
import type { ReadRequest } from './request-parts.ts';
import { parseBody, readHeaders, requireObject } from './request-parts.ts';

/**
 * Reads the requests of a file: JSON (a body, or the output of `bindgate payload`), a curl command or a HAR file.
 * @param name the file's name in messages.
 * @throws UserError (exit code 2) that says what is wrong with the file.
 */
export function readRequests(bytes: Uint8Array, name: string): readonly ReadRequest[] {
  const text = decode(bytes).trim();
  if (text === '') throw new UserError(`${name} is empty; give a request as JSON, a curl command or a HAR file`, 2);
  if (/^[[{]/.test(text)) return readParsed(parseJson(text, name), name);
  if (/^(\$\s+)?curl(\.exe)?\s/.test(text)) return [readCurl(text, name)];
  throw new UserError(
    `${name} is not JSON, a curl command or a HAR file; it must start with { or with "curl" (the browser's "Copy as cURL")`,
    2,
  );
}

function readParsed(value: unknown, name: string): readonly ReadRequest[] {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new UserError(`${name} contains an empty list; give one or more requests`, 2);
    return value.map((item, index) => readJson(item, `${name}, item ${index + 1},`, `item ${index + 1}`));
  }
  // Source: HAR 1.2, `log.entries`.
  const log = isRecord(value) ? value['log'] : undefined;
  if (isRecord(log) && Array.isArray(log['entries'])) return readHar(log['entries'], name);
  return [readJson(value, name, 'JSON')];
}

/** Reads a body, or `{ headers, body }` as `bindgate payload` prints it; the body may be text. */
function readJson(value: unknown, name: string, source: string): ReadRequest {
  const given = requireObject(value, name);
  // A body has a signature; a request has a body.
  const wrapped = Object.hasOwn(given, 'body') && !Object.hasOwn(given, 'signature');
  if (!wrapped) return { source, headers: undefined, body: given };
  const { body, headers } = given as { body: unknown; headers?: unknown };
  return {
    source,
    headers: readHeaders(headers),
    body: typeof body === 'string' ? parseBody(body, name) : requireObject(body, `the body in ${name}`),
  };
}

/** Parses the JSON of a file; the error names the place. */
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

/** Decodes UTF-8, or UTF-16 with a byte order mark as PowerShell's `>` writes it. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
