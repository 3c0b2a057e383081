import type { ProxyOptions, StartedProxy } from '../../contract/proxy/start-proxy.ts';
import { startProxy } from '../../contract/proxy/start-proxy.ts';

/** Starts bindgate's own proxy on a free port; it forwards what a client sends to. */
export function startForwarding(
  client: ProxyOptions['client'],
  onExchange: ProxyOptions['onExchange'] = () => undefined,
): Promise<StartedProxy> {
  const place = { host: '127.0.0.1', port: 0, maxBodyBytes: 64 * 1024 * 1024 };
  return startProxy({ ...place, client, onExchange, onNote: () => undefined });
}
