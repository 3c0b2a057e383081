import { isUtf8 } from 'node:buffer';
import type { Body, BuiltRequest } from '../../generators/request.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Fixture } from '../../spec/pure-bt/states.ts';
import { inert } from '../inert.ts';
import type { Mask } from '../mask.ts';
import { maskOf, secretsOf } from '../mask.ts';
import type { SentBody, ShownRequest } from '../run/outcome.ts';

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

/** The body of a request as it was sent, for curl. */
export function sentBody(request: BuiltRequest, fixture: Fixture, mask: Mask, showSecrets: boolean): SentBody {
  const { body } = request.http;
  const pieces = body instanceof Uint8Array ? [{ bytes: body, afterMs: 0 }] : body;
  const whole = (): Buffer => Buffer.concat(pieces.map(({ bytes }) => bytes));
  const { signature } = request.body;
  return {
    length: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    chunked: !(body instanceof Uint8Array),
    paused: pieces.some(({ afterMs }) => afterMs > 0),
    masked: () => (showSecrets ? whole() : maskedBytes(whole(), request, fixture, mask)),
    ofDevice: () =>
      [fixture.dk, signature].some((text) => typeof text === 'string' && text !== '' && whole().includes(text)),
  };
}

/** Secrets of the fixture by their values; in the body's own JSON by their fields as well, however short. */
function maskedBytes(bytes: Buffer, request: BuiltRequest, fixture: Fixture, mask: Mask): Uint8Array {
  if (bytes.equals(Buffer.from(JSON.stringify(request.body)))) {
    return Buffer.from(mask(JSON.stringify(withoutSecrets(request.body, fixture))));
  }
  // Bytes that are no text keep their values as Latin-1, and so do the secrets between them.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const altered = secretFields.flatMap((field) => {
    const value = request.body[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  const hidden = [...secretsOf(fixture), ...altered].map(
    ([name, value]) => [name, Buffer.from(value).toString(encoding)] as const,
  );
  return Buffer.from(maskOf(hidden)(mask(bytes.toString(encoding))), encoding);
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
