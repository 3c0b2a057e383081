import type { Headers } from '../../../spec/http.ts';

/** What the front makes of a request: the name of an example, or nothing where only Prism can tell. */
export type Decision = { readonly example: string } | undefined;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules that a request alone decides, in order; the first that applies names the code.
 * Formats come right after the field they are about, so that a sketch of a request meets the rule it is meant to show.
 */
const rules: readonly (readonly [code: number, applies: (fields: Fields, authorization: string) => boolean])[] = [
  [5106, (_, authorization) => authorization.replace(/^bearer/i, '').trim() === ''],
  [5066, ({ pk }) => isMissing(pk)],
  [5067, ({ dk }) => isMissing(dk)],
  [5361, ({ dk }) => !matches(dk, /^[0-9A-Za-z]{4,32}$/)],
  [5179, ({ bindingCode, encryptedBindingCode }) => isMissing(bindingCode) && isMissing(encryptedBindingCode)],
  [
    5213,
    ({ bindingCode, encryptedBindingCode }) =>
      isMissing(encryptedBindingCode)
        ? !matches(bindingCode, /^[0-9A-F]{16}$/)
        : !matches(encryptedBindingCode, /^[0-9A-Za-z+/]{43}=$/),
  ],
  [5333, ({ deviceName }) => typeof deviceName === 'string' && deviceName.length > 254],
  [5357, ({ pwd }) => !isMissing(pwd) && !matches(pwd, /^[\x20-\x7e]{1,64}$/)],
];

/**
 * The example that answers a request.
 * A preference goes before every rule: who asks for E6083 wants to see it, whatever the request looks like.
 */
export function decide(headers: Headers, fields: Fields): Decision {
  const preferred = preference(headers);
  if (preferred !== undefined) return { example: preferred };
  const authorization = headerValue(headers, 'authorization') ?? '';
  const rule = rules.find(([, applies]) => applies(fields, authorization));
  return rule === undefined ? undefined : { example: `E${rule[0]}` };
}

/** A preference of a `Prefer: example=NAME` header (RFC 7240; preferences are separated by commas or semicolons). */
export function preference(headers: Headers, wanted: 'example' | 'code' = 'example'): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  const preferences = [...values.join(',').matchAll(/(?:^|[,;])\s*(example|code)\s*=\s*"?([^\s",;]+)"?/gi)];
  return preferences.find(([, name]) => name?.toLowerCase() === wanted)?.[2];
}

function headerValue(headers: Headers, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}
