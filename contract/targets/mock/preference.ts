import type { Headers } from '../../../spec/http.ts';
import { inert } from '../../inert.ts';

/** Reads a preference from a `Prefer: example=NAME` header (RFC 7240: commas or semicolons separate preferences). */
export function preference(headers: Headers, wanted: 'example' | 'code' = 'example'): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  const preferences = [...values.join(',').matchAll(/(?:^|[,;])\s*(example|code)\s*=\s*"?([^\s",;]+)"?/gi)];
  return preferences.find(([, name]) => name?.toLowerCase() === wanted)?.[2];
}

/** The name of a code's example in a specification. */
export function exampleName(code: number | string): string {
  return `E${code}`;
}

/**
 * The example that a request prefers: by its name, or by its business code. An HTTP status is also a `code` for Prism;
 * the success has the code and the status 200, so both mean the same there.
 */
export function preferredExample(headers: Headers): string | undefined {
  const code = preference(headers, 'code');
  return preference(headers) ?? (code === undefined ? undefined : exampleName(code));
}

/** What is wrong with a preference that names no example, and what can be asked for. */
export function unknownPreference(headers: Headers, codes: readonly number[]): string {
  const example = preference(headers);
  const listed = codes.map((code) => (example === undefined ? code : exampleName(code))).join(', ');
  if (example !== undefined) return `the contract has no example ${inert(example, 40)}; its examples are ${listed}`;
  return `the contract has no code ${inert(preference(headers, 'code') ?? '', 40)}; its codes are ${listed}`;
}
