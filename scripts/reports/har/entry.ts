import { harHeaders, harRequest, noHarResponse } from '../../../contract/har.ts';
import type { Exchange } from '../../../contract/targets/exchange.ts';
import type { ApiRequest, ApiResponse } from '../../../spec/http.ts';
import { headerValue } from '../../../spec/http.ts';
import type { Kept } from './body.ts';
import { keptBody } from './body.ts';
import type { Hide } from './hide.ts';
import { hiddenHeaders, hiddenRequest, hiddenUrl } from './hide.ts';

/** One exchange as an entry of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/#entries). */
export function toHarEntry(
  request: ApiRequest,
  exchange: Exchange,
  { url, sentAt, hide }: { readonly url: string; readonly sentAt: Date; readonly hide: Hide },
): object {
  const durationMs = exchange.kind === 'answer' ? exchange.response.durationMs : exchange.durationMs;
  const comment = exchange.kind === 'answer' ? undefined : `no answer: ${hide.mask(exchange.detail)}`;
  return {
    startedDateTime: sentAt.toISOString(),
    time: durationMs,
    request: toHarRequest(request, url, hide),
    response: exchange.kind === 'answer' ? toHarResponse(exchange.response, hide) : { ...noHarResponse, comment },
    cache: {},
    // The whole exchange is timed, not its phases.
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(comment === undefined ? {} : { comment }),
  };
}

function toHarRequest({ method, path, headers, body }: ApiRequest, url: string, hide: Hide): object {
  const pieces = body instanceof Uint8Array ? [body] : body.map(({ bytes }) => bytes);
  const kept = keptBody(pieces, headers, (text) => hiddenRequest(text, hide));
  const inPieces = pieces.length > 1 ? [`sent in ${pieces.length} pieces`] : [];
  const mimeType = headerValue(headers, 'content-type') ?? '';
  return harRequest({
    method,
    url: hiddenUrl(url + path, hide),
    headers: hiddenHeaders(headers, hide),
    ...(kept.size === 0 ? {} : { postData: { mimeType, text: kept.text, ...remarks(kept, inPieces) } }),
    bodySize: kept.size,
  });
}

function toHarResponse({ httpStatus, headers, body }: ApiResponse, hide: Hide): object {
  const kept = keptBody([body], headers, hide.mask);
  return {
    ...noHarResponse,
    status: httpStatus,
    httpVersion: 'HTTP/1.1',
    headers: harHeaders(hiddenHeaders(headers, hide)),
    content: {
      size: kept.size,
      mimeType: headerValue(headers, 'content-type') ?? '',
      ...(kept.binary
        ? { text: Buffer.from(kept.text, 'latin1').toString('base64'), encoding: 'base64' }
        : { text: kept.text }),
      ...remarks({ ...kept, binary: false }, []),
    },
    redirectURL: hide.mask(headerValue(headers, 'location') ?? ''),
    bodySize: kept.size,
  };
}

function remarks({ left, binary }: Kept, more: readonly string[]): { readonly comment?: string } {
  const said = [...more, ...(left === undefined ? [] : [left]), ...(binary ? ['bytes as Latin-1'] : [])];
  return said.length === 0 ? {} : { comment: said.join('; ') };
}
