import type { ApiResponse } from '../../spec/http.ts';

/**
 * Headers that change what a client or proxy does, in addition to the content type. Their values are not kept:
 * most are a time, a location or a secret. Source: RFC 9110, 9111 and 6265; 8594 (sunset), 9745 (deprecation), 6797 (HSTS).
 */
const meaningful: ReadonlySet<string> = new Set([
  'access-control-allow-origin',
  'allow',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'deprecation',
  'location',
  'retry-after',
  'set-cookie',
  'strict-transport-security',
  'sunset',
  'vary',
  'www-authenticate',
]);

/** The names of an answer's meaningful headers, in lower case, sorted. A charset is listed with its value. */
export function meaningfulHeaders({ headers }: Pick<ApiResponse, 'headers'>): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (meaningful.has(lower)) found.add(lower);
    const charset = lower === 'content-type' ? /;\s*charset\s*=\s*"?([\w.-]{1,40})"?/i.exec(value)?.[1] : undefined;
    if (charset !== undefined) found.add(`charset=${charset.toLowerCase()}`);
  }
  return [...found].sort();
}
