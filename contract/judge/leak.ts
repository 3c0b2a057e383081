import type { BuiltRequest } from '../../generators/request.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';
import { escapedForms, remade, secretNames } from '../mask.ts';
import { indexText, lowerCase } from './finder.ts';

/** A header that a request tries to inject into the answer, by line breaks inside its fields. */
export const plantedHeader = 'x-bindgate-planted';

/** Shorter values may occur in an answer by chance. */
const shortest = 8;
/** A part of a secret is a leak too. So many characters cannot be equal by chance. */
const fragment = 12;
/** Bytes of a body that are searched. */
const maxBodyBytes = 128 * 1024;

/**
 * Names what an answer leaks, without repeating it; undefined if it leaks nothing.
 * It looks for secrets and plaintexts in plain, hex, Base64, URL- or JSON-escaped form, whole or in part; the expected
 * signature; stack traces and names of classes.
 */
export function leakIn(
  response: ApiResponse,
  request: Pick<BuiltRequest, 'body' | 'plaintexts'>,
  fixture: Fixture,
  operation: Operation,
): string | undefined {
  const names: string[] = [];
  const own: string[] = [];
  const ofProxies: string[] = [];
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (lower === plantedHeader) return 'a header injected by a field';
    names.push(lower);
    (proxyHeaders.has(lower) ? ofProxies : own).push(value);
  }
  const scans = [
    scanBody(new TextDecoder().decode(response.body.subarray(0, maxBodyBytes))),
    scanText(names.join('\n')),
    scanLines(own.join('\n')),
    // A proxy writes its own name here. It is not a class of the server.
    { ...scanText(ofProxies.join('\n')), trace: undefined },
  ];
  const isLeaked = ({ form }: SecretForm): boolean => scans.some(({ holds }) => holds(form));
  const found =
    fixtureSecrets(fixture, operation).find(isLeaked) ?? requestSecrets(request, fixture, operation).find(isLeaked);
  return found?.name ?? firstTrace(scans);
}

const proxyHeaders: ReadonlySet<string> = new Set(['server', 'via', 'x-powered-by']);

/** The part of a scan that does not depend on the device: the text and its decoded parts in lower case, and traces of source code. */
type Scan = {
  readonly searched: string;
  readonly holds: (form: string) => boolean;
  readonly trace: string | undefined;
};

/** A form in which a secret may leak, in lower case. */
type SecretForm = { readonly form: string; readonly name: string };

// JSON writes a line break as two characters.
const scanBody = remembered((text) => scan(text, text.replace(/\\[nrt]/g, '\n')));
const scanText = remembered((text) => scan(text, text));
// If one of a thousand headers is new, the others were scanned before.
const scanLines = remembered((text) => {
  const scans = text.split('\n').map(scanText);
  const searched = scans.map((line) => line.searched).join('\n');
  return { searched, holds: indexedOnUse(searched), trace: firstTrace(scans) };
});

function firstTrace(scans: readonly Scan[]): string | undefined {
  return traces.find(({ name }) => scans.some(({ trace }) => trace === name))?.name;
}

function scan(text: string, lines: string): Scan {
  const searched = lowerCase([text, ...decodedParts(text)].join('\n'));
  return { searched, holds: indexedOnUse(searched), trace: traces.find(({ pattern }) => pattern.test(lines))?.name };
}

/** The scans of single headers are only joined, so an index of each would never be used. */
function indexedOnUse(searched: string): Scan['holds'] {
  let holds: Scan['holds'] | undefined;
  return (form) => {
    holds ??= indexText(searched);
    return holds(form);
  };
}

/** Scans of so many characters are kept at most. */
const maxRemembered = 2 * 1024 * 1024;

/** Nearly all answers and headers of a run repeat earlier ones, so the scan of a text is kept. */
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

/** A case needs the secrets of one device a dozen times, and the reports keep the device until the end of the run. */
const known = new WeakMap<Fixture, () => readonly SecretForm[]>();

function fixtureSecrets(fixture: Fixture, operation: Operation): readonly SecretForm[] {
  const kept = known.get(fixture);
  if (kept !== undefined) return kept();
  const names = secretNames(operation).filter((name) => operation.fixture[name]?.answered !== true);
  const forms = remade(() => names.flatMap((name) => named(`the ${name}`, listForms(fixture[name] ?? ''))));
  known.set(fixture, forms);
  return forms();
}

/** Secrets of this request only: fields that no answer may repeat, plaintexts, and the expected signature. */
function requestSecrets(
  { body, plaintexts }: Pick<BuiltRequest, 'body' | 'plaintexts'>,
  fixture: Fixture,
  operation: Operation,
): readonly SecretForm[] {
  const sent = JSON.stringify(body);
  const sentLower = sent.toLowerCase();
  const isNotSent = (form: string): boolean => !sentLower.includes(form.toLowerCase());
  const fields = operation.neverRepeated.flatMap((field) => {
    const value = body[field];
    return typeof value === 'string' ? named(`the ${field}`, listForms(value)) : [];
  });
  const encrypted = Object.entries(plaintexts).flatMap(([name, value]) => {
    // A fault may have changed the plaintext, so it is not a secret of the fixture. If it is also sent unencrypted, it is not secret.
    const forms = sent.includes(value) ? [] : listForms(value);
    // Its beginning is the device, which the request contains unencrypted.
    const secret = forms.filter((form) => form === value || (!value.startsWith(form) && isNotSent(form)));
    return named(`the plaintext of ${name}`, secret);
  });
  const proofs = operation.proofs(body, plaintexts, fixture).flatMap((signature) => {
    // In hex, or the digest in Base64. A server may repeat the parts that the request contains.
    const forms = [...listForms(signature), Buffer.from(signature, 'hex').toString('base64')];
    return named('the expected signature', forms.filter(isNotSent));
  });
  return [...fields, ...encrypted, ...proofs];
}

function named(name: string, forms: readonly string[]): readonly SecretForm[] {
  return forms.map((form) => ({ form: lowerCase(form), name }));
}

/** Every form in which a value may leak; none if the value is so short that it may occur by chance. */
function listForms(value: string): readonly string[] {
  if (value.length < shortest) return [];
  const halves = value.length >= fragment + 4 ? [value.slice(0, fragment), value.slice(-fragment)] : [];
  return [...escapedForms(value), ...halves];
}

/** Decodes Base64 and hex inside a text: a secret may be a part of a larger encoded text. */
function decodedParts(text: string): readonly string[] {
  const base64 = text.match(/[0-9A-Za-z+/_-]{16,}={0,2}/g) ?? [];
  const hex = text.match(/(?:[0-9A-Fa-f]{2}){8,}/g) ?? [];
  return [
    ...base64.map((part) => Buffer.from(part, 'base64').toString('utf8')),
    ...hex.map((part) => Buffer.from(part, 'hex').toString('utf8')),
    // Most matches were never encoded and decode to noise, which is dropped here.
  ].flatMap((decoded) => decoded.match(readable) ?? []);
}

const readable = new RegExp(`[^\\ufffd]{${shortest},}`, 'g');

/**
 * Stack traces of the common platforms, and names that only source code has. An answer may be long, so each pattern must
 * take linear time: text that a repetition matches must not contain the start of another match.
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
    name: 'an SQL statement',
    pattern: anyPattern(
      /\bSELECT\s(?:(?!\bSELECT\s).)+?\sFROM\s|\bINSERT INTO\s|\bUPDATE\s\S+\sSET\s|\bDELETE FROM\s/,
      /\bSQLSTATE\b|\bORA-\d{5}\b/,
    ),
  },
  {
    name: 'a file path',
    pattern: anyPattern(
      /(?:^|[\s"'(:=])\/(?:usr|var|srv|home|opt|etc|app|root|tmp|workspace|build)\/[\w.@/-]/,
      /\b[A-Z]:\\\w+\\/,
    ),
  },
  {
    name: 'a class name',
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
