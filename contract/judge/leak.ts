import type { BuiltRequest } from '../../generators/request.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';
import { escapedForms, secretNames } from '../mask.ts';
import { indexText, lowerCase } from './finder.ts';

/** A header that a request tries to plant in the answer, by line breaks inside its fields. */
export const plantedHeader = 'x-bindgate-planted';

/** Shorter values stand in an answer by chance. */
const shortest = 8;
/** Half of a secret is a leak too; so many characters of one do not meet by chance. */
const fragment = 12;
/** Bytes of a body that are searched. */
const maxBodyBytes = 128 * 1024;

/**
 * What an answer gives away, in words that do not repeat it; undefined where it gives away nothing.
 * Secrets and plaintexts in plain, hex, Base64, URL- or JSON-escaped form, whole or by half; the signature that would
 * have been right; stack traces and names of classes..
 */
export function leakIn(
  response: ApiResponse,
  request: BuiltRequest,
  fixture: Fixture,
  operation: Operation,
): string | undefined {
  const names: string[] = [];
  const own: string[] = [];
  const ofProxies: string[] = [];
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (lower === plantedHeader) return 'a header planted by a field';
    names.push(lower);
    (proxyHeaders.has(lower) ? ofProxies : own).push(value);
  }
  const scans = [
    scanBody(new TextDecoder().decode(response.body.subarray(0, maxBodyBytes))),
    scanText(names.join('\n')),
    scanLines(own.join('\n')),
    // A proxy's own name is no class of the server.
    { ...scanText(ofProxies.join('\n')), trace: undefined },
  ];
  const isGivenAway = ({ form }: SecretForm): boolean => scans.some(({ holds }) => holds(form));
  const found =
    fixtureSecrets(fixture, operation).find(isGivenAway) ??
    requestSecrets(request, fixture, operation).find(isGivenAway);
  return found?.name ?? firstTrace(scans);
}

const proxyHeaders: ReadonlySet<string> = new Set(['server', 'via', 'x-powered-by']);

/** What a text shows whatever the device: itself and what is encoded in it, in lower case, and what only source code has. */
type Scan = {
  readonly searched: string;
  readonly holds: (form: string) => boolean;
  readonly trace: string | undefined;
};

/** A form in which a secret may be given away, in lower case. */
type SecretForm = { readonly form: string; readonly name: string };

// JSON shows a line break as two characters.
const scanBody = remembered((text) => scan(text, text.replace(/\\[nrt]/g, '\n')));
const scanText = remembered((text) => scan(text, text));
// Of a thousand headers, most repeat where one does not.
const scanLines = remembered((text) => {
  const scans = text.split('\n').map(scanText);
  const searched = scans.map((line) => line.searched).join('\n');
  return { searched, holds: indexText(searched), trace: firstTrace(scans) };
});

function firstTrace(scans: readonly Scan[]): string | undefined {
  return traces.find(({ name }) => scans.some(({ trace }) => trace === name))?.name;
}

function scan(text: string, lines: string): Scan {
  const searched = lowerCase([text, ...decodedParts(text)].join('\n'));
  return { searched, holds: indexText(searched), trace: traces.find(({ pattern }) => pattern.test(lines))?.name };
}

/** Most characters whose scans are kept at once. */
const maxRemembered = 2 * 1024 * 1024;

/** Nearly all answers of a run, and their headers, repeat earlier ones: each text is scanned once while it is kept. */
function remembered(make: (text: string) => Scan): (text: string) => Scan {
  const scans = new Map<string, Scan>();
  let characters = 0;
  return (text) => {
    const known = scans.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    characters += text.length + made.searched.length;
    if (characters > maxRemembered) {
      scans.clear();
      characters = text.length + made.searched.length;
    }
    scans.set(text, made);
    return made;
  };
}

/** A case asks a dozen times for the same device's: kept for as long as the device is. */
const known = new WeakMap<Fixture, readonly SecretForm[]>();

function fixtureSecrets(fixture: Fixture, operation: Operation): readonly SecretForm[] {
  const kept = known.get(fixture);
  if (kept !== undefined) return kept;
  const forms = secretNames(operation).flatMap((name) => named(`the ${name}`, listForms(fixture[name] ?? '')));
  known.set(fixture, forms);
  return forms;
}

/** What only this request makes secret: fields that no answer may repeat, what it encrypts, and the right signature. */
function requestSecrets(request: BuiltRequest, fixture: Fixture, operation: Operation): readonly SecretForm[] {
  const { body, plaintexts } = request;
  const sent = JSON.stringify(body);
  const told = sent.toLowerCase();
  const isUntold = (form: string): boolean => !told.includes(form.toLowerCase());
  const fields = operation.neverRepeated.flatMap((field) => {
    const value = body[field];
    return typeof value === 'string' ? named(`the ${field}`, listForms(value)) : [];
  });
  const encrypted = Object.entries(plaintexts).flatMap(([name, value]) => {
    // A fault may have changed what was encrypted. Where the plaintext is sent in clear as well, it is no secret of this request.
    const forms = sent.includes(value) ? [] : listForms(value);
    // Its beginning names the device, as the request itself does.
    const secret = forms.filter((form) => form === value || (!value.startsWith(form) && isUntold(form)));
    return named(`the plaintext of ${name}`, secret);
  });
  const proofs = operation.proofs(body, plaintexts, fixture).flatMap((signature) => {
    // In hex, or its digest in Base64. What the request has of it, a server may well repeat.
    const forms = [...listForms(signature), Buffer.from(signature, 'hex').toString('base64')];
    return named('the signature that is due', forms.filter(isUntold));
  });
  return [...fields, ...encrypted, ...proofs];
}

function named(name: string, forms: readonly string[]): readonly SecretForm[] {
  return forms.map((form) => ({ form: lowerCase(form), name }));
}

/** A value in every form in which it may be given away; none where it is too short to be told from chance. */
function listForms(value: string): readonly string[] {
  if (value.length < shortest) return [];
  const halves = value.length >= fragment + 4 ? [value.slice(0, fragment), value.slice(-fragment)] : [];
  return [...escapedForms(value), Buffer.from(value, 'utf8').toString('hex'), ...halves];
}

/** What Base64 and hex inside a text hold, so that a secret in a larger encoded text is found too. */
function decodedParts(text: string): readonly string[] {
  const base64 = text.match(/[0-9A-Za-z+/_-]{16,}={0,2}/g) ?? [];
  const hex = text.match(/(?:[0-9A-Fa-f]{2}){8,}/g) ?? [];
  return [
    ...base64.map((part) => Buffer.from(part, 'base64').toString('utf8')),
    ...hex.map((part) => Buffer.from(part, 'hex').toString('utf8')),
    // Most of it was never encoded and decodes to noise, in which no secret has room.
  ].flatMap((decoded) => decoded.match(readable) ?? []);
}

const readable = new RegExp(`[^\\ufffd]{${shortest},}`, 'g');

/**
 * How the common platforms show a stack, and the names that only source code has. A server decides how long its answer
 * is, so each pattern takes time linear in it: what a repetition runs over does not hold the start of another match.
 */
const traces: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  {
    name: 'a stack trace',
    pattern: anyPattern(
      // JavaScript: `    at handle (/srv/bind.js:10:5)`
      /^[^\S\n\r\u2028\u2029]*at .+?[(:][^\s(:]*:\d/,
      // Java, also within a line
      /\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)|\bCaused by: /,
      // Python, Go, Rust
      /Traceback \(most recent call last\)|File "[^"]+", line \d|goroutine \d+ \[|panicked at /,
      // PHP
      /(?:^|\s)#\d+ \S+\(\d+\)|\bon line \d+\b(?:(?!\bon line \d).)*?\.php|\.php(?::| on line )\d/,
      // A source file and a line
      /\.(?:go|rs|rb|py|js|ts|cs|cpp|c):\d+\b/,
    ),
  },
  {
    name: 'a statement of its database',
    pattern: anyPattern(
      /\bSELECT\s(?:(?!\bSELECT\s).)+?\sFROM\s|\bINSERT INTO\s|\bUPDATE\s\S+\sSET\s|\bDELETE FROM\s/,
      /\bSQLSTATE\b|\bORA-\d{5}\b/,
    ),
  },
  {
    name: 'a path of its files',
    pattern: anyPattern(
      /(?:^|[\s"'(:=])\/(?:usr|var|srv|home|opt|etc|app|root|tmp|workspace|build)\/[\w.@/-]/,
      /\b[A-Z]:\\\w+\\/,
    ),
  },
  {
    name: 'the name of a class',
    pattern: anyPattern(
      // Two packages before a class are enough, however many there are.
      /(?<![\w$])\$*(?:[a-z_][\w$]*\.){2}[A-Z]/,
      /\b[A-Z][a-z]\w*Exception\b|\bSystem\.[A-Z]\w+\.[A-Z]\w/,
      /\b(?:Type|Reference|Syntax|Range|Value|Key|Index|Attribute|Runtime|JSONDecode|UnicodeDecode|Assertion|Argument|NoMethod|ZeroDivision|IO|OS)Error\b/,
    ),
  },
];

function anyPattern(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'm');
}
