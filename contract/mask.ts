import type { Fixture, Operation } from '../spec/operation.ts';
import type { Finder } from './judge/finder.ts';
import { createFinder, lowerCase } from './judge/finder.ts';

/** Replaces secrets in a text by their names. */
export type Mask = (text: string) => string;

/** The part of an operation that says what of a fixture is never written. */
type Members = Pick<Operation, 'fixture'>;

/** The names of a fixture's values that are never written. */
export function secretNames({ fixture }: Members): readonly string[] {
  return Object.keys(fixture).filter((name) => fixture[name]?.secret === true);
}

/** Shorter secrets would blank out ordinary words; the request's own fields are masked by name as well. */
const shortestSecret = 4;

/** A mask for some secrets by name, in plain, Base64-, URL- and JSON-escaped form, in either letter case. */
export function createMask(secrets: readonly (readonly [name: string, value: string])[]): Mask {
  let mask: Mask | undefined;
  return (text) => {
    // Most masks of a run are never needed, and the forms of a device's secrets take a while to list.
    mask ??= maskOfAll(secrets);
    return mask(text);
  };
}

function maskOfAll(secrets: readonly (readonly [name: string, value: string])[]): Mask {
  const finder = createFinder();
  for (const [name, value] of secrets) addSecret(finder, name, value);
  return maskWith(finder);
}

/** Adds the forms of a secret to what a mask hides. */
export function addSecret({ add }: Finder, name: string, value: string): void {
  if (value.length < shortestSecret) return;
  for (const form of escapedForms(value)) add(form, name);
}

/** A mask for whatever a finder finds, now and later. */
export function maskWith({ find }: Finder): Mask {
  return (text) => {
    const lower = lowerCase(text);
    let masked = '';
    let from = 0;
    for (let found = find(lower); found !== undefined; found = find(lower, from)) {
      masked += `${text.slice(from, found.at)}«${found.name}»`;
      from = found.at + found.length;
    }
    return masked + text.slice(from);
  };
}

/** A mask for everything secret in some fixtures. */
export function maskOfFixtures(fixtures: readonly Fixture[], operation: Members): Mask {
  return createMask(fixtures.flatMap((fixture) => listSecrets(fixture, operation)));
}

/** The secrets of a fixture by name; of a token, each part that is secret on its own as well. */
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

/** A token's payload and signature are secret on their own; its header is the same for everybody. */
function tokenParts(name: string, token: string): readonly (readonly [string, string])[] {
  const [, payload, signature] = token.split('.');
  return [payload, signature].flatMap((part) => (part ? [[name, part] as const] : []));
}

/** The forms in which a value may stand in a text: as it is, JSON- and URL-escaped, in Base64 of either alphabet. */
export function escapedForms(value: string): readonly string[] {
  const base64 = Buffer.from(value, 'utf8').toString('base64');
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'),
    encodeURIComponent(value),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(value, 'utf8').toString('base64url'),
    encodeURIComponent(base64),
  ];
  return [...new Set(forms)];
}
