import type { Exchange } from '../targets/exchange.ts';
import type { Proxied } from './start-proxy.ts';

/** Text in place of a value of a query. */
const hidden = '=%C2%ABhidden%C2%BB';

/**
 * An exchange without its bodies and the values of its query: the secrets of other operations, such as a login, are not known, so a
 * mask cannot find them.
 */
export function withoutContent({ request, exchange, sentAt }: Proxied): Proxied {
  const nothing = new Uint8Array();
  const kept: Exchange =
    exchange.kind === 'answer' ? { ...exchange, response: { ...exchange.response, body: nothing } } : exchange;
  return {
    request: { ...request, path: request.path.replace(/=[^&#]*/g, hidden), body: nothing },
    exchange: kept,
    sentAt,
  };
}
