import { operationPath } from '../../../../spec/pure-bt/path.ts';
import { UserError } from '../../../user-error.ts';
import { isObject, parseBody, readHeaders } from './json.ts';
import type { ReadRequest } from './read-request.ts';

/** Whether a JSON object is a HAR file. Source: HAR 1.2, `log.entries`. */
export function isHar(value: Readonly<Record<string, unknown>>): boolean {
  return isObject(value['log']) && Array.isArray(value['log']['entries']);
}

/** Every POST of a HAR file to the operation's path, in the order it was sent. */
export function readHar(value: Readonly<Record<string, unknown>>, name: string): readonly ReadRequest[] {
  const { entries } = value['log'] as { entries: readonly unknown[] };
  let unreadable: unknown;
  const requests = entries.flatMap((entry, index) => {
    const request = isObject(entry) && isObject(entry['request']) ? entry['request'] : {};
    if (request['method'] !== 'POST' || !isOperation(request['url'])) return [];
    const source = `HAR entry ${index + 1}`;
    const postData = isObject(request['postData']) ? request['postData'] : {};
    const { text } = postData;
    try {
      if (typeof text !== 'string' || text === '') {
        throw new UserError(`${source} in ${name} has no postData.text; export the HAR "with content"`, 2);
      }
      return [{ source, headers: readHeaders(request['headers']), body: parseBody(text, `${source} of ${name}`) }];
    } catch (error) {
      // One request that is none (a robustness test records many) must not hide the others.
      unreadable ??= error;
      return [];
    }
  });
  if (requests.length > 0) return requests;
  if (unreadable !== undefined) throw unreadable;
  throw new UserError(
    `none of the ${entries.length} entries of ${name} is a POST to …${operationPath}; record the request and export again`,
    2,
  );
}

function isOperation(url: unknown): boolean {
  if (typeof url !== 'string') return false;
  return (URL.parse(url)?.pathname ?? '').replace(/\/$/, '').endsWith(operationPath);
}
