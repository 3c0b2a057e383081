import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { harHeaders, harLog, harRequest, noHarResponse } from '../../../contract/har.ts';
import { type growingMask, showEverything } from '../../../contract/mask.ts';
import type { Exchange } from '../../../contract/targets/exchange.ts';
import type { TrafficObserver } from '../../../contract/targets/recording.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import { type ApiRequest, type ApiResponse, headerValue } from '../../../spec/http.ts';
import { privateMode } from '../files.ts';
import { keptBody } from './body.ts';
import { type Hide, hiddenHeaders, hiddenRequest, hiddenUrl } from './hide.ts';

/**
 * Records the traffic with a target as an HTTP Archive (HAR 1.2), in a file that only its owner may read. It is complete after
 * disposal. Entries are written immediately, so a long run needs memory only for the secrets that it masks.
 * @param url base URL of the target. `about` is added to the comment of the archive, and `known` is the mask of the run.
 */
export function openHar(
  file: string,
  {
    url,
    showSecrets,
    known,
    about = '',
  }: {
    readonly url: string;
    readonly showSecrets: boolean;
    readonly known: ReturnType<typeof growingMask>;
    readonly about?: string;
  },
): TrafficObserver & Disposable {
  const temporary = `${file}.${process.pid}.tmp`;
  const output = openSync(temporary, 'w', privateMode);
  const hide = { mask: showSecrets ? showEverything : known.mask, isExact: known.isExact, showSecrets };
  const comment = `Headers and certificates of the configuration are not included.${about}`;
  const head = asciiJson({ ...harLog(), comment }).slice(0, -1);
  let between = `{"log":${head},"entries":[\n`;
  const write = (text: string): void => {
    writeSync(output, between + text);
    between = ',\n';
  };
  return {
    onFixture: known.learn,
    onExchange: (request, exchange, sentAt) => write(asciiJson(toHarEntry(request, exchange, url, sentAt, hide))),
    [Symbol.dispose]: () => {
      between = between === ',\n' ? '\n' : between;
      write(']}}\n');
      closeSync(output);
      renameSync(temporary, file);
    },
  };
}

/** JSON in ASCII: text of a target is unchanged, but harmless for a terminal. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One exchange as an entry of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/#entries). */
function toHarEntry(request: ApiRequest, exchange: Exchange, url: string, sentAt: Date, hide: Hide): object {
  const { durationMs } = exchange.kind === 'answer' ? exchange.response : exchange;
  const remark = exchange.kind === 'answer' ? {} : { comment: `no answer: ${hide.mask(exchange.detail)}` };
  return {
    startedDateTime: sentAt.toISOString(),
    time: durationMs,
    request: toHarRequest(request, url, hide),
    response: exchange.kind === 'answer' ? toHarResponse(exchange.response, hide) : { ...noHarResponse, ...remark },
    cache: {},
    // The whole exchange is timed, not its phases.
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...remark,
  };
}

function toHarRequest({ method, path, headers, body }: ApiRequest, url: string, hide: Hide): object {
  const pieces = body instanceof Uint8Array ? [body] : body.map(({ bytes }) => bytes);
  const { text, size, binary, left } = keptBody(pieces, headers, (whole) => hiddenRequest(whole, hide));
  const remarks = [pieces.length > 1 && `sent in ${pieces.length} pieces`, left, binary && 'bytes as Latin-1'];
  const comment = remarks.filter(Boolean).join('; ') || undefined;
  const mimeType = headerValue(headers, 'content-type') ?? '';
  return harRequest({
    method,
    url: hiddenUrl(url + path, hide),
    headers: hiddenHeaders(headers, hide),
    ...(size > 0 && { postData: definedOnly({ mimeType, text, comment }) }),
    bodySize: size,
  });
}

function toHarResponse({ httpStatus, headers, body }: ApiResponse, hide: Hide): object {
  const { text, size, binary, left } = keptBody([body], headers, hide.mask);
  return {
    ...noHarResponse,
    status: httpStatus,
    httpVersion: 'HTTP/1.1',
    headers: harHeaders(hiddenHeaders(headers, hide)),
    content: {
      size,
      mimeType: headerValue(headers, 'content-type') ?? '',
      text: binary ? Buffer.from(text, 'latin1').toString('base64') : text,
      ...(binary && { encoding: 'base64' }),
      ...(left !== undefined && { comment: left }),
    },
    redirectURL: hide.mask(headerValue(headers, 'location') ?? ''),
    bodySize: size,
  };
}
