import { isRecord } from '../../spec/is-record.ts';
import { UserError } from '../user-error.ts';
import { readInsomnia, readPostman } from './collections.ts';
import { describeJson, type FoundRequest, type JsonObject, readHeaders } from './found-request.ts';
import { readHar } from './har.ts';
import { repeatedNames } from './repeated-names.ts';

/** The requests of a file, and whether it may contain requests to other operations: a recording or a collection. */
export type FoundFile = { readonly what: string; readonly whole: boolean; readonly requests: readonly FoundRequest[] };

/** Files of other tools that are JSON or YAML: how to know one, and its requests or what to do with it. */
const known: readonly {
  readonly what: string;
  readonly matches: (value: JsonObject) => boolean;
  readonly read: ((value: JsonObject) => readonly FoundRequest[]) | string;
}[] = [
  {
    what: 'a HAR file',
    matches: ({ log }) => isRecord(log) && Array.isArray(log['entries']),
    read: ({ log }) => (isRecord(log) ? readHar(log) : []),
  },
  {
    what: 'a Postman collection',
    matches: ({ info, item }) => isRecord(info) && Array.isArray(item),
    read: readPostman,
  },
  {
    what: 'a Postman collection',
    matches: ({ collection }) => isRecord(collection) && isRecord(collection['info']),
    read: ({ collection }) => (isRecord(collection) ? readPostman(collection) : []),
  },
  {
    what: 'a Postman collection of version 1',
    matches: ({ requests, order }) => Array.isArray(requests) && Array.isArray(order),
    read: 'export it as "Collection v2.1"',
  },
  {
    what: 'a Postman environment',
    matches: (value) => '_postman_variable_scope' in value || (Array.isArray(value['values']) && 'name' in value),
    read: 'it has variables but no request; give the collection, or copy the request as cURL',
  },
  {
    what: 'an Insomnia export',
    matches: ({ _type, resources }) => _type === 'export' && Array.isArray(resources),
    read: readInsomnia,
  },
  {
    what: 'an Insomnia export',
    matches: ({ type }) => /^(?:collection|spec)\.insomnia\.rest\//.test(String(type)),
    read: readInsomnia,
  },
  {
    what: 'an OpenAPI document',
    matches: (value) => ('openapi' in value || 'swagger' in value) && 'paths' in value,
    read: 'it describes requests but has none; give one that was sent',
  },
  {
    what: 'a result file of bindgate',
    matches: ({ schema }) => /^bindgate\./.test(String(schema)),
    read: 'give the request itself: `bindgate verify --har` records every request',
  },
  {
    what: 'a collection of Hoppscotch or Thunder Client',
    matches: (value) => 'clientName' in value || (Array.isArray(value['folders']) && Array.isArray(value['requests'])),
    read: 'copy the request as cURL',
  },
];

/** The requests of a file of another tool; undefined if no known tool writes such a value. */
export function readKnownJson(value: unknown, name: string): FoundFile | undefined {
  if (!isRecord(value)) return undefined;
  const found = known.find(({ matches }) => matches(value));
  if (found === undefined) return undefined;
  const { what, read } = found;
  if (typeof read === 'string') throw new UserError(`${name} is ${what}; ${read}`, 2);
  return { what, whole: true, requests: read(value) };
}

/** The requests of a JSON text: one, a list, one on each line, or a file of another tool. */
export function readJsonText(text: string, name: string): FoundFile {
  const values = parseValues(text, name);
  const [only] = values;
  if (values.length === 1 && !Array.isArray(only)) {
    return readKnownJson(only, name) ?? { what: 'JSON', whole: false, requests: [readJsonRequest(only, 'JSON', text)] };
  }
  const [items, noun] = values.length === 1 ? [only as readonly unknown[], 'item'] : [values, 'line'];
  if (items.length === 0) throw new UserError(`${name} contains an empty list; give one or more requests`, 2);
  const requests = items.map((item, index) => readJsonRequest(item, `${noun} ${index + 1}`));
  return { what: 'JSON', whole: false, requests };
}

/** Reads a body, or `{ headers, body }` as `bindgate payload` prints it; `text` is the JSON of the value, if it is known. */
function readJsonRequest(value: unknown, source: string, text = ''): FoundRequest {
  if (!isRecord(value)) return { source, problem: `is ${describeJson(value)}, not a JSON object` };
  const repeated = repeatedNames(text);
  // A body has a signature; a request has a body.
  const wrapped = Object.hasOwn(value, 'body') && !Object.hasOwn(value, 'signature');
  return wrapped
    ? { source, headers: readHeaders(value['headers']), body: value['body'], repeated }
    : { source, body: value, repeated };
}

/** JSON values one after the other, as a list of lines or as several outputs in one file. */
const between = /(?<=[}\]])[^\S\n]*\r?\n\s*(?=[{[])/;

function parseValues(text: string, name: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const parts = text.split(between);
    if (parts.length > 1) {
      try {
        return parts.map((part): unknown => JSON.parse(part));
      } catch {
        // Not a list of lines either: the first error names the place.
      }
    }
    throw invalid(text, name, error);
  }
}

function invalid(text: string, name: string, error: unknown): UserError {
  const message = String(error);
  const [, place] = /\(line (\d+ column \d+)\)/.exec(message) ?? [];
  const [, position] = /position (\d+)/.exec(message) ?? [];
  const cut = /Unexpected end|Unterminated string/.test(message) || Number(position) >= text.length;
  const where = place === undefined ? '' : ` (line ${place})`;
  const next = cut ? 'it ends too early: copy the whole text' : 'check it with a JSON validator';
  return new UserError(`${name} starts like JSON but is not valid JSON${where}; ${next}`, 2, { cause: error });
}
