import { headerValue } from '../../spec/http.ts';
import { isRecord } from '../../spec/is-record.ts';
import { type FoundRequest, type JsonObject, readHeaders } from './found-request.ts';

/** Browsers leave out what identifies a user unless they are told to export with sensitive data. */
const leavesOut =
  'there is no Authorization header in this HAR: browsers export it only "with sensitive data", so the token is not in this file';

/** The requests of a HAR file, in the order of sending. Source: HAR 1.2, `log.entries`. */
export function readHar(log: JsonObject): readonly FoundRequest[] {
  const { entries, creator } = log;
  if (!Array.isArray(entries)) return [];
  // Its archives have all headers.
  const own = isRecord(creator) && creator['name'] === 'bindgate';
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
        ...(!own && headerValue(headers ?? [], 'authorization') === undefined ? { leavesOut } : {}),
        ...readPostData(request['postData'], own),
      },
    ];
  });
}

function readPostData(data: unknown, own: boolean): Pick<FoundRequest, 'body' | 'problem'> {
  const { text, encoding, params, comment } = isRecord(data) ? data : {};
  const left = own ? whyIncomplete(text, comment) : undefined;
  if (left !== undefined) return { problem: left };
  if (typeof text === 'string' && text !== '') {
    return { body: encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text };
  }
  if (Array.isArray(params) && params.length > 0) {
    return { problem: 'sends a form (postData.params), but the operation takes JSON; send the fields as JSON' };
  }
  return { problem: 'has no postData.text; export the HAR "with content"' };
}

/** What an archive of bindgate leaves out of a body, after the name of the request. */
function whyIncomplete(text: unknown, comment: unknown): string | undefined {
  const [, cut, left] = /(cut: \d+ bytes in total)|(\d+ bytes left out)/.exec(String(comment)) ?? [];
  if (cut !== undefined)
    return `has only the beginning of its body (${cut}): the archive keeps 65,536 characters of each body`;
  if (left !== undefined) return 'has no body: the archive leaves out bodies with a content-encoding';
  if (text === undefined)
    return 'has no body: the client sent none, or one that is not JSON, which the archive leaves out';
  return undefined;
}
