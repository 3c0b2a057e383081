import { type Headers, headerValue } from '../../../spec/http.ts';

/**
 * The headers that let a page of any origin use a mock, as Prism sends them. With credentials, a browser does not read `*`
 * as a wildcard, so the request's own values are repeated.
 * @param exposed response headers that a page may read, in addition to `*`.
 * Source: Fetch standard, section 3.3 (CORS protocol).
 */
export function corsHeaders(request: Headers, exposed: readonly string[] = []): Headers {
  const origin = headerValue(request, 'origin');
  return [
    ['access-control-allow-origin', origin ?? '*'],
    ['access-control-allow-headers', headerValue(request, 'access-control-request-headers') ?? '*'],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', ['*', ...exposed].join(', ')],
    ...(origin === undefined ? [] : [['vary', 'origin'] as const]),
  ];
}

/** The headers of the 204 answer to a preflight request; undefined for any other request. */
export function preflightHeaders(method: string, request: Headers): Headers | undefined {
  const wanted = headerValue(request, 'access-control-request-method');
  if (method !== 'OPTIONS' || wanted === undefined || headerValue(request, 'origin') === undefined) return undefined;
  return [...corsHeaders(request), ['access-control-allow-methods', wanted]];
}
