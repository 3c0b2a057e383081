import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import type { StateSource } from './state-source.ts';
import type { Target } from './target.ts';

/** Opens a running server at a URL, with its states. What it owns ends with it. */
export function openUrlTarget(
  options: HttpClientOptions,
  states: StateSource,
  { kind = 'url', keys = {}, owns }: Partial<Pick<Target, 'kind' | 'keys'>> & { readonly owns?: AsyncDisposable } = {},
): Target {
  const client = createHttpClient(options);
  return {
    kind,
    url: client.url,
    send: client.send,
    states,
    keys,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([client[Symbol.asyncDispose](), states[Symbol.asyncDispose]()]);
      await owns?.[Symbol.asyncDispose]();
    },
  };
}
