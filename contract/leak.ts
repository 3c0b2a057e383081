import { sha256Hex } from '../generators/crypto.ts';
import type { BuiltRequest } from '../generators/request.ts';
import { textToSign } from '../spec/formulas.ts';
import type { ApiResponse } from '../spec/http.ts';
import type { Fixture } from '../spec/states.ts';
import { escapedForms, secretNames } from './mask.ts';

/** A header that a request tries to plant in the answer, by line breaks inside its fields. */
export const plantedHeader = 'x-bindgate-planted';

/** Shorter values stand in an answer by chance. */
const shortest = 8;
/** Half of a secret is a leak too; so many characters of one do not meet by chance. */
const fragment = 12;
/** Bytes of a body that are searched. */
const most = 128 * 1024;

/**
 * What an answer gives away, in words that do not repeat it; undefined where it gives away nothing.
 * Secrets and plaintexts in plain, hex, Base64, URL- or JSON-escaped form, whole or by half; the signature that would
 * have been right; stack traces and names of classes. Source: DOMAIN sections 4 and 6.
 */
export function leakIn(response: ApiResponse, request: BuiltRequest, fixture: Fixture): string | undefined {
  const { headers, body } = response;
  if (headers.some(([name]) => name.toLowerCase() === plantedHeader)) return 'a header planted by a field';
  const text = new TextDecoder().decode(body.subarray(0, most));
  const all = [text, ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  const searched = [all, ...decodedParts(all)].join('\n').toLowerCase();
  const found = secretsOf(request, fixture).find(({ forms }) => forms.some((form) => searched.includes(form)));
  if (found !== undefined) return found.name;
  // JSON shows a line break as two characters; a proxy's own name is no class of the server.
  const own = headers.filter(([name]) => !/^(server|via|x-powered-by)$/i.test(name)).map(([, value]) => value);
  const lines = [text.replace(/\\[nrt]/g, '\n'), ...own].join('\n');
  return traces.find(({ pattern }) => pattern.test(lines))?.name;
}

type Secret = { readonly name: string; readonly forms: readonly string[] };

function secretsOf(request: BuiltRequest, fixture: Fixture): readonly Secret[] {
  const { body, plaintexts } = request;
  const sent = JSON.stringify(body);
  // A fault may have changed what was encrypted. Where the plaintext is sent in clear as well, it is no secret of this request.
  const encrypted = Object.entries(plaintexts)
    .filter(([, value]) => !sent.includes(value))
    .map(([name, value]) => secret(`the plaintext of ${name}`, value));
  const pwd = typeof body['pwd'] === 'string' ? [secret('the pwd', body['pwd'])] : [];
  return [
    ...namedSecrets(fixture),
    ...pwd,
    ...encrypted,
    ...dueSignatures(request, fixture).map((signature) => dueSecret(signature, sent)),
  ];
}

/** A signature in hex, or its digest in Base64. What the request has of it, a server may well repeat. */
function dueSecret(signature: string, sent: string): Secret {
  const { name, forms } = secret('the signature that is due', signature);
  const digest = Buffer.from(signature, 'hex').toString('base64').toLowerCase();
  const told = sent.toLowerCase();
  return { name, forms: [...forms, digest].filter((form) => !told.includes(form)) };
}

/** A case asks a dozen times for the same device's: kept for as long as the device is. */
const known = new WeakMap<Fixture, readonly Secret[]>();

function namedSecrets(fixture: Fixture): readonly Secret[] {
  const kept = known.get(fixture);
  if (kept !== undefined) return kept;
  const made = secretNames.flatMap((name) => {
    const value = fixture[name];
    return value === undefined ? [] : [secret(`the ${name}`, value)];
  });
  known.set(fixture, made);
  return made;
}

/** The signatures that would have been right, under either reading of the formula. */
function dueSignatures({ body, plaintexts }: BuiltRequest, { userDomainSecret }: Fixture): readonly string[] {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  const { pk, dk, pwd } = { pk: text('pk'), dk: text('dk'), pwd: text('pwd') };
  const codes = [text('encryptedBindingCode') || text('bindingCode'), plaintexts.encryptedBindingCode ?? ''];
  return codes.map((bindingCode) => sha256Hex(textToSign({ pk, dk, bindingCode, pwd }, userDomainSecret)));
}

function secret(name: string, value: string): Secret {
  if (value.length < shortest) return { name, forms: [] };
  const halves = value.length >= fragment + 4 ? [value.slice(0, fragment), value.slice(-fragment)] : [];
  const hex = Buffer.from(value, 'utf8').toString('hex');
  return { name, forms: [...escapedForms(value), hex, ...halves].map((form) => form.toLowerCase()) };
}

/** What Base64 and hex inside a text hold, so that a secret in a larger encoded text is found too. */
function decodedParts(text: string): readonly string[] {
  const base64 = text.match(/[0-9A-Za-z+/_-]{16,}={0,2}/g) ?? [];
  const hex = text.match(/(?:[0-9A-Fa-f]{2}){8,}/g) ?? [];
  return [
    ...base64.map((part) => Buffer.from(part, 'base64').toString('utf8')),
    ...hex.map((part) => Buffer.from(part, 'hex').toString('utf8')),
  ];
}

/** How the common platforms show a stack, and the names that only source code has. */
const traces: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  {
    name: 'a stack trace',
    pattern:
      /^\s*at .+[(:]\S*:\d+|\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)|Traceback \(most recent call last\)|File "[^"]+", line \d+|goroutine \d+ \[|panicked at |(?:^|\s)#\d+ \S+\(\d+\)|\bon line \d+\b.*\.php|\.php(?::| on line )\d+|\bCaused by: |\.(?:go|rs|rb|py|js|ts|cs|cpp|c):\d+\b/m,
  },
  {
    name: 'a statement of its database',
    pattern: /\bSELECT\s.+\sFROM\s|\bINSERT INTO\s|\bUPDATE\s\S+\sSET\s|\bDELETE FROM\s|\bSQLSTATE\b|\bORA-\d{5}\b/,
  },
  {
    name: 'a path of its files',
    pattern: /(?:^|[\s"'(:=])\/(?:usr|var|srv|home|opt|etc|app|root|tmp|workspace|build)\/[\w.@/-]+|\b[A-Z]:\\\w+\\/,
  },
  {
    name: 'the name of a class',
    pattern:
      /\b(?:[a-z_][\w$]*\.){2,}[A-Z][\w$]*|\b[A-Z][a-z]\w*Exception\b|\b(?:Type|Reference|Syntax|Range|Value|Key|Index|Attribute|Runtime|JSONDecode|UnicodeDecode|Assertion|Argument|NoMethod|ZeroDivision|IO|OS)Error\b|\bSystem\.[A-Z]\w+\.[A-Z]\w+/,
  },
];
