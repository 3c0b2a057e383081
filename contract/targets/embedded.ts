import type { Operation } from '../../spec/operation.ts';
import type { HttpClientOptions } from './http-client.ts';
import { createStatesClient } from './states-client.ts';
import type { Target } from './target.ts';
import { openUrlTarget } from './url.ts';

/** Uses an embedded server over HTTP like any other; it stops with the target. */
export function toTarget(
  server: AsyncDisposable & { readonly url: string; readonly statesUrl: string; readonly publicKeyPem: string },
  operation: Operation,
  client: Pick<HttpClientOptions, 'timeoutMs' | 'connections'>,
): Target {
  const states = createStatesClient({ ...client, url: server.statesUrl, operation });
  const target = openUrlTarget({ ...client, baseUrl: server.url }, states, { publicKeyPem: server.publicKeyPem });
  return {
    ...target,
    kind: 'reference',
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
