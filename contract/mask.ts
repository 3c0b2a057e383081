import type { Fixture, Operation } from '../spec/operation.ts';
import { createFinder, type Finder, lowerCase } from './judge/finder.ts';

/** Replaces each secret in a text by its name. */
export type Mask = (text: string) => string;

/** The part of an operation that says which values of a fixture are secret. */
type Members = Pick<Operation, 'fixture'>;

/** The names of the secret values of a fixture. */
export function secretNames({ fixture }: Members): readonly string[] {
  return Object.keys(fixture).filter((name) => fixture[name]?.secret === true);
}

/** Shorter secrets are not searched: they would hide ordinary words. Request fields are also masked by name. */
const shortestSecret = 4;

/** Creates a mask for named secrets, in plain, hex, Base64-, URL- and JSON-escaped form, in either letter case. */
export function createMask(secrets: readonly (readonly [name: string, value: string])[]): Mask {
  // The list of all forms is slow to make and long, and most masks of a run are never used. Reports hold all of them.
  const finder = remade(() => {
    const made = createFinder();
    for (const [name, value] of secrets) addSecret(made, name, value);
    return made;
  });
  return (text) => hide(text, finder());
}

function addSecret({ add }: Finder, name: string, value: string): void {
  if (value.length < shortestSecret) return;
  for (const form of escapedForms(value)) add(form, name);
}

function hide(text: string, { find }: Finder): string {
  const lower = lowerCase(text);
  let masked = '';
  let from = 0;
  for (let found = find(lower); found !== undefined; found = find(lower, from)) {
    masked += `${text.slice(from, found.at)}«${found.name}»`;
    from = found.at + found.length;
  }
  return masked + text.slice(from);
}

/** Creates a mask for all secrets of some fixtures. */
export function maskOfFixtures(fixtures: readonly Fixture[], operation: Members): Mask {
  return createMask(fixtures.flatMap((fixture) => listSecrets(fixture, operation)));
}

/**
 * A mask for a whole run. It learns the secrets of each device: a thousand devices have fifty thousand forms
 * of secrets. `learnSent` learns what a request sent in place of them, which may be wrong: the mask writes `«sent token»`.
 * `isExact` says whether a value is the secret of a device itself, not another form of it.
 */
export function growingMask(operation: Pick<Operation, 'fixture'>): {
  readonly learn: (fixture: Fixture) => void;
  readonly learnSent: (fixture: Fixture) => void;
  readonly isExact: (value: string) => boolean;
  readonly mask: Mask;
} {
  const finder = createFinder();
  const exact = new Set<string>();
  return {
    learn: (fixture) => {
      for (const [name, value] of listSecrets(fixture, operation)) {
        addSecret(finder, name, value);
        exact.add(value);
      }
    },
    learnSent: (fixture) => {
      for (const [name, value] of listSecrets(fixture, operation)) addSecret(finder, `sent ${name}`, value);
    },
    isExact: (value) => exact.has(value),
    mask: (text) => hide(text, finder),
  };
}

/** The named secrets of a fixture, including the secret parts of its tokens. */
export function listSecrets(fixture: Fixture, operation: Members): readonly (readonly [name: string, value: string])[] {
  const values = secretNames(operation).flatMap((name) => {
    const value = fixture[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const tokens = values.filter(([name]) => operation.fixture[name]?.token === true);
  return [...values, ...tokens.flatMap(([name, token]) => tokenParts(name, token))];
}

/** A mask that hides nothing, for `--show-secrets`. */
export const showEverything: Mask = (text) => text;

/** A part of a token is longer; a shorter one of a made-up token may be an ordinary word. */
const shortestPart = 6;

/** The payload and the signature of a token are each secret. The header is the same for everyone. */
function tokenParts(name: string, token: string): readonly (readonly [string, string])[] {
  const [, payload, signature] = token.split('.');
  return [payload, signature].flatMap((part = '') => (part.length >= shortestPart ? [[name, part] as const] : []));
}

const unescaped = /^[\w.~-]*$/;

/** Both the mask and the search for leaks need the forms of a device's secrets, one after the other. */
const lately = new Map<string, readonly string[]>();
const latelyAtMost = 500;

/** The forms in which a value may occur in a text: plain, JSON- and URL-escaped, in hex, and in Base64 of either alphabet. */
export function escapedForms(value: string): readonly string[] {
  const known = lately.get(value);
  if (known !== undefined) return known;
  const forms = listForms(value);
  if (lately.size >= latelyAtMost) lately.clear();
  lately.set(value, forms);
  return forms;
}

function listForms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = bytes.toString('base64');
  const encoded = [base64, base64.replace(/=+$/, ''), bytes.toString('base64url'), encodeURIComponent(base64)];
  const hex = bytes.toString('hex');
  if (unescaped.test(value)) return [...new Set([value, ...encoded, hex])];
  const json = JSON.stringify(value).slice(1, -1);
  return [...new Set([value, json, json.replaceAll('/', '\\/'), encodeURIComponent(value), ...encoded, hex])];
}

/** A value that is made when it is first needed, and made again after a garbage collection: for a large one that lasts for a whole run. */
export function remade<Value extends object>(make: () => Value): () => Value {
  let made: WeakRef<Value> | undefined;
  return () => {
    const kept = made?.deref();
    if (kept !== undefined) return kept;
    const value = make();
    made = new WeakRef(value);
    return value;
  };
}
