import { headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import type { FoundRequest } from './found-request.ts';
import { readHeaders } from './found-request.ts';

/** Browsers leave out what identifies a user unless they are told to export with sensitive data. */
const leavesOut =
  'there is no Authorization header in this HAR: browsers export it only "with sensitive data", so the token is not in this file';

/** The requests of a HAR file, in the order of sending. Source: HAR 1.2, `log.entries`. */
export function readHar(entries: readonly unknown[]): readonly FoundRequest[] {
  return entries.flatMap((entry, index) => {
    const request = isRecord(entry) && isRecord(entry['request']) ? entry['request'] : undefined;
    if (request === undefined) return [];
    const headers = readHeaders(request['headers'])?.filter(([name]) => !name.startsWith(':'));
    return [
      {
        source: `HAR entry ${index + 1}`,
        method: String(request['method']),
        url: String(request['url']),
        headers,
        ...(headerValue(headers ?? [], 'authorization') === undefined ? { leavesOut } : {}),
        ...readPostData(request['postData']),
      },
    ];
  });
}

function readPostData(data: unknown): Pick<FoundRequest, 'body' | 'problem'> {
  const { text, encoding, params } = isRecord(data) ? data : {};
  if (typeof text === 'string' && text !== '') {
    return { body: encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text };
  }
  if (Array.isArray(params) && params.length > 0) {
    return { problem: 'sends a form (postData.params), but the operation takes JSON; send the fields as JSON' };
  }
  return { problem: 'has no postData.text; export the HAR "with content"' };
}
