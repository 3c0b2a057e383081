import { isUtf8 } from 'node:buffer';
import type { Body, BuiltRequest } from '../../generators/request.ts';
import type { ApiResponse } from '../../spec/http.ts';
import { type Fixture, identifyDevice, type Operation, tokenNames } from '../../spec/operation.ts';
import { plural } from '../../spec/plural.ts';
import { inert } from '../inert.ts';
import { createMask, listSecrets, type Mask } from '../mask.ts';
import type { SentBody, ShownRequest } from '../run/outcome.ts';

const longestPreview = 2_000;

/** What is needed to show a request: its fixture, and the mask for its secrets. */
export type Shown = {
  readonly operation: Pick<Operation, 'fixture' | 'secretFields'>;
  readonly fixture: Fixture;
  readonly mask: Mask;
  readonly showSecrets: boolean;
};

/**
 * A request as reports and curl show it.
 * Secret fields are masked by name: a fault may have changed the value, and then the mask does not find it.
 */
export function showRequest(request: BuiltRequest, shown: Shown): ShownRequest {
  const { mask, showSecrets } = shown;
  const { method, path, headers } = request.http;
  const body = showSecrets ? request.body : withoutSecrets(request.body, shown);
  return {
    method,
    path: mask(path),
    headers: headers.map(([name, value]) =>
      name.toLowerCase() === 'authorization' && !showSecrets ? [name, showToken(value, shown)] : [name, mask(value)],
    ),
    body: mask(request.shown ?? JSON.stringify(body)),
  };
}

/** The beginning of an answer's body as inert, masked text. */
export function previewBody({ body, truncated }: Pick<ApiResponse, 'body' | 'truncated'>, mask: Mask): string {
  // The text is masked before it is cut: half a secret would not be found. It is bounded first, so that 10 MB are not searched.
  const text = new TextDecoder().decode(body.subarray(0, 64 * 1024));
  const preview = inert(mask(text), longestPreview) + (truncated ? ' (cut)' : '');
  // A copy: a substring would keep the whole text in memory until the report is written.
  return Buffer.from(preview).toString();
}

/** The body of a request as it was sent, for curl. */
export function sentBody(request: BuiltRequest, shown: Shown): SentBody {
  const { body } = request.http;
  const device = identifyDevice(shown.fixture, shown.operation).map(([, value]) => value);
  const pieces = body instanceof Uint8Array ? [{ bytes: body, afterMs: 0 }] : body;
  // A view where it can be one: a body may have 10 MB.
  const whole = (): Buffer =>
    body instanceof Uint8Array
      ? Buffer.from(body.buffer, body.byteOffset, body.length)
      : Buffer.concat(body.map(({ bytes }) => bytes));
  const { signature } = request.body;
  return {
    length: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    chunked: !(body instanceof Uint8Array),
    paused: pieces.some(({ afterMs }) => afterMs > 0),
    masked: () => (shown.showSecrets ? whole() : maskedBytes(whole(), request, shown)),
    ofDevice: () => {
      const bytes = whole();
      return [...device, signature].some((text) => typeof text === 'string' && text !== '' && bytes.includes(text));
    },
  };
}

/** Masks the fixture's secrets by value, and the fields of a JSON body by name too, even if they are short. */
function maskedBytes(bytes: Buffer, request: BuiltRequest, shown: Shown): Uint8Array {
  const { operation, fixture, mask } = shown;
  if (bytes.equals(Buffer.from(JSON.stringify(request.body)))) {
    return Buffer.from(mask(JSON.stringify(withoutSecrets(request.body, shown))));
  }
  // Binary data is read as Latin-1, which keeps every byte. The secrets are searched in the same encoding.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const altered = operation.secretFields.flatMap((field) => {
    const value = request.body[field];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  const hidden = [...listSecrets(fixture, operation), ...altered].map(
    ([name, value]) => [name, Buffer.from(value).toString(encoding)] as const,
  );
  return Buffer.from(createMask(hidden)(mask(bytes.toString(encoding))), encoding);
}

function withoutSecrets(body: Body, { operation, fixture }: Shown): Body {
  const masked = operation.secretFields.flatMap((field) => {
    const value = body[field];
    if (typeof value !== 'string' || value === '') return [];
    const altered = value === fixture[field] ? '' : `, altered: ${plural(value.length, 'character')}`;
    return [[field, `«${field}${altered}»`] as const];
  });
  return { ...body, ...Object.fromEntries(masked) };
}

function showToken(authorization: string, { operation, fixture }: Shown): string {
  const whole = tokenNames(operation).find((name) => authorization === `Bearer ${fixture[name]}`);
  if (whole !== undefined) return `Bearer «${whole}»`;
  // Too short for a token: it is the scheme alone, or nothing.
  if (authorization.length < 12) return authorization;
  const [scheme = ''] = authorization.split(' ', 1);
  return `${scheme.length < 12 ? scheme : ''} «token, altered: ${plural(authorization.length - scheme.length - 1, 'character')}»`.trim();
}
