import type { Headers } from '../../../spec/http.ts';

/** A preference of a `Prefer: example=NAME` header (RFC 7240; preferences are separated by commas or semicolons). */
export function preference(headers: Headers, wanted: 'example' | 'code' = 'example'): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  const preferences = [...values.join(',').matchAll(/(?:^|[,;])\s*(example|code)\s*=\s*"?([^\s",;]+)"?/gi)];
  return preferences.find(([, name]) => name?.toLowerCase() === wanted)?.[2];
}
