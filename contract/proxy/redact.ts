import type { Mask } from '../mask.ts';
import type { Exchange } from '../targets/exchange.ts';
import type { Proxied } from './start-proxy.ts';

/** Text in place of a value of a query, unless it is a known secret as a whole. */
const hidden = '«hidden»';

/**
 * An exchange without its bodies and the values of its query: the secrets of other operations, such as a login, are not known, so a
 * mask cannot find them.
 */
export function withoutContent({ request, exchange, sentAt }: Proxied, mask: Mask): Proxied {
  const nothing = new Uint8Array();
  const path = request.path.replace(/=([^&#]*)/g, (_, value: string) => {
    const masked = mask(value);
    return `=${encodeURIComponent(/^«[\w ]+»$/.test(masked) ? masked : hidden)}`;
  });
  const kept: Exchange =
    exchange.kind === 'answer' ? { ...exchange, response: { ...exchange.response, body: nothing } } : exchange;
  return {
    request: { ...request, path, body: nothing },
    exchange: kept,
    sentAt,
  };
}
