import type * as Yaml from 'yaml';
import { loadLater } from '../../spec/load-later.ts';
import { plural } from '../../spec/plural.ts';
import { decodeText } from '../decode-text.ts';
import { UserError } from '../user-error.ts';
import { readCurl } from './curl.ts';
import { fetchCall, readFetch } from './fetch.ts';
import type { RequestParts } from './found-request.ts';
import { looksLikeHttp, readHttpFile } from './http-file.ts';
import { readHttpie } from './httpie.ts';
import { type FoundFile, readJsonText, readKnownJson } from './json.ts';
import { powershellCall, readPowershell } from './powershell.ts';
import { hasCommand } from './shell-words.ts';

/** It has 70 modules, and few files are YAML. */
const yaml = loadLater<typeof Yaml>('yaml');

/** The largest file that is read, in bytes: its text and its values fit into memory several times. */
export const mostBytes: number = 64 * 1024 * 1024;
/** The largest file that is not JSON: a person wrote or copied it. */
const mostTextBytes = 4 * 1024 * 1024;

/** The forms of requests that are not JSON, in the order in which they are tried. */
const forms: readonly {
  /** What each of its requests is called. */
  readonly what: string;
  readonly matches: (text: string) => boolean;
  /** Its requests, or what is wrong with it. */
  readonly read: (text: string) => readonly RequestParts[] | string;
  /** Whether it may contain requests to other operations. */
  readonly whole?: true;
}[] = [
  { what: 'HTTP request', matches: looksLikeHttp, read: readHttpFile, whole: true },
  { what: 'curl command', matches: (text) => hasCommand(text, 'curl(?:\\.exe)?'), read: readCurl },
  { what: 'PowerShell command', matches: (text) => powershellCall.test(text), read: readPowershell },
  { what: 'fetch call', matches: (text) => fetchCall.test(text), read: readFetch },
  { what: 'HTTPie command', matches: (text) => hasCommand(text, 'https?|xhs?'), read: readHttpie },
];

/** Texts that people bring and that have no request, by what they look like, with the next step. */
const refusals: readonly (readonly [looksLike: RegExp, what: string, next: string])[] = [
  [/^PK\p{Cc}{2}/u, 'a ZIP file', 'unpack it, and give the file inside'],
  [/^\p{Cc}\ufffd/u, 'a gzip file', 'unpack it with gunzip'],
  [/\0/, 'a binary file', 'export the request as text: cURL or HAR'],
  [/^\s*<\?xml|^\s*<(?:items|session|log)\b/i, 'XML', 'export the request as cURL, HAR or raw HTTP'],
  [/^\s*<(?:!doctype|html)/i, 'an HTML page', 'give the request, not the answer: copy it as cURL'],
  [/^HTTP\/[\d.]+ \d{3}/, 'an HTTP answer', 'give the request: its first line is POST …'],
  [/^[ \t]*[<>*] /m, 'the output of curl -v', 'it does not show the body; give the command itself'],
  [/^(?:meta|post|get) \{\s*$/m, 'a file of Bruno', 'copy the request as cURL ("Generate Code")'],
  [
    /^[ \t]*(?:\S*[$%>][ \t]+)?wget\s/m,
    'a wget command',
    'write it as curl: --post-data is --data-raw, --header is -H',
  ],
  [
    /\b(?:requests|httpx|session)\.(?:post|request)\(|^import (?:requests|httpx)/m,
    'Python code',
    'nothing is run here; print the request that it sends, as JSON or raw HTTP',
  ],
  [
    /\b(?:axios|XMLHttpRequest|\$\.ajax|http\.post)\b/,
    'JavaScript without a fetch call',
    'copy the request as cURL or as fetch in the browser',
  ],
  [/^(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*$/, 'an access token', 'give the whole request'],
  [/^\w+=[^&\s]*(?:&\w+=|$)/, 'a form', 'the operation takes JSON; give the request with its JSON body'],
];

/**
 * Finds the requests of a file, in the form in which tools write them. Nothing of the file is run.
 * @param name the file's name in messages.
 * @throws UserError (exit code 2): one line that says what the file looks like, and the next step.
 */
export function findRequests(bytes: Uint8Array, name: string): FoundFile {
  if (bytes.length > mostBytes) throw tooLarge(name, mostBytes, 'export only the request to this operation');
  const whole = decodeText(bytes).trim();
  if (whole === '')
    throw new UserError(`${name} is empty; give a file with the request (docs/explain.md lists the forms)`, 2);
  const json = withoutLeadingComments(whole);
  if (/^[[{]/.test(json)) return readJsonText(json, name);
  if (bytes.length > mostTextBytes) throw tooLarge(name, mostTextBytes, 'only JSON and HAR may be larger');
  return readFenced(whole, name) ?? readText(whole, name);
}

function tooLarge(name: string, most: number, next: string): UserError {
  return new UserError(`${name} is larger than ${most / 1024 / 1024} MB, which is the most that is read: ${next}`, 2);
}

function withoutLeadingComments(text: string): string {
  return text.replace(/^(?:[^\S\n]*(?:#|\/\/)[^\n]*\n\s*)+(?=[[{])/, '');
}

/** The requests in the fenced blocks of a Markdown text; undefined without a fence. */
function readFenced(text: string, name: string): FoundFile | undefined {
  const fence = /^[ \t]*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n[ \t]*\1[`~]*[ \t\r]*$/gm;
  const blocks = [...text.matchAll(fence)].map(([, , block = '']) => block.trim());
  if (blocks.length === 0) return undefined;
  const files = blocks.flatMap((block) => {
    const json = withoutLeadingComments(block);
    if (/^[[{]/.test(json)) return [readJsonText(json, name)];
    return forms.some(({ matches }) => matches(block)) ? [readText(block, name)] : [];
  });
  if (files.length === 0) {
    throw new UserError(
      `${name} has ${plural(blocks.length, 'fenced block')} but no request in them; put a request into one`,
      2,
    );
  }
  const requests = files.flatMap((file, at) =>
    file.requests.map((request) => ({
      ...request,
      source: files.length === 1 ? request.source : `block ${at + 1}, ${request.source}`,
    })),
  );
  return { what: 'fenced blocks', whole: files.some(({ whole }) => whole), requests };
}

function readText(text: string, name: string): FoundFile {
  const form = forms.find(({ matches }) => matches(text));
  if (form !== undefined) {
    const { what, whole = false } = form;
    const found = form.read(text);
    if (typeof found === 'string') throw new UserError(`the ${what} in ${name} ${found}`, 2);
    const requests = found.map((request, at) => ({
      ...request,
      source: found.length === 1 ? what : `${what} ${at + 1}`,
    }));
    return { what: `${what}s`, whole, requests };
  }
  if (/^(?:type:\s*['"]?(?:collection|spec)\.insomnia\.rest|openapi:|swagger:|_type:\s*export)/m.test(text)) {
    const found = readKnownJson(readYaml(text, name), name);
    if (found !== undefined) return found;
  }
  for (const [looksLike, what, next] of refusals) {
    if (looksLike.test(text)) throw new UserError(`${name} looks like ${what}; ${next}`, 2);
  }
  throw new UserError(
    `${name} has no request in a form that is known (JSON, curl, HAR, fetch, PowerShell, HTTP, a collection); copy the request as cURL`,
    2,
  );
}

function readYaml(text: string, name: string): unknown {
  try {
    return yaml().parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const [first = ''] = String((error as Error).message).split('\n');
    throw new UserError(
      `${name} starts like YAML but is not valid YAML (${first.replace(/:$/, '')}); export it again`,
      2,
      {
        cause: error,
      },
    );
  }
}
