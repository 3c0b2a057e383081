import { isRecord } from '../../../../spec/is-record.ts';
import { operationPath } from '../../../../spec/pure-bt/path.ts';
import { UserError } from '../../../user-error.ts';
import type { ReadRequest } from './request-parts.ts';
import { parseBody, readHeaders } from './request-parts.ts';

/** Every POST to the operation's path in a HAR file, in the order of sending. */
export function readHar(entries: readonly unknown[], name: string): readonly ReadRequest[] {
  let unreadable: unknown;
  const requests = entries.flatMap((entry, index) => {
    const request = isRecord(entry) && isRecord(entry['request']) ? entry['request'] : {};
    if (request['method'] !== 'POST' || !isOperation(request['url'])) return [];
    const source = `HAR entry ${index + 1}`;
    const text = isRecord(request['postData']) ? request['postData']['text'] : undefined;
    try {
      if (typeof text !== 'string' || text === '') {
        throw new UserError(`${source} in ${name} has no postData.text; export the HAR "with content"`, 2);
      }
      return [{ source, headers: readHeaders(request['headers']), body: parseBody(text, `${source} of ${name}`) }];
    } catch (error) {
      // One broken request must not hide the others; a robustness test records many broken ones.
      unreadable ??= error;
      return [];
    }
  });
  if (requests.length > 0) return requests;
  if (unreadable !== undefined) throw unreadable;
  throw new UserError(
    `no entry of ${name} (${entries.length} in all) is a POST to …${operationPath}; record the request and export the HAR again`,
    2,
  );
}

function isOperation(url: unknown): boolean {
  const path = typeof url === 'string' ? URL.parse(url)?.pathname : undefined;
  return path?.replace(/\/$/, '').endsWith(operationPath) === true;
}
