import type { Fixture } from '../spec/states.ts';

/** Replaces secrets in a text by their names. */
export type Mask = (text: string) => string;

/** The names of a fixture's values that are never written. */
export const secretNames = [
  'ps',
  'userDomainSecret',
  'token',
  'otherToken',
  'bindingCode',
  'bindingSecret',
  'oldBindingSecret',
  'pwd',
] as const;

/** Shorter secrets would blank out ordinary words; the request's own fields are masked by name as well. */
export const shortestSecret = 4;

/** A mask for some secrets by name, in plain, Base64-, URL- and JSON-escaped form, in either letter case. */
export function maskOf(secrets: readonly (readonly [name: string, value: string])[]): Mask {
  const rows = secrets
    .filter(([, value]) => value.length >= shortestSecret)
    .flatMap(([name, value]) => escapedForms(value).map((form) => [form, `«${name}»`] as const))
    .sort(([a], [b]) => b.length - a.length);
  if (rows.length === 0) return (text) => text;
  const names = new Map(rows.map(([form, name]) => [form.toLowerCase(), name]));
  const forms = [...names.keys()];
  return (text) => {
    // Searching first is 20 times as fast as one pattern of a hundred forms, and most texts hold none or two.
    const lower = text.toLowerCase();
    const present = forms.filter((form) => lower.includes(form));
    if (present.length === 0) return text;
    const pattern = new RegExp(present.map(escapeRegExp).join('|'), 'gi');
    return text.replace(pattern, (found) => names.get(found.toLowerCase()) ?? '«secret»');
  };
}

/** A mask for everything secret in some fixtures. */
export function maskOfFixtures(fixtures: readonly Fixture[]): Mask {
  return maskOf(fixtures.flatMap(secretsOf));
}

/** The secrets of a fixture by name; of a token, each part that is secret on its own as well. */
export function secretsOf(fixture: Fixture): readonly (readonly [name: string, value: string])[] {
  const values = secretNames.flatMap((name) => {
    const value = fixture[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return [...values, ...tokenParts('token', fixture.token), ...tokenParts('otherToken', fixture.otherToken)];
}

/** A mask that hides nothing, for `--show-secrets`. */
export const showEverything: Mask = (text) => text;

/** A token's payload and signature are secret on their own; its header is the same for everybody. */
function tokenParts(name: string, token: string | undefined): readonly (readonly [string, string])[] {
  const [, payload, signature] = (token ?? '').split('.');
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

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
