import type { Headers } from '../spec/http.ts';
import { version } from './version.ts';

/** What every archive begins with. Source: HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */
export function harLog(): { readonly version: '1.2'; readonly creator: object } {
  return { version: '1.2', creator: { name: 'bindgate', version: version() } };
}

/** The request of an entry. The sizes of headers, and cookies apart from them, are not recorded. */
export function harRequest({
  method,
  url,
  headers,
  postData,
  bodySize,
}: {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly postData?: object;
  readonly bodySize: number;
}): object {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: harHeaders(headers),
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    ...(postData === undefined ? {} : { postData }),
    headersSize: -1,
    bodySize,
  };
}

/** The response of an entry without one. */
export const noHarResponse = {
  status: 0,
  statusText: '',
  httpVersion: '',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
} as const;

/** Headers as objects. */
export function harHeaders(headers: Headers): readonly { readonly name: string; readonly value: string }[] {
  return headers.map(([name, value]) => ({ name, value }));
}
