import type { Headers } from '../../../spec/http.ts';

/** Reads a preference from a `Prefer: example=NAME` header (RFC 7240: commas or semicolons separate preferences). */
export function preference(headers: Headers, wanted: 'example' | 'code' = 'example'): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  const preferences = [...values.join(',').matchAll(/(?:^|[,;])\s*(example|code)\s*=\s*"?([^\s",;]+)"?/gi)];
  return preferences.find(([, name]) => name?.toLowerCase() === wanted)?.[2];
}
