import type { ApiResponse } from '../../spec/http.ts';
import type { Received } from '../run/outcome.ts';

/** Written instead of a missing answer. */
export const noAnswer = 'no-answer';

/** Status, code, media type, shape and headers as words on one line: `200 4004 application/json {code:number,…} cache-control`. */
export function answerText(received: Received): string {
  const { httpStatus, mediaType, preview, shape, headers = [] } = received;
  if (httpStatus === null) return noAnswer;
  return [codeText(received), mediaWord(mediaType), shape === '' ? bodyWord(preview) : shape, ...headers].join(' ');
}

function bodyWord(preview: string): string {
  return preview === '' ? 'empty' : 'no-json';
}

/** Status and code only: `200 4004`. */
export function codeText({ httpStatus, code }: Pick<Received, 'httpStatus' | 'code'>): string {
  return httpStatus === null ? noAnswer : `${httpStatus} ${code ?? 'no-code'}`;
}

/**
 * Reads the parts of an answer; undefined for `no-answer`. Parts that the text does not have are empty. The shape is the text
 * of `bodyShape`, or `empty` or `no-json`.
 */
export function readAnswer(
  text: string,
):
  | (Record<'httpStatus' | 'code' | 'mediaType' | 'shape', string> & { readonly headers: readonly string[] })
  | undefined {
  if (text === noAnswer) return undefined;
  const [httpStatus = '', code = '', mediaType = '', shape = '', ...headers] = text.split(' ');
  return { httpStatus, code, mediaType, shape, headers };
}

/** Whether `answerText` or `codeText` may have written a text. */
export function isAnswer(text: string): boolean {
  return text === noAnswer || /^[1-9]\d\d (-?\d+|no-code)( \S+ \S+( \S+)*)?$/.test(text);
}

function mediaWord(mediaType: string | undefined): string {
  if (mediaType === undefined) return 'no-media-type';
  return /^[\w.+*-]+\/[\w.+*-]+$/.test(mediaType) ? mediaType : 'malformed-media-type';
}

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
