import type { Body, BuiltRequest } from '../generators/request.ts';
import type { ApiResponse } from '../spec/http.ts';
import type { Fixture } from '../spec/states.ts';
import { inert } from './inert.ts';
import type { Mask } from './mask.ts';
import type { ShownRequest } from './outcome.ts';

/** Fields of a request that are secret by their name, however a fault has changed them. */
const secretFields = ['bindingCode', 'pwd'] as const;
const longestPreview = 2_000;

/**
 * A request as reports and curl show it.
 * Secret fields are masked by name, since a fault may have turned the secret into something no mask would find.
 */
export function showRequest(request: BuiltRequest, fixture: Fixture, mask: Mask, showSecrets: boolean): ShownRequest {
  const { method, path, headers } = request.http;
  const body = showSecrets ? request.body : withoutSecrets(request.body, fixture);
  return {
    method,
    path: mask(path),
    headers: headers.map(([name, value]) =>
      name.toLowerCase() === 'authorization' && !showSecrets ? [name, showToken(value, fixture)] : [name, mask(value)],
    ),
    body: request.shown ?? mask(JSON.stringify(body)),
  };
}

/** The start of an answer's body as inert, masked text. */
export function previewBody({ body, truncated }: Pick<ApiResponse, 'body' | 'truncated'>, mask: Mask): string {
  // Masked before it is cut, or a secret cut in half would get through; bounded first, or 10 MB would be searched.
  const text = new TextDecoder().decode(body.subarray(0, 64 * 1024));
  const preview = inert(mask(text), longestPreview) + (truncated ? ' (cut)' : '');
  // A copy: a part of a text keeps the whole of it in memory, for as long as the report needs the part.
  return Buffer.from(preview).toString();
}

/** A command that sends the request as it is shown. */
export function curlOf(request: ShownRequest, url: string): string {
  const headers = request.headers.map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`).join('');
  return `curl -sS -X ${request.method} ${quoted(url + request.path)}${headers} --data-binary ${quoted(request.body)}`;
}

function withoutSecrets(body: Body, fixture: Fixture): Body {
  const masked = secretFields.flatMap((field) => {
    const value = body[field];
    if (typeof value !== 'string' || value === '') return [];
    const altered = value === fixture[field] ? '' : `, altered: ${value.length} characters`;
    return [[field, `«${field}${altered}»`] as const];
  });
  return { ...body, ...Object.fromEntries(masked) };
}

function showToken(authorization: string, { token, otherToken }: Fixture): string {
  if (authorization === `Bearer ${token}`) return 'Bearer «token»';
  if (authorization === `Bearer ${otherToken}`) return 'Bearer «otherToken»';
  // Too short to hold a token: the scheme alone, or nothing.
  if (authorization.length < 12) return authorization;
  const [scheme = ''] = authorization.split(' ', 1);
  return `${scheme.length < 12 ? scheme : ''} «token, altered: ${authorization.length - scheme.length - 1} characters»`.trim();
}

/** POSIX shell quoting; inside single quotes only the quote itself is special. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
