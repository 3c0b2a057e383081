import { definedOnly } from '../../../spec/defined-only.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import type { ListenOptions } from '../../../spec/pure-bt/reference/http.ts';
import { startReference } from '../../../spec/pure-bt/reference/http.ts';
import { embeddedTokenKey } from '../../../spec/pure-bt/reference/token.ts';
import type { HttpClientOptions } from '../../targets/http-client.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import type { Target } from '../../targets/target.ts';
import { openUrlTarget } from '../../targets/url.ts';

// The one door to the embedded server: nothing outside this folder and the mutants imports it.
export { startReference };

/** How the embedded server is opened. */
export type ReferenceTargetOptions = Pick<ListenOptions, 'statesPath'> &
  Pick<HttpClientOptions, 'timeoutMs' | 'connections'>;

/** The embedded reference server, started on a free port and met over HTTP like any other; it ends with the target. */
export async function openReferenceTarget({ statesPath, ...client }: ReferenceTargetOptions = {}): Promise<Target> {
  const server = await startReference({ tokenKey: await embeddedTokenKey(), ...definedOnly({ statesPath }) });
  const states = createStatesClient({ ...client, url: server.statesUrl, operation });
  const target = openUrlTarget({ ...client, baseUrl: server.url }, states, { publicKeyPem: server.publicKeyPem });
  return {
    ...target,
    kind: 'reference',
    [Symbol.asyncDispose]: async () => {
      await target[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}
